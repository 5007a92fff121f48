// The two simulated phones.
import { desktop, inspector, narrow, phone } from './inspect.mjs';
import { expect } from './report.mjs';

export async function demoJourney({ browser, report }) {
  const inspect = inspector({ browser, report });
  const page = await browser.person(desktop);
  await page.goto('/demo');
  const of = (kind) => page.locator(`.phone.${kind}`);
  const city = (kind) => of(kind).locator('.bubble.city .words');
  await of('telegram').locator('.samples button').first().waitFor();
  await inspect(page, 'demo empty', [desktop, phone, narrow]);
  await page.setViewportSize(desktop);

  for (const kind of ['whatsapp', 'telegram']) {
    await report.check(`${kind}: a quick suggestion is asked and answered, with ticks, on this phone only`, async () => {
      const other = kind === 'whatsapp' ? 'telegram' : 'whatsapp';
      const before = await of(other).locator('.bubble').count();
      await of(kind).locator('.samples button').first().click();
      await of(kind).locator('.bubble.resident').filter({ hasText: 'ktp ilang' }).waitFor();
      await city(kind).first().waitFor();
      await of(kind).locator('.bubble.resident .tick.delivered, .bubble.resident .tick.read').first().waitFor();
      expect((await of(other).locator('.bubble').count()) === before, 'the other phone heard it too');
    });
    await report.check(`${kind}: a choice is tapped and answered`, async () => {
      const said = await city(kind).count();
      const choice = of(kind).locator('.choices button').first();
      await choice.waitFor();
      const opens_list = (await choice.locator('svg').count()) > 0;
      await choice.click();
      if (opens_list) await page.locator('dialog.sheet button').first().click();
      await city(kind).nth(said).waitFor();
    });
  }
  await report.check('what is written goes out with Enter, and a location too', async () => {
    const said = await city('telegram').count();
    await of('telegram').locator('form input').fill('syarat bikin akta kelahiran');
    await page.keyboard.press('Enter');
    await city('telegram').nth(said).waitFor();
    const residents = await of('telegram').locator('.bubble.resident').count();
    await of('telegram').locator('button.locate').click();
    await of('telegram').locator('.bubble.resident').nth(residents).locator('.tick:not(.sending):not(.failed)').waitFor();
  });
  await inspect(page, 'demo', [desktop, phone, narrow]);
  await report.check('a message that does not get through says so and can be sent again', async () => {
    const sends = '**/demo/messages';
    await page.route(sends, (route) => route.fulfill({ status: 500, body: '{}' }));
    await of('whatsapp').locator('form input').fill('jam buka kantor kelurahan?');
    await of('whatsapp').locator('form button.send').click();
    const again = of('whatsapp').locator('.bubble.resident .foot button');
    await again.waitFor();
    await page.unroute(sends);
    await again.click();
    await again.waitFor({ state: 'detached' });
    browser.takeComplaints(); // the 500, which Chromium logs
  });
  await report.check('a new resident begins with an empty chat', async () => {
    await of('whatsapp').locator('header button').click();
    await of('whatsapp').locator('.empty').waitFor();
    expect((await of('whatsapp').locator('.bubble').count()) === 0, 'the old chat is still there');
    expect((await of('telegram').locator('.bubble').count()) > 0, 'the other phone was emptied too');
  });
  await page.context().close();
}
