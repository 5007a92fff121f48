// The page about the channels, on any server: what is there, what to paste, a check, a poster.
import { unfold } from './browser.mjs';
import { inspector, narrow, phone, desktop } from './inspect.mjs';
import { expect } from './report.mjs';

export async function channelsJourney({ browser, report, accounts }) {
  const inspect = inspector({ browser, report });
  const editor = accounts.find((account) => account.role === 'editor');
  const page = await browser.signedIn(editor, '/admin#/channels', phone);
  const cards = page.locator('.cards article');

  await report.check('each channel has a card that says how it fares', async () => {
    await cards.first().waitFor();
    for (const card of await cards.all()) {
      expect((await card.locator('header .chip').innerText()) !== '', 'a card without a state');
      expect((await card.locator('dd').count()) === 4, 'a card without its four facts');
    }
  });
  await inspect(page, 'admin channels', [phone, desktop, narrow]);
  await report.check('the web channel gives the line for other sites, exactly', async () => {
    await unfold(page, '.cards details');
    const lines = await page.locator('.cards input[readonly]').evaluateAll((all) => all.map((each) => each.value));
    const text = lines.find((each) => each.includes('widget.js')) ?? '';
    expect(/^<script src="https?:\/\/[^"]+\/assets\/widget\.js" async><\/script>$/.test(text), text);
  });
  await report.check('what is copied is what is shown', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const row = page.locator('.cards .row').first();
    await row.locator('button').click();
    await page.locator('.cards .field [role=status]').filter({ hasText: 'Tersalin' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied === (await row.locator('input').inputValue()), `copied: ${copied}`);
  });
  await report.check('a check asks the channel and tells what it found', async () => {
    const card = cards.filter({ has: page.locator('.checks') }).first();
    await card.locator('.checks button').click();
    await card.locator('.checks li').first().waitFor({ timeout: 20_000 });
  });
  await inspect(page, 'admin channels open');
  await report.check('a poster is a drawing of the office for that channel', async () => {
    const links = page.locator('a[href*="poster.svg"]');
    if ((await links.count()) === 0) return; // no channel here has an address for residents
    const answer = await page.request.get(await links.first().getAttribute('href'));
    expect(answer.ok() && answer.headers()['content-type'].startsWith('image/svg+xml'), `${answer.status()} ${answer.headers()['content-type']}`);
  });
  await page.context().close();
}
