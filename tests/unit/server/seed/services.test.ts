import { catalogue } from '../../../../server/src/seed/services/catalogue';

describe('the service bundles', () => {
  it('are 34, each with an id of its own', () => {
    expect(catalogue).toHaveLength(34);
    expect(new Set(catalogue.map((s) => s.id)).size).toBe(34);
  });

  it('promise one trip, no fee, and never more than they know', () => {
    for (const service of catalogue) {
      expect(service).toMatchObject({ trips: 1, fee: '不收费', sample: true });
      expect(service.materials.length > 0).toBe(service.hasGuide);
      if (!service.hasGuide) expect(service.promisedWorkingDays).toBeUndefined();
    }
  });

  it('tell of each material where to get it, under a key fit for an address', () => {
    for (const { materials } of catalogue) {
      expect(new Set(materials.map((m) => m.key)).size).toBe(materials.length);
      for (const { key, hint } of materials) {
        expect(key).toMatch(/^[a-z0-9-]{1,64}$/);
        expect(hint).not.toBe('');
      }
    }
  });

  it('ask parents of a newborn for neither identity cards nor household book', () => {
    const newborn = catalogue.find((s) => s.id === 'newborn')!;
    expect(newborn.materials.filter((m) => m.waivedByELicence).map((m) => m.name)).toEqual([
      '父母身份证',
      '户口簿',
    ]);
    expect(newborn).toMatchObject({ promisedWorkingDays: 5 });
    expect(newborn.linkedMatters).toHaveLength(7);
  });
});
