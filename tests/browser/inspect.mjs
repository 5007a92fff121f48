// One page, looked at as people meet it: sizes times colour schemes.
import { canBeTapped, fits, meetsAxe } from './page_checks.mjs';
import { expect } from './report.mjs';

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };
export const narrow = { width: 320, height: 640 };
const schemes = ['light', 'dark'];

export function inspector({ browser, report }) {
  return async function inspect(page, name, sizes = [phone, desktop]) {
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await report.check(`${name} at ${size.width} px, ${colorScheme}: axe, no overflow, targets, console`, async () => {
          await browser.picture(page, `${name.replaceAll(' ', '-')}-${size.width}-${colorScheme}`);
          await meetsAxe(page);
          await fits(page);
          await canBeTapped(page);
          const complaints = browser.takeComplaints();
          expect(complaints.length === 0, complaints.join('\n'));
        });
      }
    }
    await page.setViewportSize(sizes[0]);
  };
}
