import type { Picture } from './media';

/** Up to here a picture is sent as it is: about ten seconds on a 2G line. */
const lightEnough = 200_000;
/** Longest edge in px; a door plate stays readable. */
const longestEdge = 1600;

/** Redraws a heavy picture smaller, as JPEG. Browsers only; whatever cannot be redrawn is sent as it is. */
export async function shrinkPicture(picture: Picture): Promise<Picture> {
  if (picture.size <= lightEnough) return picture;
  try {
    const bitmap = await createImageBitmap(await (await fetch(picture.path)).blob());
    const scale = Math.min(1, longestEdge / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const small = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', 0.8),
    );
    if (!small || small.size >= picture.size) return picture;
    return {
      path: URL.createObjectURL(small),
      size: small.size,
      fileName: picture.fileName.replace(/\.\w+$/, '.jpg'),
    };
  } catch {
    return picture;
  }
}
