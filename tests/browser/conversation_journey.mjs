// A resident asks, wants a person, and gets one; nobody reloads a page.
import { ask, caseNumber, hears, question } from './chat_page.mjs';
import { pictureOf } from './loaded.mjs';
import { expect, newWord } from './report.mjs';
import { png } from './sample_files.mjs';

export async function conversationJourney({ browser, report, accounts }) {
  const agents = accounts.filter((account) => account.role === 'agent');
  const desks = [];
  for (const account of agents) desks.push({ account, page: await browser.signedIn(account, '/desk') });
  for (const { page } of desks) await page.locator('.list nav a').nth(2).click();

  const resident = await browser.person();
  await resident.goto('/chat');
  await report.check('a resident asks in everyday words and gets an answer that names KTP', async () => {
    const answer = await ask(resident, question);
    expect(/KTP/i.test(answer), `the answer was: ${answer}`);
  });
  await report.check('a reload finds the conversation again', async () => {
    await resident.reload();
    await hears(resident, 'resident', question);
    const count = await resident.locator('sahut-chat .bubble.resident').count();
    expect(count === 1, `the question is there ${count} times`);
  });

  await report.check('what is written without a network goes out when it is back, once', async () => {
    const text = 'syarat bikin akta kelahiran apa aja';
    const bots = await resident.locator('sahut-chat .bubble.bot').count();
    await resident.context().setOffline(true);
    await resident.locator('.now.trouble').waitFor();
    await resident.locator('sahut-chat textarea').fill(text);
    await resident.locator('sahut-chat button.send').click();
    await hears(resident, 'resident', text);
    await resident.context().setOffline(false);
    await resident.locator('sahut-chat .bubble.bot').nth(bots).waitFor();
    const count = await resident.locator('sahut-chat .bubble.resident').filter({ hasText: text }).count();
    expect(count === 1, `the message is there ${count} times`);
    browser.takeComplaints(); // the lost network, which Chromium logs
  });
  await report.check('a message that the server refuses says so and can be sent again', async () => {
    const bots = await resident.locator('sahut-chat .bubble.bot').count();
    const sends = '**/api/v1/chat/messages';
    await resident.route(sends, (route) => route.fulfill({ status: 400, contentType: 'application/problem+json', body: '{}' }));
    await resident.locator('sahut-chat textarea').fill('syarat pecah kk?');
    await resident.locator('sahut-chat button.send').click();
    const failed = resident.locator('sahut-chat .bubble.unsent');
    await failed.waitFor();
    await browser.picture(resident, 'journey-chat-unsent');
    await resident.unroute(sends);
    await failed.locator('button').click();
    await failed.waitFor({ state: 'detached' });
    const count = await resident.locator('sahut-chat .bubble.resident').filter({ hasText: 'syarat pecah kk?' }).count();
    expect(count === 1, `the message is there ${count} times`);
    await resident.locator('sahut-chat .bubble.bot').nth(bots).waitFor();
    browser.takeComplaints(); // the 400, which Chromium logs
  });

  let number = '';
  let desk = null;
  const reply = `Halo, saya petugas. Silakan datang membawa surat hilang (${newWord()}).`;
  await report.check('a resident who asks for a person gets a case number', async () => {
    await ask(resident, 'mau ngomong sama petugas');
    number = await caseNumber(resident);
  });
  await report.check('the office sees the case live, and only the office', async () => {
    expect(number !== '', 'there is no case');
    const card = (page) => page.locator('.list .card').filter({ hasText: number });
    desk = await Promise.any(desks.map(async (each) => {
      await card(each.page).waitFor();
      return each;
    }));
    for (const other of desks.filter((each) => each.account.office !== desk.account.office)) {
      await other.page.locator('.list input[type=search]').fill(number);
      await other.page.locator('.list .empty').waitFor();
      expect((await card(other.page).count()) === 0, `${other.account.office} sees the case of ${desk.account.office}`);
    }
    await card(desk.page).click();
  });
  await report.check('an officer claims it and the resident is told', async () => {
    await desk.page.locator('.claim button.primary').click();
    await desk.page.locator('form.reply textarea').waitFor();
    await resident.locator('sahut-chat .strip p').filter({ hasText: desk.account.name }).waitFor();
  });
  await report.check('a note stays in the office', async () => {
    const note = `catatan uji ${newWord()}`;
    await desk.page.locator('.modes button').nth(1).click();
    await desk.page.locator('form.note textarea').fill(note);
    await desk.page.locator('form.note button.save').click();
    await desk.page.locator('.bubble.note').filter({ hasText: note }).waitFor();
    await desk.page.locator('.modes button').nth(0).click();
    expect(!(await resident.locator('body').innerText()).includes(note), 'the resident reads the note');
  });
  await report.check('a draft survives a reload of the desk', async () => {
    await desk.page.locator('form.reply textarea').fill(reply);
    await desk.page.reload();
    await desk.page.locator('form.reply textarea').waitFor();
    const draft = await desk.page.locator('form.reply textarea').inputValue();
    expect(draft === reply, `the draft is now: ${draft}`);
  });
  await report.check('the officer replies with Ctrl+Enter and the resident reads it, once', async () => {
    await desk.page.locator('form.reply textarea').press('Control+Enter');
    await hears(resident, 'agent', reply);
    const count = await resident.locator('sahut-chat .bubble.agent').filter({ hasText: reply }).count();
    expect(count === 1, `the reply is there ${count} times`);
    await browser.picture(resident, 'journey-chat');
    await browser.picture(desk.page, 'journey-desk');
  });
  await report.check('the resident sees that the officer is writing', async () => {
    await desk.page.locator('form.reply textarea').pressSequentially('Ini');
    await resident.locator('sahut-chat [role=status]').filter({ hasText: 'Petugas sedang menulis' }).waitFor();
  });
  await report.check('the officer sends a picture with words, and the resident sees both', async () => {
    const caption = `Ini denah kantornya (${newWord()}).`;
    await desk.page.locator('form.reply input[type=file]').setInputFiles({ name: 'denah.png', mimeType: 'image/png', buffer: png(320, 240) });
    await desk.page.locator('.attached').filter({ hasText: 'siap dikirim' }).waitFor();
    await desk.page.locator('form.reply textarea').fill(caption);
    await desk.page.locator('form.reply button.primary').click();
    for (const picture of [desk.page.locator('.bubble.agent').filter({ hasText: caption }).locator('img'), resident.locator('sahut-chat .bubble.agent').filter({ hasText: caption }).locator('img')]) {
      await pictureOf(picture, 320);
    }
    await browser.picture(resident, 'journey-chat-picture');
    await browser.picture(desk.page, 'journey-desk-picture');
  });
  await report.check('the officer sends a place, and the resident can open it on a map', async () => {
    await desk.page.getByRole('button', { name: 'Kirim lokasi' }).click();
    await desk.page.getByLabel('Koordinat atau tautan peta').fill('-1.2654, 116.8312');
    await desk.page.getByLabel('Nama tempat').fill('Loket Disdukcapil (contoh)');
    await desk.page.locator('dialog[open] button.primary').click();
    await desk.page.locator('.bubble.agent .place').filter({ hasText: 'Loket Disdukcapil' }).waitFor();
    const href = await resident.locator('sahut-chat a').filter({ hasText: 'Loket Disdukcapil' }).getAttribute('href');
    expect(href.includes('mlat=-1.2654&mlon=116.8312'), href);
  });
  await report.check('what the resident writes then reaches the officer, and the bot keeps silent', async () => {
    const bots = await resident.locator('sahut-chat .bubble.bot').count();
    await resident.locator('sahut-chat textarea').fill('baik pak, terima kasih');
    await resident.locator('sahut-chat button.send').click();
    await desk.page.locator('.bubble.resident').filter({ hasText: 'terima kasih' }).waitFor();
    expect((await resident.locator('sahut-chat .bubble.bot').count()) === bots, 'the bot spoke over the officer');
  });
  await report.check('the officer resolves it and the resident is told', async () => {
    await desk.page.locator('.thread header button.primary').click();
    await desk.page.locator('dialog[open] button.primary').click();
    await desk.page.locator('dialog[open]').waitFor({ state: 'detached' });
    await resident.locator('sahut-chat').filter({ hasText: /selesai/i }).waitFor();
  });
  await report.check('no console error on the way', () => {
    const complaints = browser.takeComplaints();
    expect(complaints.length === 0, complaints.join('\n'));
  });
  for (const page of [resident, ...desks.map((each) => each.page)]) await page.context().close();
}
