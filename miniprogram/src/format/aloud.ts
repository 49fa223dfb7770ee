import type { Card, CaseCard, EmergencyCard } from '@alley-chief/shared/contract';
import { progressOf, spokenDue, spokenStamp } from './elder';

/** A card as one would read it to an old neighbour: whole sentences, spoken times, no symbols. */
export function cardAloud(card: Card, now: number): string {
  switch (card.type) {
    case 'case':
      return caseAloud(card, now);
    case 'emergency':
      return emergencyAloud(card);
    case 'answer':
      return `${card.title}。${card.passage}。这是${card.source}上写的。`;
    case 'bundle': {
      const missing = card.rows.filter((r) => r.need === 'required' && !r.done).map((r) => r.name);
      const bring = missing.length ? `还要带：${missing.join('、')}。` : '东西都备齐了。';
      return `${card.title}。跑 ${card.trips} 趟，${card.fee}。${bring}`;
    }
    case 'booking':
      return (
        `您的号是 ${card.ticket}。${spokenStamp(card.startsAt, now)}，到${card.plate.text}。` +
        (card.bring.length ? `带上${card.bring.join('、')}。` : '')
      );
    case 'help':
      return `${card.title}。${card.note}。${card.when}，在${card.plate.text}。`;
  }
}

function caseAloud(card: CaseCard, now: number): string {
  const parts = [`${card.title}，在${card.plate.text}`];
  if (card.holder) parts.push(`${card.holder.callName}来办`);
  if (card.reason) parts.push(card.reason.replace(/。$/, ''));
  if (card.dueAt && !card.overdue) parts.push(spokenDue(card.dueAt, now, card.dueVerb));
  parts.push(progressOf(card.bricks, card.dueVerb).sentence);
  return `${parts.join('。')}。`;
}

const emergencyAloud = (card: EmergencyCard): string =>
  `${card.headline}。${card.steps.map((step, i) => `第${'一二三'[i] ?? ''}，${step}`).join('。')}。`;
