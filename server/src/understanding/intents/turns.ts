import { turns, type Turn } from './lexicon';
import { anyOf } from '../language/phrases';

/** Forms of address that name somebody to talk to; names of the staff are put in their place. */
const somebody =
  '总?胡同长|网格员|网格长|网格指导员|村支书|支书|村长|村主任|村干部|主任|书记|干部|工作人员|志愿者|电工师傅?|师傅|调解员|村医|律师|法律顾问|[王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭田董潘袁蔡蒋余杜叶程魏苏吕丁沈任姚卢姜崔](婶|叔|大爷|大娘|奶奶|爷爷|师傅|主任|书记|支书|会计|医生|哥|嫂|姐|干事)';

const patterns = Object.fromEntries(
  Object.entries(turns).map(([turn, list]) => [
    turn,
    anyOf(list.replaceAll('PERSON', `(${somebody})`)),
  ]),
) as Record<Turn, RegExp>;

/** Whether a canonical text takes a turn of speech. */
export const takes = (turn: Turn, text: string): boolean => patterns[turn].test(text);

const polite = new RegExp(anyOf(turns.politeness), 'gu');

/** What is left of a text without courtesies and punctuation. */
export const withoutCourtesies = (text: string): string =>
  text.replace(polite, '').replace(/[^\p{L}\p{N}]/gu, '');
