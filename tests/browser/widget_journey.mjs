// The chat as a button on somebody else's site.
import { desktop, inspector, narrow, phone } from './inspect.mjs';
import { expect } from './report.mjs';

const bubbles = (page, author) => page.locator(`sahut-chat .bubble.${author} .words`);

export async function widgetJourney({ browser, report, site }) {
  const inspect = inspector({ browser, report });
  const page = await browser.person();
  await page.goto(site.url);
  const open = page.getByRole('button', { name: 'Tanya layanan kota' });

  await report.check('one script tag puts a button on another site, and the site looks as before', async () => {
    await open.waitFor();
    const looks = await page.evaluate(() => {
      const button = [...document.body.children].at(-1).shadowRoot.querySelector('button');
      const heading = getComputedStyle(document.querySelector('h1'));
      const style = getComputedStyle(button);
      return {
        size: style.fontSize, spacing: style.letterSpacing, transform: style.textTransform, color: style.color,
        heading: heading.letterSpacing, sheets: document.styleSheets.length, globals: typeof window.SahutChat,
      };
    });
    expect(looks.size === '16px', `the site's font size reached the widget: ${looks.size}`);
    expect(looks.spacing === 'normal' && looks.transform === 'none' && looks.color !== 'rgb(255, 0, 0)', JSON.stringify(looks));
    expect(looks.heading === '2px' && looks.sheets === 1 && looks.globals === 'undefined', JSON.stringify(looks));
  });
  await inspect(page, 'widget button', [phone, narrow]);

  await report.check('by keyboard alone: open, ask, read, close, and the focus comes back', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('sahut-chat textarea').waitFor();
    await page.keyboard.type('ktp ilang gmn ngurusnya min');
    await page.keyboard.press('Enter');
    await bubbles(page, 'bot').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('sahut-chat').waitFor({ state: 'hidden' });
    const focused = await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent);
    expect(focused === 'Tanya layanan kota', `the focus is on: ${focused}`);
  });
  await report.check('a reload finds the conversation again, without a cookie', async () => {
    await page.reload();
    await open.click();
    await bubbles(page, 'resident').filter({ hasText: 'ktp ilang' }).waitFor();
    await bubbles(page, 'bot').first().waitFor();
    const cookies = await page.context().cookies();
    expect(cookies.length === 0, JSON.stringify(cookies));
  });
  await inspect(page, 'widget', [phone, desktop, narrow]);
  await report.check('at 320 px the chat takes the whole screen and can be closed', async () => {
    await page.setViewportSize(narrow);
    const box = await page.locator('section[role=dialog]').boundingBox();
    expect(box.x === 0 && box.width === narrow.width && box.height === narrow.height, JSON.stringify(box));
    await page.getByRole('button', { name: 'Tutup' }).click();
    await open.waitFor();
  });
  await page.context().close();
}
