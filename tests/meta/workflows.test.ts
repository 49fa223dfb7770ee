import { concernWorkflow, stages, type CaseState } from '@alley-chief/shared/domain';

const { states, steps, initial } = concernWorkflow;
const entries = Object.entries(steps);

/** Where a case can get from its beginnings. A sure one starts as assigned, an unsure one as initial. */
const reachable = (): Set<string> => {
  const seen = new Set<string>([initial, 'assigned']);
  for (let grew = true; grew;) {
    grew = false;
    for (const [, s] of entries) {
      if (s.to && !seen.has(s.to) && s.from.some((f) => seen.has(f))) {
        seen.add(s.to);
        grew = true;
      }
    }
  }
  return seen;
};

describe('the concern workflow', () => {
  it('reaches every state', () => {
    expect([...reachable()].sort()).toEqual(Object.keys(states).sort());
  });

  it('has a way out of every state that is not final, and none out of those that are', () => {
    for (const [name, state] of Object.entries(states)) {
      const out = entries.filter(
        ([, s]) => s.to && s.to !== name && s.from.includes(name as CaseState),
      );
      expect({ name, out: out.length > 0 }).toEqual({ name, out: !state.final });
    }
  });

  it('can end from everywhere', () => {
    for (const name of Object.keys(states)) {
      const seen = new Set([name]);
      for (let grew = true; grew;) {
        grew = false;
        for (const [, s] of entries) {
          if (s.to && !seen.has(s.to) && s.from.some((f) => seen.has(f))) {
            seen.add(s.to);
            grew = true;
          }
        }
      }
      expect([...seen].some((n) => states[n as CaseState].final)).toBe(true);
    }
  });

  it('lets somebody take every step, and shows buttons only to those who may', () => {
    for (const [, s] of entries) {
      expect(s.who.length).toBeGreaterThan(0);
      for (const b of s.button ?? []) expect(s.who).toContain(b);
    }
  });

  it('never moves a case back behind its stage without telling the household', () => {
    for (const [, s] of entries) {
      if (!s.to) continue;
      const to = stages.indexOf(states[s.to].stage);
      const back = s.from.some((f) => stages.indexOf(states[f].stage) > to);
      if (back) expect(s.notice).toBeTruthy();
    }
  });
});
