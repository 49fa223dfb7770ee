import * as cases from './cases';
import { first } from './understand';

/** Share of `rows` that `right` holds for; the wrong ones are shown when it is too small. */
const expectMost = <T>(rows: readonly T[], least: number, right: (row: T) => string | true) => {
  const wrong = rows.map(right).filter((r) => r !== true);
  if (1 - wrong.length / rows.length < least) expect(wrong).toEqual([]);
};

const labelled = [
  ...cases.concerns,
  ...cases.questions,
  ...cases.disputes,
  ...cases.elderHelps,
  ...cases.others,
];

describe('what a villager wants', () => {
  it('is recognised in at least 95 of 100 sentences', () => {
    const services: cases.Case[] = cases.services.map(([text]) => [text, 'service']);
    expectMost([...labelled, ...services], 0.95, ([text, intent]) => {
      const got = first(text).intent;
      return got === intent || `${text}: ${got}, not ${intent}`;
    });
  });

  it('is about the right category in at least 92 of 100 sentences', () => {
    const withCategory = labelled.filter(([, , category]) => category);
    expectMost(withCategory, 0.92, ([text, , category]) => {
      const got = first(text).category;
      return got === category || `${text}: ${got}, not ${category}`;
    });
  });

  it('is right nine times in ten where it says it is sure', () => {
    const confident = labelled.filter(
      ([text, , category]) => category && first(text).categoryConfidence >= 0.8,
    );
    expect(confident.length).toBeGreaterThan(labelled.length / 2);
    expectMost(confident, 0.9, ([text, , category]) => first(text).category === category || text);
  });

  it('leads to the right service bundle', () => {
    expectMost(cases.services, 0.95, ([text, serviceId]) => {
      const got = first(text).services[0]?.serviceId;
      return got === serviceId || `${text}: ${got}, not ${serviceId}`;
    });
  });
});

describe('an emergency', () => {
  it.each(cases.emergencies)('is never missed: %s', (text, kind) => {
    const matter = first(text);
    expect(matter.intent).toBe('emergency');
    expect(matter.urgency).toBe('emergency');
    expect(matter.emergency?.kind).toBe(kind);
    expect(matter.emergency?.dial).toMatch(/^\d{3,5}$/);
    expect(matter.missing).toEqual([]);
  });

  it('is raised by talk of something else in no more than two of a hundred', () => {
    expectMost(cases.notEmergencies, 0.98, (text) => first(text).intent !== 'emergency' || text);
  });

  it.each([
    ['俺家灶火着火了', '119'],
    ['俺男人又打我', '110'],
    ['孩子掉河里了', '110'],
    ['俺爹晕倒了', '120'],
    ['村口撞车了，人躺路上', '122'],
    ['俺不想活了', '120'],
    ['电线断了掉地上了', '95598'],
    ['有人触电了', '120'],
  ])('says whom to call first: %s', (text, dial) => {
    expect(first(text).emergency?.dial).toBe(dial);
  });
});

describe('the sentences the product was ordered with', () => {
  it('routes a broken lamp at the own door without asking where', () => {
    const matter = first('我家门口路灯坏了三天了');
    expect(matter).toMatchObject({ intent: 'concern', category: 'roads.light', title: '路灯坏了' });
    expect(matter.categoryConfidence).toBeGreaterThanOrEqual(0.8);
    expect(matter.entities.places).toEqual([{ text: '我家门口', own: true }]);
    expect(matter.entities.times).toEqual([
      { text: '三天了', since: new Date('2026-07-13T00:00:00+08:00') },
    ]);
    expect(matter.missing).toEqual(['photo']);
  });

  it('answers a question about an allowance from an article', () => {
    const matter = first('俺爹高龄补贴咋领');
    expect(matter.intent).toBe('question');
    expect(matter.articleIds[0]).toBe('senior-allowance');
  });

  it('hears a quarrel, not a drain', () => {
    const matter = first('隔壁又把水往俺家院里排,说不通');
    expect(matter).toMatchObject({ intent: 'dispute', category: 'dispute.neighbour' });
  });

  it('raises a smell of gas', () => {
    expect(first('煤气味儿很大').emergency).toEqual({ kind: 'gas', dial: '119' });
  });

  it('keeps a complaint about the chief from the chief', () => {
    const matter = first('胡同长收钱不办事');
    expect(matter).toMatchObject({
      intent: 'staffComplaint',
      category: 'style.staff',
      confidential: true,
      against: [{ text: '胡同长', role: 'alleyChief' }],
    });
  });

  it('offers a service for what is to be paid or registered', () => {
    expect(first('帮我妈交个医保')).toMatchObject({
      intent: 'service',
      services: [{ serviceId: 'medical-reimburse' }],
    });
    const newborn = first('孩子满月了要上户口');
    expect(newborn.intent).toBe('service');
    expect(newborn.services[0]?.serviceId).toBe('newborn');
  });
});
