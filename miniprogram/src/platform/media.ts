import Taro from '@tarojs/taro';
import { isH5 } from './target';
import { shrinkPicture } from './shrink';

export interface Picture {
  /** Local path, or a blob address in browsers. */
  path: string;
  /** Bytes. */
  size: number;
  fileName: string;
}

/**
 * Lets the user take or choose pictures (already compressed where the device does that).
 * Empty when they changed their mind or the picture could not be read.
 */
export async function choosePictures(
  options: { count?: number; from?: 'camera' | 'album' | 'both' } = {},
): Promise<Picture[]> {
  const { count = 1, from = 'both' } = options;
  try {
    const chosen = await Taro.chooseMedia({
      count,
      mediaType: ['image'],
      sizeType: ['compressed'],
      sourceType: from === 'both' ? ['album', 'camera'] : [from],
    });
    const pictures = (chosen.tempFiles ?? []).map((file, i) => ({
      path: file.tempFilePath,
      size: file.size ?? 0,
      fileName: nameOf(file.tempFilePath, i),
    }));
    // WeChat has compressed them; browsers ignore `sizeType`.
    return isH5 ? await Promise.all(pictures.map(shrinkPicture)) : pictures;
  } catch {
    return [];
  }
}

/** Full-screen viewing, starting at one of several pictures. */
export function viewPictures(urls: string[], current = urls[0]): void {
  if (!current) return;
  Promise.resolve(Taro.previewImage({ urls, current })).catch(() => undefined);
}

const nameOf = (path: string, i: number): string => {
  const last = path.split('/').pop() ?? '';
  return /\.(jpe?g|png|webp|gif|heic)$/i.test(last) ? last : `picture-${i + 1}.jpg`;
};
