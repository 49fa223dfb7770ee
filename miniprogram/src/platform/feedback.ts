import Taro from '@tarojs/taro';
import { isH5 } from './target';

/** A short word at the middle of the screen; up to two lines, gone after two seconds. */
export function toast(text: string): void {
  Promise.resolve(Taro.showToast({ title: text, icon: 'none', duration: 2000 })).catch(
    () => undefined,
  );
}

export interface Question {
  title: string;
  text?: string;
  yes?: string;
  no?: string;
}

/** Asks before something that cannot be taken back. */
export async function confirm({
  title,
  text,
  yes = '对',
  no = '先不',
}: Question): Promise<boolean> {
  try {
    const asked = Taro.showModal({
      title,
      ...(text && { content: text }),
      confirmText: yes,
      cancelText: no,
      confirmColor: '#1D5C57',
      cancelColor: '#6B6355',
    });
    if (isH5) makeKeyboardReach();
    const answer = await asked;
    return answer.confirm === true;
  } catch {
    return false;
  }
}

/** Taro's browser question is made of plain boxes: give its two answers a role and keys, and focus the safe one. */
function makeKeyboardReach(): void {
  const answers = document.querySelectorAll<HTMLElement>('.taro-model__btn');
  answers.forEach((answer) => {
    answer.setAttribute('role', 'button');
    answer.tabIndex = 0;
    answer.onkeydown = (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      answer.click();
    };
  });
  document.querySelector<HTMLElement>('.taro-model__cancel')?.focus();
}
