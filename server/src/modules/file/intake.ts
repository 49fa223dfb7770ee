import { fileTypeFromBuffer } from 'file-type/node';
import { AppError } from '../../kernel/errors';
import type { FileMeta } from './model';

/** 10 MB: what a phone camera makes; 3 MB: a minute of voice in any codec a phone records. */
export const limits = { image: 10 * 1024 * 1024, voice: 3 * 1024 * 1024 } as const;
export const largest = Math.max(limits.image, limits.voice);

const voiceTypes: Record<string, string> = {
  'audio/mpeg': 'audio/mpeg',
  'audio/aac': 'audio/aac',
  'audio/x-m4a': 'audio/mp4',
  'audio/mp4': 'audio/mp4',
  'video/mp4': 'audio/mp4',
  'audio/ogg': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/wav': 'audio/wav',
  'audio/amr': 'audio/amr',
  // What browsers record: sound in a WebM container is reported as video.
  'video/webm': 'audio/webm',
  'audio/webm': 'audio/webm',
};

const pictureTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/gif',
];

export interface CheckedFile {
  bytes: Buffer;
  meta: Omit<FileMeta, 'ownerId'>;
}

/**
 * Decides by content, never by name, what a file is; pictures are drawn anew as JPEG, which drops
 * EXIF (place, phone model) and anything hidden behind the picture.
 * @throws AppError tooLarge, badFile, badPicture
 */
export const checkFile = async (bytes: Buffer): Promise<CheckedFile> => {
  if (bytes.length === 0) throw new AppError('badFile', undefined, '文件是空的，请重选一个');
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  if (pictureTypes.includes(type)) return redraw(bytes);
  const voice = voiceTypes[type];
  if (!voice) throw new AppError('badFile');
  if (bytes.length > limits.voice)
    throw new AppError('tooLarge', undefined, '语音太长了，一次最多说 60 秒');
  return { bytes, meta: { kind: 'voice', contentType: voice } };
};

const redraw = async (bytes: Buffer): Promise<CheckedFile> => {
  if (bytes.length > limits.image) {
    throw new AppError('tooLarge', undefined, '照片太大了，最多 10 MB，压小一点再发');
  }
  // Loaded with the first picture: it is the slowest package to load and many starts never need it.
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: 60_000_000, failOn: 'error' })
      .rotate()
      .resize({ width: 1600, height: 1600, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    return {
      bytes: data,
      meta: { kind: 'image', contentType: 'image/jpeg', width: info.width, height: info.height },
    };
  } catch {
    throw new AppError('badPicture');
  }
};
