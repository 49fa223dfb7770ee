/** Everybody in the snapshot is complained about or their kin, or nobody in it serves at all. */
export class NoOneLeft extends Error {
  constructor() {
    super('Nobody is left who may have the matter');
    this.name = 'NoOneLeft';
  }
}
