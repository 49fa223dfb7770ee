import { NoOneLeft, route, type DirectorySnapshot } from '../../../../server/src/routing';
import {
  alley,
  always,
  city,
  grid,
  lampOut,
  person,
  smallTown,
  township,
  unitRule,
  village,
  wednesdayEvening as now,
} from './smallTown';

const offDuty = (snapshot: DirectorySnapshot, ...ids: string[]): DirectorySnapshot => ({
  ...snapshot,
  shifts: snapshot.shifts.filter((s) => !ids.includes(s.personId)),
});

describe('a street light is out', () => {
  it('goes to the unit of the duty list, to whoever has least in hand', () => {
    const decision = route(lampOut(), smallTown(), now);
    expect(decision).toMatchObject({
      assignee: { personId: 'liu' },
      unitName: '镇电工班',
      undecided: false,
      notify: [],
      limitHours: 24,
      chain: ['liming', 'zhou', 'ma', 'linxiao'],
      sentence: '路灯归镇电工班管，他今晚值班，手里活最少。',
    });
  });

  it('tells staff what, where, whose, who is on duty, who was not chosen and who is next', () => {
    const { reasons } = route(lampOut(), smallTown(), now);
    expect(reasons).toEqual([
      { kind: 'what', text: '说到“路灯”“两晚没亮”，是路灯的事', evidence: '96%' },
      { kind: 'where', text: '槐树胡同 7 号门口在柳沟 03 网格', evidence: '按住址' },
      {
        kind: 'whose',
        text: '履职清单第 42 条“城乡照明设施养护”，归镇电工班',
        evidence: '基本履职',
      },
      {
        kind: 'onDuty',
        text: '刘建设周三 00:00–24:00 今晚值班，手里 2 件',
        evidence: '活最少',
      },
      { kind: 'notChosen', text: '也在岗的有郑红军 5 件', evidence: '活更多' },
      {
        kind: 'fallback',
        text: '接不了就往上，依次是网格员李明、网格长周海峰、网格指导员马骏、治理中心林晓',
        evidence: '治理中心兜底',
      },
    ]);
  });

  it('prefers the rule of the narrower ground, and the wider one when that unit cannot', () => {
    const snapshot = smallTown();
    snapshot.people.push(
      person('vera', '村电工', 'unitStaff', village, { unitId: 'v', unitName: '村电工组' }),
    );
    snapshot.shifts.push(always('vera'));
    snapshot.responsibilities.push(unitRule('roads.light', 'v', '村电工组', village));
    expect(route(lampOut(), snapshot, now).assignee.personId).toBe('vera');
    const tired = route(lampOut({ excluded: ['vera'] }), snapshot, now);
    expect(tired.assignee.personId).toBe('liu');
  });

  it('finds the busier colleague rather than the one who is off duty', () => {
    const decision = route(lampOut(), offDuty(smallTown(), 'liu'), now);
    expect(decision.assignee.personId).toBe('zheng');
    expect(decision.sentence).toBe('路灯归镇电工班管，他今晚值班。');
    expect(decision.reasons).toContainEqual({
      kind: 'notChosen',
      text: '刘建设这会儿不在岗',
      evidence: '不在岗',
    });
  });

  it('gives the place of somebody on leave to the stand-in', () => {
    const snapshot = offDuty(smallTown(), 'zheng');
    snapshot.leaves.push({
      personId: 'liu',
      from: new Date('2026-07-14T00:00:00Z'),
      until: new Date('2026-07-16T00:00:00Z'),
      standInId: 'cui',
    });
    const decision = route(lampOut(), snapshot, now);
    expect(decision).toMatchObject({ assignee: { personId: 'cui' }, standInFor: 'liu' });
    const later = route(lampOut(), snapshot, new Date('2026-07-16T00:00:00Z'));
    expect(later.assignee.personId).toBe('liu');
  });

  it('falls to the grid worker when the unit has nobody awake', () => {
    const decision = route(lampOut(), offDuty(smallTown(), 'liu', 'zheng'), now);
    expect(decision.assignee.personId).toBe('liming');
    expect(decision.sentence).toBe('管路灯的这会儿找不到人，先由网格员李明接着。');
  });

  it('stays with the unit when nobody at all is awake', () => {
    const decision = route(lampOut(), { ...smallTown(), shifts: [] }, now);
    expect(decision.assignee.personId).toBe('liu');
    expect(decision.sentence).toBe('路灯归镇电工班管，这会儿没人在岗，先记到刘建设名下。');
  });

  it('starts with the grid worker where the duty list is silent', () => {
    const decision = route(lampOut({ category: 'farm.pest' }), smallTown(), now);
    expect(decision.assignee.personId).toBe('liming');
    expect(decision.sentence).toBe('病虫害与畜禽疫病还没定归谁管，先由网格员李明接着。');
  });
});

describe('a duty of the grid itself', () => {
  const smoke = { category: 'environment.burning' as const };

  it('is the own grid worker’s, however busy', () => {
    expect(route(lampOut(smoke), smallTown(), now).assignee.personId).toBe('liming');
  });

  it('goes to the neighbouring grid worker while the own one is off duty', () => {
    const decision = route(lampOut(smoke), offDuty(smallTown(), 'liming'), now);
    expect(decision.assignee.personId).toBe('cui');
    expect(decision.sentence).toBe('烧秸秆烧垃圾冒烟归网格员管，邻近的崔雪云今晚值班，先接着。');
    expect(decision.chain).toEqual(['zhou', 'ma', 'linxiao']);
  });

  it.each([['liming'], ['cui']])('climbs once %s has passed it up', (id) => {
    const asleep = offDuty(smallTown(), 'liming');
    expect(route(lampOut({ ...smoke, excluded: [id] }), asleep, now).assignee.personId).toBe(
      'zhou',
    );
  });
});

describe('shifts follow the wall clock in China', () => {
  const nightShift = (snapshot: DirectorySnapshot): DirectorySnapshot => ({
    ...offDuty(snapshot, 'liu', 'zheng'),
    shifts: [
      ...offDuty(snapshot, 'liu', 'zheng').shifts,
      // Wednesday 18:00 until Thursday 08:00
      { personId: 'zheng', weekdays: [3], fromMinute: 1080, untilMinute: 480, label: '今晚值班' },
    ],
  });

  it.each([
    ['Wednesday 17:59', '2026-07-15T09:59:00Z', 'liming'],
    ['Wednesday 18:00', '2026-07-15T10:00:00Z', 'zheng'],
    ['Thursday 07:59', '2026-07-15T23:59:00Z', 'zheng'],
    ['Thursday 08:00', '2026-07-16T00:00:00Z', 'liming'],
    ['Wednesday 07:00', '2026-07-14T23:00:00Z', 'liming'],
  ])('%s', (_, at, expected) => {
    expect(route(lampOut(), nightShift(smallTown()), new Date(at)).assignee.personId).toBe(
      expected,
    );
  });
});

describe('an emergency', () => {
  it('goes to the grid leader; chief, desk and grid worker hear of it at once', () => {
    const decision = route(lampOut({ emergency: true }), smallTown(), now);
    expect(decision.assignee.personId).toBe('zhou');
    expect(decision.notify.map((p) => p.personId)).toEqual(['wang', 'linxiao', 'liming']);
    expect(decision.limitHours).toBe(2);
  });

  it('goes to the next one awake', () => {
    const decision = route(lampOut({ emergency: true }), offDuty(smallTown(), 'zhou'), now);
    expect(decision.assignee.personId).toBe('liming');
    expect(decision.notify.map((p) => p.personId)).toEqual(['wang', 'linxiao']);
  });

  it('tells neither the violent nor their kin', () => {
    const snapshot = { ...smallTown(), kin: { zhou: ['wang'] } };
    const decision = route(lampOut({ emergency: true, against: ['wang'] }), snapshot, now);
    expect(decision.assignee.personId).toBe('liming');
    expect(decision.notify.map((p) => p.personId)).toEqual(['linxiao']);
  });
});

describe('when it is not clear what the matter is', () => {
  const unclear = lampOut({
    category: 'health.insurance',
    categoryConfidence: 0.6,
    alternatives: [{ label: 'health.clinic', probability: 0.2 }],
  });

  it('is put to the alley chief, with the candidates', () => {
    const decision = route(unclear, smallTown(), now);
    expect(decision).toMatchObject({ assignee: { personId: 'wang' }, undecided: true });
    expect(decision.sentence).toBe('这事一时说不准归谁，先请王婶问清楚。');
    expect(decision.reasons).toContainEqual({
      kind: 'what',
      text: '说不准，也可能是看病就医 20%',
      evidence: '没把握',
    });
  });

  it('is put to somebody else when the chief said it', () => {
    const decision = route({ ...unclear, reporterId: 'wang' }, smallTown(), now);
    expect(decision.assignee.personId).toBe('liming');
  });

  it('is not put to anybody of the alley when it was said in confidence', () => {
    const decision = route({ ...unclear, confidential: true }, smallTown(), now);
    expect(decision.assignee.personId).toBe('ma');
  });

  it('does not ask which kind of dispute it is', () => {
    const decision = route({ ...unclear, category: 'dispute.family' }, smallTown(), now);
    expect(decision.undecided).toBe(false);
  });
});

describe('a matter that needs care', () => {
  const hurt = lampOut({ category: 'safety.order', care: true, confidential: true });

  it('goes past the alley to the grid leader within hours, and the desk knows', () => {
    const decision = route(hurt, smallTown(), now);
    expect(decision.assignee.personId).toBe('zhou');
    expect(decision.notify.map((p) => p.role)).toEqual(['dispatcher']);
    expect(decision.limitHours).toBe(4);
    expect(decision.sentence).not.toMatch(/周海峰|网格长/);
  });

  it('passes by whoever is accused', () => {
    const decision = route({ ...hurt, against: ['zhou'] }, smallTown(), now);
    expect(decision.assignee.personId).not.toBe('zhou');
    expect(decision.assignee.role).not.toBe('alleyChief');
  });

  it('is a rescue first when it is an emergency', () => {
    expect(route({ ...hurt, emergency: true }, smallTown(), now).limitHours).toBe(2);
  });
});

describe('a complaint about somebody who serves', () => {
  const about = (against: string[]) => lampOut({ category: 'style.staff', against });

  it.each([
    ['the chief', 'wang', 'ma'],
    ['the grid worker', 'liming', 'ma'],
    ['the grid leader', 'zhou', 'ma'],
    ['the electrician', 'liu', 'ma'],
    ['the supervisor', 'ma', 'linxiao'],
    ['the desk', 'linxiao', 'ma'],
  ])('about %s skips their whole line', (_, accused, expected) => {
    const decision = route(about([accused]), smallTown(), now);
    expect(decision.assignee.personId).toBe(expected);
    expect([...decision.chain, ...decision.notify.map((p) => p.personId)]).not.toContain(accused);
  });

  it('skips the accused’s kin as well, in whichever direction kinship was written down', () => {
    const directions: Record<string, string[]>[] = [{ wang: ['ma'] }, { ma: ['wang'] }];
    for (const kin of directions)
      expect(route(about(['wang']), { ...smallTown(), kin }, now).assignee.personId).toBe(
        'linxiao',
      );
  });

  it('does not reach the accused as a stand-in', () => {
    const snapshot = smallTown();
    snapshot.leaves.push({
      personId: 'ma',
      from: new Date('2026-07-14T00:00:00Z'),
      until: new Date('2026-07-17T00:00:00Z'),
      standInId: 'zhou',
    });
    expect(route(about(['zhou']), snapshot, now).assignee.personId).toBe('linxiao');
    // Nor one of the accused's line.
    expect(route(about(['wang']), snapshot, now).assignee.personId).toBe('linxiao');
  });

  it('keeps clear of the ground even when nobody was named', () => {
    expect(route(about([]), smallTown(), now).assignee.personId).toBe('ma');
  });

  it('names nobody complained about in its reasons, and nobody at all when confidential', () => {
    const decision = route({ ...about(['wang']), confidential: true }, smallTown(), now);
    expect(JSON.stringify(decision.reasons)).not.toMatch(/王秀兰|王婶/);
    expect(decision.sentence).toBe('这件事交给专人办，别的人不经手。');
  });
});

describe('a dispute', () => {
  it('is not for the kin of either side', () => {
    const snapshot = smallTown();
    snapshot.responsibilities.push(unitRule('dispute.neighbour', 'lights', '调解室'));
    const matter = lampOut({ category: 'dispute.neighbour', against: ['neighbour'] });
    const kin = { liu: ['neighbour'], feng: ['zheng'] };
    expect(route(matter, snapshot, now).assignee.personId).toBe('liu');
    expect(route(matter, { ...snapshot, kin }, now).assignee.personId).toBe('liming');
  });
});

describe('when hardly anybody is left', () => {
  const only = (...ids: string[]): DirectorySnapshot => {
    const snapshot = smallTown();
    return { ...snapshot, people: snapshot.people.filter((p) => ids.includes(p.personId)) };
  };

  it('gives it back to somebody who had it rather than to nobody', () => {
    const decision = route(lampOut({ excluded: ['linxiao'] }), only('linxiao'), now);
    expect(decision.assignee.personId).toBe('linxiao');
  });

  it('gives it to anybody who serves rather than to somebody who had it', () => {
    const decision = route(lampOut({ excluded: ['linxiao'] }), only('linxiao', 'wang'), now);
    expect(decision.assignee.personId).toBe('wang');
  });

  it('never gives it to the person complained about or their kin, and says so by an error', () => {
    const snapshot = { ...only('linxiao', 'wei'), kin: { linxiao: ['wei'] } };
    expect(() => route(lampOut({ against: ['linxiao'] }), snapshot, now)).toThrow(NoOneLeft);
  });
});

describe('the ground decides which holder of a role is asked', () => {
  it('knows a matter of the whole village and asks a worker inside it', () => {
    const smoke = lampOut({ category: 'environment.burning', areaPath: village });
    expect(route(smoke, smallTown(), now).assignee.personId).toBe('cui');
  });

  it('does not confuse grounds whose names begin alike', () => {
    const snapshot = smallTown();
    snapshot.people.push(person('far', '远人', 'gridWorker', '/xc/dj/lg/0/'));
    snapshot.shifts.push(always('far'));
    const smoke = lampOut({ category: 'environment.burning', areaPath: grid });
    expect(route(smoke, snapshot, now).assignee.personId).toBe('liming');
  });

  it('reaches the desk from a ground without anybody', () => {
    const decision = route(lampOut({ areaPath: city, category: 'farm.pest' }), smallTown(), now);
    expect(decision.chain.at(-1) ?? decision.assignee.personId).toBe('linxiao');
    expect([township, alley]).not.toContain(decision.assignee.areaPath);
  });
});
