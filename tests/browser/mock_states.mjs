// What only the mock can show: a closed window, an emergency, dead letters, a channel that is cut off, a word that no longer fits.
import { desktop, inspector, narrow, phone } from './inspect.mjs';
import { expect } from './report.mjs';

const card = (page, name) => page.locator('.list .card').filter({ hasText: name });
const channel = (page, name) => page.locator('.cards article').filter({ has: page.locator(`#channel-${name}`) });

export async function deskStates({ browser, report, accounts, mock }) {
  const inspect = inspector({ browser, report });
  const page = await browser.signedIn(accounts.find((each) => each.role === 'agent'), '/desk#/office', desktop);
  await page.locator('.list .card').first().waitFor();

  await report.check('the list keeps the order of the server and says until when', async () => {
    const names = await page.locator('.list .card .name').allInnerTexts();
    expect(names.join() === mock.world.conversations.map((each) => each.contact.name).join(), names.join());
    expect(/Jawaban lewat 1[12] menit, batas \d\d\.\d\d/.test(await card(page, 'Pak Dedi').locator('.chip.bad').innerText()), 'the late one does not say so');
    expect(/Jawab sebelum \d\d\.\d\d, sisa 1[45] menit/.test(await card(page, 'Wulan').innerText()), 'the time left is missing');
  });
  await report.check('an emergency is marked, told over the list, and gone from there once it is read', async () => {
    await card(page, 'Bu Ratna').locator('.urgent-mark').waitFor();
    await page.locator('.list [role=alert] a.bar').filter({ hasText: 'Bu Ratna' }).waitFor();
  });
  await inspect(page, 'desk urgent');
  await page.setViewportSize(desktop);
  await page.locator('.list [role=alert] a.bar').click();
  await page.locator('.thread header .alert').filter({ hasText: '112' }).waitFor();
  await report.check('what was read no longer calls', () => page.locator('.list a.bar').waitFor({ state: 'detached' }));
  await report.check('an emergency in a thread one owns calls at once', async () => {
    await page.evaluate(() => {
      window.rings = new Promise((rung, silent) => {
        setTimeout(() => silent(new Error('no sound was played')), 10_000);
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...given) {
          rung();
          return start.apply(this, given);
        };
      });
    });
    const found = mock.world.raise('Rina');
    mock.events.tell('desk', 'conversation', { id: found.id });
    await page.locator('.list a.bar').filter({ hasText: 'Rina' }).waitFor();
    await page.evaluate(() => window.rings);
  });
  await card(page, 'Rina').click();
  await report.check('the window is counted down beside the composer', async () => {
    await page.locator('.thread .foot .window').filter({ hasText: 'Jendela WhatsApp tutup dalam 2 jam' }).waitFor();
  });

  await card(page, 'Agus').click();
  await report.check('behind a closed window an answer can be left, and is shown as left', async () => {
    await page.locator('.thread .foot .alert.warn').filter({ hasText: 'Titipkan' }).waitFor();
    await page.locator('form.reply textarea').fill('Berkas Bapak sudah lengkap.');
    await page.getByRole('button', { name: 'Titipkan jawaban' }).click();
    await page.locator('.bubble.parked').filter({ hasText: 'terkirim saat warga menulis lagi' }).waitFor();
    expect((await page.locator('form.reply textarea').inputValue()) === '', 'the draft is still there');
  });
  await inspect(page, 'desk parked');
  await page.setViewportSize(desktop);
  await report.check('a window that closes while one writes offers the same, and keeps the words', async () => {
    await card(page, 'Rina').click();
    await page.locator('form.reply textarea').fill('Sama-sama, Bu.');
    await page.route('**/reply', (route) => route.fulfill({
      status: 409, contentType: 'application/problem+json', body: JSON.stringify({ code: 'window_closed', status: 409, detail: 'Tutup.' }),
    }), { times: 1 });
    await page.locator('form.reply button.primary').click();
    await page.getByRole('button', { name: 'Titipkan jawaban' }).waitFor();
    expect((await page.locator('form.reply textarea').inputValue()) === 'Sama-sama, Bu.', 'the words are gone');
    browser.takeComplaints(); // the 409, which Chromium logs
  });
  await page.context().close();
}

export async function channelStates({ browser, report, accounts, mock }) {
  const inspect = inspector({ browser, report });
  const page = await browser.signedIn(accounts.find((each) => each.role === 'editor'), '/admin#/channels', desktop);
  const whatsapp = channel(page, 'whatsapp');

  await report.check('a channel that is cut off says what is the matter and what to do', async () => {
    await channel(page, 'telegram').locator('.alert.bad').filter({ hasText: '@BotFather' }).waitFor();
    await channel(page, 'whatsapp').locator('dd').filter({ hasText: '3 menit lalu' }).waitFor();
  });
  await report.check('one that has received nothing shows how to connect it, and that the address is missing', async () => {
    await channel(page, 'cadangan').locator('.alert.warn').filter({ hasText: 'public_url' }).waitFor();
  });
  await report.check('the meter says what WhatsApp will charge', async () => {
    await whatsapp.locator('section').filter({ hasText: 'Sekitar 240 pesan akan ditagih Meta' }).waitFor();
  });
  await whatsapp.locator('summary').filter({ hasText: 'gagal dikirim (2)' }).click();
  await whatsapp.locator('li').filter({ hasText: 'Sutrisno' }).waitFor();
  await inspect(page, 'admin dead letters');
  await report.check('a dead letter is sent again', async () => {
    // The page asks for the list once more when the number has changed; what follows must not meet that answer.
    const asked_again = page.waitForResponse((answer) => answer.request().method() === 'GET' && new URL(answer.url()).pathname.endsWith('/channels/whatsapp/dead'));
    await whatsapp.locator('li').filter({ hasText: 'Sutrisno' }).getByRole('button', { name: 'Kirim ulang' }).click();
    await whatsapp.locator('[role=status].alert').filter({ hasText: 'antrean' }).waitFor();
    expect(mock.world.dead.whatsapp.length === 1, 'the server still has both');
    await asked_again;
    await whatsapp.locator('summary').filter({ hasText: 'gagal dikirim (1)' }).waitFor();
  });
  await report.check('one that a colleague dealt with meanwhile goes away without an error', async () => {
    mock.world.dead.whatsapp.length = 0;
    await whatsapp.getByRole('button', { name: 'Buang' }).click();
    await page.locator('dialog[open] button.danger').click();
    await whatsapp.locator('[role=status].alert').filter({ hasText: 'diurus orang lain' }).waitFor();
    browser.takeComplaints(); // the 404, which Chromium logs
  });
  await page.context().close();
}

export async function wordStates({ browser, report, accounts, mock }) {
  const inspect = inspector({ browser, report });
  const page = await browser.signedIn(accounts.find((each) => each.role === 'editor'), '/admin#/words', desktop);
  const item = (form) => page.locator('.list li').filter({ hasText: form });
  await report.check('a word says which built-in meaning it replaces, and when it is not used', async () => {
    await item('siring').locator('.chip').filter({ hasText: 'menggantikan arti bawaan “talud”' }).waitFor();
    await item('biaya').locator('.chip.warn').filter({ hasText: 'tidak dipakai' }).waitFor();
  });
  await report.check('a word that a colleague adds appears by itself', async () => {
    mock.world.put_word('gembruk', 'panggung');
    mock.events.tell('desk', 'word', { id: 'gembruk' });
    await item('gembruk').waitFor();
  });
  await report.check('a server that is away is said in words, and what was typed stays', async () => {
    await page.route('**/api/v1/words/**', (route) => route.abort(), { times: 1 });
    await page.locator('#entry-form').fill('kliwir');
    await page.locator('#entry-standard').fill('sampah');
    await page.getByRole('button', { name: 'Simpan kata' }).click();
    await page.locator('.panel > .alert[role=alert]').waitFor();
    expect((await page.locator('#entry-form').inputValue()) === 'kliwir', 'the word is gone');
    browser.takeComplaints(); // the lost connection, which Chromium logs
  });
  await inspect(page, 'admin words long and away', [phone, narrow]);
  await page.setViewportSize(desktop);
  mock.world.words.length = 0;
  await page.locator('.panel > .alert[role=alert] button').click();
  await page.locator('.list .empty').filter({ hasText: 'Belum ada kata kota' }).waitFor();
  await inspect(page, 'admin words empty', [phone, desktop]);
  await page.context().close();
}
