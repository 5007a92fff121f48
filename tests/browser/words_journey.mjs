// An editor teaches the city's own words: what is wrong is said at its field, what is added counts at once, what is deleted comes back.
import { ask } from './chat_page.mjs';
import { inspector, desktop, narrow, phone } from './inspect.mjs';
import { expect, newWord } from './report.mjs';

const item = (page, form) => page.locator('.list li').filter({ has: page.locator('strong', { hasText: new RegExp(`^${form}$`) }) });
const told = (page) => page.locator('.told [role=status]');

async function save(page, form, standard) {
  await page.locator('#entry-form').fill(form);
  await page.locator('#entry-standard').fill(standard);
  await page.getByRole('button', { name: 'Simpan kata' }).click();
}

/** On the mock and on the real server. */
export async function wordsJourney({ browser, report, accounts }) {
  const inspect = inspector({ browser, report });
  const page = await browser.signedIn(accounts.find((each) => each.role === 'editor'), '/admin#/words', desktop);
  const word = newWord();

  await report.check('an editor adds a word and is told how it is read from now on', async () => {
    await save(page, `  ${word.toUpperCase()} `, 'Kartu Keluarga');
    await told(page).filter({ hasText: `“${word}” dibaca “kartu keluarga”` }).waitFor();
    await item(page, word).waitFor();
    expect((await page.locator('#entry-form').inputValue()) === '', 'the fields are not empty again');
    expect((await page.locator('.try form input').inputValue()) === word, 'the word is not at hand for a try');
  });
  await report.check('a question with the word can be tried beside it', async () => {
    await page.locator('.try form input').fill(`syarat ${word}`);
    await page.locator('.try form button').click();
    await page.locator('.try .answer .bubble').waitFor();
  });
  await report.check('what is wrong is said at its field, which has the focus and keeps the words', async () => {
    for (const [form, standard, where, sentence] of [
      ['dua kata', 'kartu keluarga', 'form', 'lebih dari satu kata'],
      ['a/b', 'kartu keluarga', 'form', 'hanya boleh huruf'],
      ['biaya', 'uang', 'form', 'sudah kata baku'],
      [newWord(), 'gmn', 'standard', '“bagaimana”'],
    ]) {
      await save(page, form, standard);
      const field = page.locator(`#entry-${where}`);
      await page.locator(`#entry-${where}-wrong`).filter({ hasText: sentence }).waitFor();
      expect((await field.getAttribute('aria-invalid')) === 'true', `${where} is not marked`);
      expect(await field.evaluate((each) => each === document.activeElement), `${where} has no focus`);
      expect((await page.locator('#entry-form').inputValue()) === form, 'the word is gone');
    }
    const complaints = browser.takeComplaints().filter((each) => !each.includes('422')); // refusals, which Chromium logs
    expect(complaints.length === 0, complaints.join('\n'));
  });
  await inspect(page, 'admin words', [desktop, phone, narrow]);
  await report.check('a deleted word comes back with one tap', async () => {
    await item(page, word).getByRole('button', { name: `Hapus kata ${word}` }).click();
    await item(page, word).waitFor({ state: 'detached' });
    await page.locator('.told button').click();
    await item(page, word).waitFor();
  });
  await report.check('the list is searched, and a word is changed in its place', async () => {
    await page.locator('.list input[type=search]').fill(word);
    await item(page, word).waitFor();
    await page.locator('.list li').nth(1).waitFor({ state: 'detached' });
    await item(page, word).getByRole('button', { name: `Ubah kata ${word}` }).click();
    await page.locator('#entry-standard').fill('akta kelahiran');
    await page.getByRole('button', { name: 'Simpan kata' }).click();
    await item(page, word).filter({ hasText: 'akta kelahiran' }).waitFor();
    await item(page, word).getByRole('button', { name: `Hapus kata ${word}` }).click();
    await page.locator('.list .empty').waitFor();
  });
  await page.context().close();
}

/** Only where residents are really understood. */
export async function wordsReachResidents({ browser, report, accounts }) {
  const page = await browser.signedIn(accounts.find((each) => each.role === 'editor'), '/admin#/words', desktop);
  const word = newWord();
  const hear = async (text) => {
    const resident = await browser.person();
    await resident.goto('/chat');
    const answer = await ask(resident, text);
    await resident.context().close();
    return answer;
  };
  await report.check('the next resident is understood by a word that was just added', async () => {
    const meant = await hear('kartu keluarga hilang');
    expect((await hear(`${word} hilang`)) !== meant, 'it was understood before');
    await save(page, word, 'kartu keluarga');
    await told(page).filter({ hasText: word }).waitFor();
    const answer = await hear(`${word} hilang`);
    expect(answer === meant, `the answer was: ${answer}`);
    await item(page, word).getByRole('button', { name: `Hapus kata ${word}` }).click();
    await item(page, word).waitFor({ state: 'detached' });
  });
  await page.context().close();
}
