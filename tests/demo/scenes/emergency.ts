import { cardsOf, expectThat } from '../player';
import { noticeOf, saying, showing, wordsOf, type Stage } from '../stage';

/** Gas: what to do comes first, everybody who must know is told at once. */
export const emergency = async (s: Stage): Promise<void> => {
  const { zhao, wang, linxiao } = s.cast;
  s.print.heading('二、煤气味儿：先说怎么保命，再叫人');

  const words = '煤气味儿很大';
  const said = await s.say(zhao, words);
  await s.reaches(zhao, said, '紧急卡片', showing('emergency'), () => '整屏的紧急卡片');
  const card = await s.card(zhao, 'emergency');
  s.print.fact('头一句', card.headline);
  card.steps.forEach((step, i) => s.print.fact(`第 ${i + 1} 步`, step));
  s.print.fact('打电话', card.dials.map((d) => d.label).join('、'));
  for (const t of card.told) s.print.fact('通知了', t.text);
  expectThat(card.kind === 'gas' && card.steps.length > 0, '紧急卡片上没写怎么做');
  expectThat(card.dials[0]?.number === '119', '没给 119');
  await s.reaches(wang, said, '村民的话', saying(words), () => '在胡同长的屏幕上了');
  await s.reaches(wang, said, '紧急卡片', showing('emergency', card.id), () => '胡同长的紧急卡片');
  await s.reaches(
    linxiao,
    said,
    '值班台告急',
    (f) => cardsOf(f).some((c) => c.type === 'case' && c.id === card.id && c.urgent),
    () => '值班台，标成了紧急',
  );
  const inbox = await wang.get('/inbox');
  expectThat(inbox.items[0]?.urgent, '胡同长收件箱的头一行不是这件急事');
  s.print.proof('胡同长的收件箱里，这一户排到了最上头');

  const holderId = card.told[0]?.person?.id;
  const holder = s.everybody.find((p) => p.client.me.id === holderId);
  expectThat(holder, `经办人 ${card.told[0]?.person?.name ?? ''} 不在这场戏里，接不了单`);
  if (!holder) return;
  const about = noticeOf(card.id);
  const took = await s.act(holder, card.id, 'acknowledge', '点“我接了”');
  await s.reaches(zhao, took, '接单', about, wordsOf);
  const text = '阀门关了，开窗散了味，灶管换新的了';
  const done = await s.act(holder, card.id, 'resolve', `点“办好了”：${text}`, { text });
  await s.reaches(zhao, done, '办结', about, wordsOf);
  await s.act(zhao, card.id, 'rate', '打五颗星', { stars: 5 });
};
