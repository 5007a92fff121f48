// An editor changes an answer; the next resident gets the new words; the old ones are brought back.
import { unfold } from './browser.mjs';
import { ask, question } from './chat_page.mjs';
import { expect, newWord } from './report.mjs';

/** Opens the entry that answers the question, found with the page's own "Coba tanya". */
async function openEntryOf(page, text) {
  await page.goto('/admin#/ask');
  await page.locator('section.panel form input').fill(text);
  await page.locator('section.panel form button').click();
  await page.locator('.answer a').first().click();
  await page.locator('.editor header h2').waitFor();
}

async function publish(page) {
  await page.locator('.editor footer button.primary').click();
  await page.locator('dialog[open] button.primary').click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.locator('.editor footer [role=status]').filter({ hasText: /Terbit/ }).waitFor();
}

/** Puts `words` before the answer, and before the short answer to "how?" where there is one. */
async function writeBefore(page, words) {
  const fields = ['#entry-answer-id', '#entry-facets-procedure'];
  await unfold(page, '.form details');
  for (const field of fields) {
    const before = await page.locator(field).inputValue();
    if (before !== '') await page.locator(field).fill(`${words}\n${before}`);
  }
}

export async function knowledgeJourney({ browser, report, accounts }) {
  const editor = accounts.find((account) => account.role === 'editor');
  const page = await browser.signedIn(editor, '/admin', { width: 1280, height: 900 });
  const words = `Kalimat baru ${newWord()}.`;
  let revision = '';

  await report.check('an editor finds the entry that answers, changes it and publishes it', async () => {
    await openEntryOf(page, question);
    revision = /revisi (\d+)/.exec(await page.locator('.editor header').innerText())[1];
    await writeBefore(page, words);
    await publish(page);
    await browser.picture(page, 'journey-admin');
  });
  await report.check('a new resident gets the new words', async () => {
    const resident = await browser.person();
    await resident.goto('/chat');
    const answer = await ask(resident, question);
    await resident.context().close();
    expect(answer.includes(words), `the answer was: ${answer}`);
  });
  await report.check('two editors at once: the later one is told and loses no word', async () => {
    const other = await browser.signedIn(editor, '/admin', { width: 1280, height: 900 });
    await openEntryOf(other, question);
    const mine = `Tulisan saya ${newWord()}`;
    await unfold(page, '.form details');
    await page.locator('#entry-source').fill(mine);
    await unfold(other, '.form details');
    await other.locator('#entry-source').fill('tulisan orang lain');
    await other.locator('.editor footer button').first().click();
    await other.locator('.editor footer [role=status].alert').waitFor();
    await page.locator('.editor footer button').first().click();
    await page.locator('section.alert.warn').waitFor();
    expect((await page.locator('#entry-source').inputValue()) === mine, 'the words are gone');
    await page.locator('section.alert.warn button.primary').click();
    await page.locator('.editor footer [role=status].alert').waitFor();
    expect((await page.locator('#entry-source').inputValue()) === mine, 'the words were not saved');
    await other.context().close();
    // 412 is how the server says it; Chromium logs it
    const complaints = browser.takeComplaints().filter((each) => !each.includes('412'));
    expect(complaints.length === 0, complaints.join('\n'));
  });
  await report.check('the editor brings the earlier revision back and publishes it', async () => {
    await page.locator('.editor details.box').nth(1).locator('> summary').click();
    const old = page.locator('.editor details.box ol li').filter({ hasText: new RegExp(`revisi ${revision}\\b`) });
    await old.locator('summary').click();
    await old.locator('button').click();
    await page.locator('.editor footer [role=status].alert').waitFor();
    await publish(page);
    const resident = await browser.person();
    await resident.goto('/chat');
    const answer = await ask(resident, question);
    await resident.context().close();
    expect(!answer.includes(words), `the answer still was: ${answer}`);
  });
  await page.context().close();
}
