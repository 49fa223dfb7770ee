import type { HelpCard } from '@alley-chief/shared/contract';
import { newClientId } from '../../support/api';
import { expectThat } from '../player';
import { showing, type Stage } from '../stage';

/** An elder asks; two volunteers tap at the same instant; exactly one goes. */
export const helpingHand = async (s: Stage): Promise<void> => {
  const { zhang, wang, sun, secondVolunteer } = s.cast;
  s.print.heading('五、张奶奶要人陪着看病：两个志愿者同时点，只有一个去');

  s.mark();
  const text = '腰疼，想去镇卫生院看看，一个人走不动';
  s.print.says(zhang.label, `“${text}”`);
  const asked = await zhang.post('/help-requests', { kind: 'doctor', text, when: '明天上午' });
  const help = asked.body as HelpCard;
  const here = showing('help', help.id);
  await s.reaches(wang, asked.sentAt, '搭把手', here, () => `胡同长：${help.title}`);
  const volunteers = [sun, ...(secondVolunteer ? [secondVolunteer] : [])];
  for (const v of volunteers) {
    await s.reaches(v, asked.sentAt, '搭把手', here, () => '没接之前只看得到门牌和要帮什么');
  }
  const open = (await sun.get(`/help-requests/${help.id}`)) as HelpCard;
  expectThat(!JSON.stringify(open).includes(zhang.client.me.name), '还没接，就看到了老人的全名');

  s.mark();
  const sentAt = performance.now();
  s.print.says(volunteers.map((v) => v.label).join('、'), '同时点“我去”');
  const answers = await Promise.all(
    volunteers.map((v) =>
      v.client.post(`/help-requests/${help.id}/actions`, {
        clientId: newClientId(),
        action: 'accept',
      }),
    ),
  );
  const won = volunteers.filter((_, i) => answers[i]?.status === 200);
  const lost = volunteers.filter((_, i) => answers[i]?.status === 409);
  const statuses = answers.map((a) => a.status).join('、');
  expectThat(won.length === 1, `两个人同时接，得到 ${statuses}`);
  expectThat(lost.length === volunteers.length - 1, `没接到的该得到 409，得到 ${statuses}`);
  const winner = won[0]!;
  for (const loser of lost) {
    s.print.proof(
      `${winner.label}去；${loser.label}看到“${answers[volunteers.indexOf(loser)]?.body.message}”`,
    );
  }
  if (!secondVolunteer) {
    s.print.note('（连的是别处的服务器，只有一个志愿者的通行证：抢单这一段没演）');
  }
  await s.reaches(zhang, sentAt, '有人去了', here, () => `${winner.client.me.name}去，放心`);

  const act = (who: typeof zhang, action: string, more: object = {}) =>
    who.post(`/help-requests/${help.id}/actions`, { action, ...more });
  const mine = (await winner.get(`/help-requests/${help.id}`)) as HelpCard;
  s.print.fact('去的人看到', mine.steps.map((step) => step.text).join(' → '));
  s.print.fact('说好的', mine.consent ? `${mine.consent.scope}（${mine.consent.proof}）` : '');
  for (const i of mine.steps.keys()) await act(winner, 'step', { step: i });
  await act(winner, 'done', { text: '陪着看完了，药也拿了' });
  s.mark();
  s.print.says(zhang.label, '点“办好了”');
  const confirmed = await act(zhang, 'confirm');
  await s.reaches(winner, confirmed.sentAt, '记时长', here, () => `记 ${mine.creditHours} 小时`);
};
