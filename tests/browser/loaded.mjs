// What a page has to fetch before it can be shown or played. Waiting for it by a function that Playwright asks again and again
// is forbidden by the pages' own rules (no evaluated strings), so the element itself is asked to say when.
import { expect } from './report.mjs';

/** Waits until the picture is whole, and holds its width against what was sent. */
export async function pictureOf(picture, width) {
  await picture.waitFor();
  const found = await picture.evaluate(async (image) => {
    await image.decode();
    return image.naturalWidth;
  });
  expect(found === width, `the picture is ${found} wide, not ${width}`);
}

/** Waits until the sound's length is known; seconds. */
export const lengthOf = (audio) =>
  audio.evaluate(async (element) => {
    if (element.readyState < HTMLMediaElement.HAVE_METADATA) {
      await new Promise((known, broken) => {
        element.addEventListener('loadedmetadata', known, { once: true });
        element.addEventListener('error', () => broken(new Error('the sound cannot be played')), { once: true });
      });
    }
    return element.duration;
  });
