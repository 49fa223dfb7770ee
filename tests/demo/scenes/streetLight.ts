import { cardsOf, expectThat } from '../player';
import { noticeOf, saying, showing, wordsOf, type Stage } from '../stage';

/** One concern from the first word to the rating. */
export const streetLight = async (s: Stage): Promise<void> => {
  const { zhao, wang, liu, linxiao } = s.cast;
  s.print.heading('一、路灯坏了：一句话，找到人，办到打分');

  const words = '我家门口路灯坏了三天了';
  const said = await s.say(zhao, words);
  await s.reaches(wang, said, '村民的话', saying(words), () => '在胡同长的屏幕上了');
  await s.reaches(
    zhao,
    said,
    '小同回话',
    (f) => f.t === 'message' && f.message.from.kind === 'bot' && f.message.kind === 'text',
    (f) => `小同：“${wordsOf(f)}”`,
  );
  await s.reaches(zhao, said, '派单卡片', showing('case'), () => '派单卡片，挂在对话里');
  const card = await s.card(zhao, 'case');
  const mine = (c: { id: string }): boolean => c.id === card.id;
  expectThat(card.holder, '卡片上没有经办人');
  s.print.fact('单号', `${card.number} · ${card.categoryName} · ${card.plate.text}`);
  s.print.fact('谁来办', `${card.holder?.title} ${card.holder?.name}`);
  s.print.fact('为什么', card.reason);
  await s.reaches(
    wang,
    said,
    '派单卡片',
    showing('case', card.id),
    () => '同一张卡片，换成胡同长看的样子',
  );
  await s.reaches(liu, said, '进待办', showing('case', card.id), (f) => {
    const seen = cardsOf(f).find(mine);
    return seen?.type === 'case' ? `进了待办：${seen.title}（${seen.status.text}）` : '';
  });
  await s.reaches(linxiao, said, '值班台', showing('case', card.id), () => '值班台上也多了一件');
  expectThat(
    card.holder?.id === liu.client.me.id,
    `该是电工班刘建设来办，却给了${card.holder?.name}`,
  );

  const detail = await liu.get(`/cases/${card.id}`);
  s.print.note('经办人点开，看到为什么是自己：');
  for (const r of detail.reasons) s.print.fact(r.label, r.text);
  const labels = new Set(detail.reasons.map((r: { label: string }) => r.label));
  expectThat(
    ['什么事', '在哪儿', '谁管', '谁在岗'].every((l) => labels.has(l)),
    '派单理由不全',
  );

  const about = noticeOf(card.id);
  const tell = async (sentAt: number, what: string): Promise<void> => {
    await s.reaches(zhao, sentAt, what, about, wordsOf);
    await s.reaches(wang, sentAt, what, about, wordsOf);
  };
  await tell(await s.act(liu, card.id, 'acknowledge', '点“我接了”'), '接单');
  const greet = '赵婶，建设接了，您等等就来';
  const answered = await s.say(wang, greet, zhao.thread);
  await s.reaches(zhao, answered, '胡同长的话', saying(greet), wordsOf);
  await tell(
    await s.act(liu, card.id, 'resolve', '点“办好了”：换了个镇流器，亮了', {
      text: '换了个镇流器，亮了',
    }),
    '办结',
  );
  const rated = await s.act(zhao, card.id, 'rate', '打五颗星，“来得快”', {
    stars: 5,
    tags: ['来得快'],
  });
  await s.reaches(
    liu,
    rated,
    '打分',
    (f) => cardsOf(f).some((c) => mine(c) && c.type === 'case' && c.state === 'rated'),
    () => '五颗星',
  );
  const end = await zhao.get(`/cases/${card.id}`);
  expectThat(end.card.state === 'rated', `这件事停在了 ${end.card.state}`);
  s.print.proof(
    `从头到尾：${end.timeline.map((e: { text: string; who: string }) => e.who).join(' → ')}，办完`,
  );
};
