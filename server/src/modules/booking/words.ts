import { sayWhen } from '../../kernel/localTime';
import type { BookingDoc } from './model';
import type { BookingFacts } from './present';
import type { Reminder } from './reminders';

/** What 小同 says the evening before and when it is time to set out. */
export const sayReminder = (
  kind: Reminder['kind'],
  b: Pick<BookingDoc, 'serviceName' | 'ticket' | 'startsAt'>,
  facts: Pick<BookingFacts, 'bring'> & { counter: { name: string } },
  now: Date,
): string => {
  const bring = facts.bring.length
    ? `还差 ${facts.bring.length} 样，记得带：${facts.bring.join('、')}。`
    : '';
  if (kind === 'evening') {
    return `${sayWhen(b.startsAt, now)} 去${facts.counter.name}办${b.serviceName}，您的号 ${b.ticket}。${bring}`;
  }
  const minutes = Math.max(1, Math.ceil((b.startsAt.getTime() - now.getTime()) / 60_000));
  return `还有 ${minutes} 分钟就到您了：${facts.counter.name}，号 ${b.ticket}。${bring}`;
};
