export const KINDS = [
  'lost',
  'returned',
  'halves',
  'doubled',
  'indexes',
  'stream',
  'errors',
] as const;
export type Kind = (typeof KINDS)[number];

/** What went wrong, counted by kind, with the first cases in words. */
export class Findings {
  readonly counts: Record<Kind, number> = {
    lost: 0,
    returned: 0,
    halves: 0,
    doubled: 0,
    indexes: 0,
    stream: 0,
    errors: 0,
  };
  readonly cases: string[] = [];
  round = 0;

  add(kind: Kind, what: string): void {
    this.counts[kind]++;
    if (this.cases.length < 40) this.cases.push(`round ${this.round}, ${kind}: ${what}`);
  }

  get total(): number {
    return KINDS.reduce((sum, kind) => sum + this.counts[kind], 0);
  }
}
