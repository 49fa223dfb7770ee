import Taro from '@tarojs/taro';

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
    return (chosen.tempFiles ?? []).map((file, i) => ({
      path: file.tempFilePath,
      size: file.size ?? 0,
      fileName: nameOf(file.tempFilePath, i),
    }));
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
