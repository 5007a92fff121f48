// Every page in the states people meet, at phone and desktop width, light and dark.
import { unfold } from './browser.mjs';
import { ask, question } from './chat_page.mjs';
import { desktop, inspector, narrow, phone } from './inspect.mjs';
import { expect } from './report.mjs';

export async function pageStates({ browser, report, accounts }) {
  const agent = accounts.find((account) => account.role === 'agent');
  const editor = accounts.find((account) => account.role === 'editor');

  const inspect = inspector({ browser, report });

  const visitor = await browser.person();
  await visitor.goto('/');
  await report.check('a sample question of the front door is asked in the chat', async () => {
    await visitor.locator('.samples a').first().click();
    await visitor.locator('sahut-chat .bubble.bot').first().waitFor();
    expect(!visitor.url().includes('q='), 'a reload would ask again');
  });
  await visitor.goto('/');
  await inspect(visitor, 'front', [phone, desktop, narrow]);
  await visitor.goto('/?lang=en');
  await inspect(visitor, 'front english', [phone]);
  await visitor.evaluate(() => localStorage.clear());
  await visitor.goto('/chat');
  await inspect(visitor, 'chat empty', [phone, desktop, narrow]);
  await ask(visitor, question);
  await ask(visitor, 'kirim ktp ke planet mars lewat pos');
  await inspect(visitor, 'chat', [phone, desktop, narrow]);
  await visitor.context().setOffline(true);
  await visitor.locator('.now.trouble').waitFor();
  await inspect(visitor, 'chat offline', [phone]);
  await visitor.context().setOffline(false);
  browser.takeComplaints(); // the lost connection, which Chromium logs
  await visitor.goto('/insight');
  await visitor.locator('dl').waitFor();
  await inspect(visitor, 'insight');
  await visitor.locator('main details summary').click();
  await inspect(visitor, 'insight table');
  await visitor.goto('/desk');
  await visitor.locator('#name').waitFor();
  await report.check('a wrong password is told in words and keeps the name', async () => {
    await visitor.locator('#name').fill(agent.name);
    await visitor.locator('#password').fill('bukan ini');
    await visitor.locator('form button.primary').click();
    await visitor.locator('form .alert').filter({ hasText: 'tidak cocok' }).waitFor();
    expect((await visitor.locator('#name').inputValue()) === agent.name, 'the name is gone');
    browser.takeComplaints(); // the 401, which Chromium logs
  });
  await inspect(visitor, 'desk sign in');
  await visitor.goto('/admin');
  await visitor.locator('#name').waitFor();
  await inspect(visitor, 'admin sign in');
  await visitor.context().close();

  // Somebody waits, so that the desk has something to show.
  const resident = await browser.person();
  await resident.goto('/chat');
  await ask(resident, question);
  await ask(resident, 'mau ngomong sama petugas');

  const desk = await deskWithWaiting(browser, accounts, agent);
  await inspect(desk, 'desk list');
  await desk.locator('.list .card').first().click();
  await desk.locator('.thread .bubble').first().waitFor();
  await inspect(desk, 'desk thread unclaimed');
  await desk.locator('.claim button.primary').click();
  await desk.locator('form.reply textarea').waitFor();
  await inspect(desk, 'desk thread');
  await desk.locator('.modes button').nth(1).click();
  await unfold(desk, '.thread details');
  await inspect(desk, 'desk note and understanding');
  await desk.locator('.thread header .buttons button').nth(1).click();
  await desk.locator('dialog[open] label').first().waitFor();
  await inspect(desk, 'desk transfer');
  await desk.keyboard.press('Escape');
  await desk.locator('.page details summary').first().click();
  await inspect(desk, 'desk menu', [phone]);
  await report.check('the desk speaks English at once when asked', async () => {
    await desk.locator('nav button[lang=en]').click();
    await desk.locator('.thread form').filter({ hasText: 'Note' }).waitFor();
    expect((await desk.locator('html').getAttribute('lang')) === 'en', 'the page does not say so');
  });
  await inspect(desk, 'desk english', [phone]);
  await desk.context().close();
  await resident.context().close();

  const admin = await browser.signedIn(editor, '/admin', phone);
  await admin.locator('.entries li').first().waitFor();
  await inspect(admin, 'admin list');
  await admin.locator('.entries li a').first().click();
  await admin.locator('.editor header h2').waitFor();
  await unfold(admin, '.form details');
  await inspect(admin, 'admin editor');
  // what publishing would change; the button beside it publishes, and is off while there is nothing new
  await admin.locator('.editor footer button').nth(2).click();
  await admin.locator('dialog[open] [role=status], dialog[open] ul').first().waitFor();
  await inspect(admin, 'admin preview');
  await admin.keyboard.press('Escape');
  await admin.goto('/admin#/gaps');
  await inspect(admin, 'admin gaps');
  await admin.goto('/admin#/ask');
  await admin.locator('section.panel form input').fill(question);
  await admin.locator('section.panel form button').click();
  await admin.locator('.answer').waitFor();
  await inspect(admin, 'admin ask');
  await admin.context().close();
}

/** The desk of an agent whose office has somebody waiting. */
async function deskWithWaiting(browser, accounts, fallback) {
  for (const account of accounts.filter((each) => each.role === 'agent')) {
    const page = await browser.signedIn(account, '/desk#/unclaimed', phone);
    await page.locator('.list .card, .list .empty').first().waitFor();
    if ((await page.locator('.list .card').count()) > 0) return page;
    await page.context().close();
  }
  throw new Error(`nobody waits for ${fallback.name} or another agent`);
}
