// Pictures before they travel: made small, and a thumbnail to look at. Phones turn pictures by a note inside the file
// (EXIF); decoding heeds it, so that what is drawn anew stands upright.
import { smaller, type Size } from './file_choice';

const quality = 0.85;
const thumbnail_px = 160;

export interface Prepared {
  file: Blob;
  /** Drawn anew as a JPEG. */
  redrawn: boolean;
  /** A data: address, which the policy of the pages allows. */
  thumbnail: string;
}

/** Throws if it cannot be decoded. */
export async function prepare(original: Blob): Promise<Prepared> {
  const bitmap = await createImageBitmap(original);
  try {
    const thumbnail = draw(bitmap, smaller(bitmap, thumbnail_px) ?? bitmap).toDataURL('image/jpeg', quality);
    const size = smaller(bitmap);
    const redrawn = size === null ? null : await jpegOf(draw(bitmap, size));
    // few colours, such as a scanned page, can be smaller as they were
    if (redrawn === null || redrawn.size >= original.size) return { file: original, redrawn: false, thumbnail };
    return { file: redrawn, redrawn: true, thumbnail };
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, { width, height }: Size): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  // JPEG knows no transparency; paper is white
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

const jpegOf = (canvas: HTMLCanvasElement) =>
  new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
