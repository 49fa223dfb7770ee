import Taro from '@tarojs/taro';

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
    const answer = await Taro.showModal({
      title,
      ...(text && { content: text }),
      confirmText: yes,
      cancelText: no,
      confirmColor: '#1D5C57',
      cancelColor: '#6B6355',
    });
    return answer.confirm === true;
  } catch {
    return false;
  }
}
