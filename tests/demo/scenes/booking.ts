import type { BookingCard } from '@alley-chief/shared/contract';
import { expectThat } from '../player';
import { showing, type Stage } from '../stage';

const when = (iso: string): string =>
  new Date(iso).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

/** A thing to be done at the counter: what to bring, a slot, a ticket. */
export const booking = async (s: Stage): Promise<void> => {
  const { zhao, wang } = s.cast;
  s.print.heading('四、给新生儿上户口：清单、约号');

  const said = await s.say(zhao, '孩子满月了要上户口');
  await s.reaches(zhao, said, '办事清单', showing('bundle'), () => '办事清单');
  const bundle = await s.card(zhao, 'bundle');
  s.print.fact('办什么', `${bundle.title}：跑 ${bundle.trips} 趟，${bundle.fee}`);
  s.print.fact('带什么', bundle.rows.map((r) => r.name).join('、') || '到窗口问清');

  const { counter, days } = await zhao.get(`/services/${bundle.serviceId}/slots`);
  const slot = days
    .flatMap((d: { slots: { id: string; startsAt: string; left: number }[] }) => d.slots)
    .find((x: { left: number }) => x.left > 0);
  expectThat(slot, '这几天一个号也没有');
  s.mark();
  s.print.says(zhao.label, `约 ${when(slot.startsAt)}，${counter}（这一段还能约 ${slot.left} 户）`);
  const { body, sentAt } = await zhao.post('/bookings', {
    serviceId: bundle.serviceId,
    slotId: slot.id,
  });
  const ticket = body as BookingCard;
  await s.reaches(
    zhao,
    sentAt,
    '排队号',
    showing('booking', ticket.id),
    () => `排队号 ${ticket.ticket}`,
  );
  await s.reaches(
    wang,
    sentAt,
    '排队号',
    showing('booking', ticket.id),
    () => '胡同长也知道她哪天去',
  );
  s.print.fact(
    '票',
    `${ticket.serviceName} ${ticket.ticket}，${when(ticket.startsAt)}，${ticket.plate.text}`,
  );

  const again = await zhao.client.post('/bookings', {
    clientId: `again-${Date.now()}`,
    serviceId: bundle.serviceId,
    slotId: slot.id,
  });
  expectThat(again.status === 409, `同一件事约了第二个号，得到 ${again.status}`);
  s.print.proof('同一件事再约一个：不让，号留给别家');
  s.mark();
  s.print.says(zhao.label, '有事去不了，把号退了');
  const gone = await zhao.post(`/bookings/${ticket.id}/cancel`, {});
  expectThat(gone.body.state === 'cancelled', '号没退掉');
};
