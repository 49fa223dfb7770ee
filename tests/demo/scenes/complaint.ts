import { expectThat } from '../player';
import { saying, showing, type Stage } from '../stage';

/** A complaint about the very person who reads the thread. */
export const complaint = async (s: Stage): Promise<void> => {
  const { zhao, wang } = s.cast;
  s.print.heading('三、告胡同长一状：他就在这个对话里，可他看不到');

  const before = wang.heard.length;
  const words = '胡同长收钱不办事';
  const said = await s.say(zhao, words);
  await s.reaches(zhao, said, '保密的卡片', showing('case'), () => '卡片上写着“保密”');
  const card = await s.card(zhao, 'case');
  expectThat(card.confidential, '这件事没有保密');
  expectThat(card.holder && card.holder.id !== wang.client.me.id, '告胡同长的，又到了胡同长手里');
  s.print.fact('谁来办', `${card.holder?.title} ${card.holder?.name}`);
  s.print.fact('为什么', card.reason);

  // One more ordinary line: once it has passed, the chief's socket has had everything before it.
  const after = '王婶，明天在家不';
  const ordinary = await s.say(zhao, after);
  await s.reaches(wang, ordinary, '下一句平常话', saying(after), () => '平常的话照样收到');
  const got = wang.heard.slice(before).map((h) => h.frame);
  s.print.note('这段时间胡同长的连接上一共来了这些：');
  for (const f of got) {
    if (f.t !== 'message') continue;
    const { seq, kind, text, from } = f.message;
    s.print.fact(`第 ${seq} 条`, `${from.name} · ${text ?? `空的（${kind}），一个字没有`}`);
  }
  const seen = JSON.stringify([
    got,
    await wang.get(`/conversations/${zhao.thread}/messages?limit=100`),
    await wang.get('/inbox'),
    await wang.get('/cases?box=ground'),
    await wang.get('/conversations'),
  ]);
  expectThat(!seen.includes('收钱'), '胡同长看到了告他的话');
  expectThat(!seen.includes(card.id), '胡同长看到了这件事的单号');
  const { status } = await wang.client.get(`/cases/${card.id}`);
  expectThat(status === 403, `胡同长直接要这一件，得到 ${status}`);
  s.print.proof('连接上、历史里、收件箱里、辖区清单里都没有“收钱”，也没有单号；硬要看，403');
};
