// Files and places: what residents sent, what an officer attaches, what the resident then sees.
import { ask } from './chat_page.mjs';
import { desktop, inspector, narrow, phone } from './inspect.mjs';
import { lengthOf, pictureOf } from './loaded.mjs';
import { message } from './mock/world.mjs';
import { expect } from './report.mjs';
import { pdf, png } from './sample_files.mjs';

const everywhere = [phone, desktop, narrow];
const card = (page, name) => page.locator('.list .card').filter({ hasText: name });
const chip = (page) => page.locator('.attached');
const ready = (page) => chip(page).filter({ hasText: 'siap dikirim' });
const field = (page) => page.locator('form.reply textarea');
const send = (page) => page.locator('form.reply button.primary');
const choose = (page, name, mimeType, buffer) => page.locator('form.reply input[type=file]').setInputFiles({ name, mimeType, buffer });
const bubbles = (page) => page.locator('.thread .bubble');

/** The size of the picture behind an address of the mock. */
const sizeOf = (page, url) =>
  page.evaluate(async (url) => {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    return `${bitmap.width}×${bitmap.height}`;
  }, url);

/** A photo as phones keep it that were held upright: the picture lies, and a note (EXIF) says how to turn it. */
async function lyingPhoto(page, width, height) {
  const address = await page.evaluate(([width, height]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d').fillRect(0, 0, width / 2, height);
    return canvas.toDataURL('image/jpeg', 1);
  }, [width, height]);
  const jpeg = Buffer.from(address.split(',')[1], 'base64');
  const turn_right = 6;
  const note = Buffer.from([
    ...Buffer.from('Exif\0\0MM'), 0, 42, 0, 0, 0, 8, // big-endian TIFF, one list of notes
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn_right, 0, 0, 0, 0, 0, 0,
  ]);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, note.length + 2]), note, jpeg.subarray(2)]);
}

/** Hands a file to the page as the clipboard or a drag does. */
const hand = (page, selector, kind, bytes) =>
  page.locator(selector).evaluate((target, { kind, bytes }) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], 'gambar.png', { type: 'image/png' }));
    const how = { bubbles: true, cancelable: true };
    target.dispatchEvent(kind === 'paste' ? new ClipboardEvent('paste', { ...how, clipboardData: carried }) : new DragEvent(kind, { ...how, dataTransfer: carried }));
  }, { kind, bytes: [...bytes] });

export async function mediaJourney({ browser, report, accounts, mock }) {
  const inspect = inspector({ browser, report });
  const page = await browser.signedIn(accounts.find((each) => each.role === 'agent'), '/desk#/office', desktop);
  const lastUpload = () => [...mock.world.uploads.values()].at(-1);
  const bytesOf = (file) => mock.world.files.get(file.url).bytes;

  await report.check('the list names what came without words', () => card(page, 'Yanti').locator('.last').filter({ hasText: /^Foto$/ }).waitFor());
  await card(page, 'Yanti').click();
  await report.check('pictures are shown, and nothing jumps when they come', async () => {
    const picture = bubbles(page).last().locator('img');
    await pictureOf(picture, 640);
    const box = await picture.boundingBox();
    expect(box.width === 240 && box.height === 180, JSON.stringify(box));
  });
  await report.check('no bubble is empty, and each file that is missing says why and what to do', async () => {
    const empty = await bubbles(page).evaluateAll((all) =>
      all.filter((each) => !each.querySelector('img, audio, video, a') && each.innerText.trim().split('\n').length < 2).map((each) => each.innerText));
    expect(empty.length === 0, empty.join('\n'));
    const told = await page.locator('.bubble .told.failed').allInnerTexts();
    expect(told.length === 7 && new Set(told).size === 7, told.join('\n'));
    expect(told.every((each) => /Minta warga|Beri tahu admin/.test(each)), told.join('\n'));
  });
  await report.check('a picture that the browser cannot show can be downloaded', async () => {
    await bubbles(page).nth(5).scrollIntoViewIfNeeded(); // pictures load when they come near
    await bubbles(page).filter({ hasText: 'tidak bisa ditampilkan' }).filter({ hasText: 'rusak.jpg' }).locator('a[download]').waitFor();
  });
  await report.check('a voice note can be played', async () => {
    const seconds = await lengthOf(page.locator('.bubble audio'));
    expect(seconds > 2.5, seconds);
  });
  for (const [name, place] of [['first', 0], ['middle', 0.5], ['last', 1]]) {
    await page.locator('.thread .log').evaluate((log, part) => (log.scrollTop = part * log.scrollHeight), place);
    await inspect(page, `desk files ${name}`, everywhere);
    await page.setViewportSize(desktop);
  }
  await report.check('a place leads to a map', async () => {
    const links = page.locator('.bubble .place a');
    const href = await links.first().getAttribute('href');
    expect(href === 'https://www.openstreetmap.org/?mlat=-1.265412&mlon=116.831234#map=17/-1.265412/116.831234', href);
    await page.locator('.bubble .place').filter({ hasText: 'Kelurahan Klandasan Ulu' }).first().waitFor();
  });
  await bubbles(page).last().locator('.picture').click();
  await page.locator('dialog[open] img').waitFor();
  await inspect(page, 'desk picture');
  await page.setViewportSize(desktop);
  await report.check('Escape leaves a picture, and the focus comes back to it', async () => {
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement.classList.contains('picture')), 'the focus is elsewhere');
  });

  await report.check('a wide photo is made small before it travels', async () => {
    await choose(page, 'kantor kelurahan.png', 'image/png', png(2400, 1200));
    await ready(page).waitFor();
    const size = await sizeOf(page, lastUpload().url);
    expect(size === '2048×1024', size);
    expect(lastUpload().type === 'image/jpeg' && lastUpload().name === 'kantor kelurahan.jpg', JSON.stringify(lastUpload()));
  });
  await field(page).fill('Loketnya di sebelah kiri, Bu.');
  await inspect(page, 'desk attached', everywhere);
  await page.setViewportSize(desktop);
  await report.check('the words go as its caption, and the composer is empty again', async () => {
    await send(page).click();
    await bubbles(page).last().filter({ hasText: 'Loketnya di sebelah kiri' }).locator('img').waitFor();
    await chip(page).waitFor({ state: 'hidden' });
    expect((await field(page).inputValue()) === '', 'the draft is still there');
  });
  await report.check('a photo that lies in its file is drawn upright', async () => {
    await choose(page, 'IMG_0042.JPG', 'image/jpeg', await lyingPhoto(page, 2400, 1200));
    await ready(page).waitFor();
    const size = await sizeOf(page, lastUpload().url);
    expect(size === '1024×2048', size);
    await page.getByRole('button', { name: /^Buang lampiran/ }).click();
  });
  await report.check('a small picture goes as it is, and needs no words', async () => {
    const small = png(200, 100);
    await choose(page, 'denah.png', 'image/png', small);
    await ready(page).waitFor();
    expect(bytesOf(lastUpload()).equals(small), 'it was changed');
    await field(page).press('Control+Enter');
    await chip(page).waitFor({ state: 'hidden' });
    expect(mock.world.conversations.find((each) => each.contact.name === 'Yanti').messages.at(-1).media.name === 'denah.png', 'it was not sent');
  });
  await report.check('an attachment can be removed, and the focus stays in the composer', async () => {
    await choose(page, 'formulir.pdf', 'application/pdf', pdf());
    await ready(page).waitFor();
    await page.getByRole('button', { name: 'Buang lampiran formulir.pdf' }).press('Enter');
    await chip(page).waitFor({ state: 'hidden' });
    expect(await field(page).evaluate((element) => element === document.activeElement), 'the focus is elsewhere');
  });
  await report.check('what is too big, of another kind, empty or broken is told before it travels', async () => {
    const before = mock.world.uploads.size;
    const told = (text) => page.locator('form.reply [role=alert]').filter({ hasText: text }).waitFor();
    await choose(page, 'besar.pdf', 'application/pdf', Buffer.concat([pdf(), Buffer.alloc(12_000_000)]));
    await told('Berkas ini 12 MB. Paling besar 10 MB');
    await browser.picture(page, 'desk-refused');
    await choose(page, 'surat.jpg', 'image/jpeg', Buffer.from('PK sebuah dokumen'));
    await told('bukan foto JPEG');
    await choose(page, 'kosong.pdf', 'application/pdf', Buffer.alloc(0));
    await told('kosong');
    await choose(page, 'rusak.png', 'image/png', png(20, 20).subarray(0, 30));
    await told('rusak');
    expect(mock.world.uploads.size === before, 'one was uploaded');
  });
  await report.check('a caption that is too long holds the send back and says so', async () => {
    await choose(page, 'formulir.pdf', 'application/pdf', pdf());
    await ready(page).waitFor();
    await field(page).fill('a'.repeat(1100));
    await page.locator('#caption').filter({ hasText: 'paling panjang 1.024 huruf; ini 1.100' }).waitFor();
    expect(await send(page).isDisabled(), 'it can be sent');
    await field(page).fill('Silakan diisi, Bu.');
    expect(await send(page).isEnabled(), 'it cannot be sent');
  });
  await report.check('an upload that fails keeps the words, and can be tried again', async () => {
    await page.route('**/media?**', (route) => route.fulfill({
      status: 507, contentType: 'application/problem+json', body: JSON.stringify({ code: 'no_space', status: 507, detail: 'Ruang berkas penuh.', cure: 'Hubungi admin.' }),
    }), { times: 1 });
    await choose(page, 'formulir.pdf', 'application/pdf', pdf());
    await page.locator('form.reply .alert').filter({ hasText: 'Ruang berkas penuh. Hubungi admin.' }).waitFor();
    browser.takeComplaints(); // the 507, which Chromium logs
    await inspect(page, 'desk upload failed', [phone, desktop]);
    await page.setViewportSize(desktop);
    expect(await send(page).isDisabled(), 'the words would go without the file');
    expect((await field(page).inputValue()) === 'Silakan diisi, Bu.', 'the words are gone');
    await page.locator('form.reply .alert button').click();
    await ready(page).waitFor();
  });
  await report.check('an attachment waits in its own conversation', async () => {
    await card(page, 'Rina').click();
    await page.locator('.thread h2').filter({ hasText: 'Rina' }).waitFor();
    expect(!(await chip(page).isVisible()), 'it followed to another resident');
    await card(page, 'Yanti').click();
    await ready(page).filter({ hasText: 'formulir.pdf' }).waitFor();
    await page.getByRole('button', { name: /^Buang lampiran/ }).click();
  });
  await report.check('a note carries no file', async () => {
    await page.getByRole('button', { name: 'Catatan', exact: true }).click();
    expect((await page.getByRole('button', { name: 'Lampirkan foto atau PDF' }).count()) === 0, 'one can attach to a note');
    await page.getByRole('button', { name: 'Balas', exact: true }).click();
  });
  await report.check('a picture can be pasted or dropped', async () => {
    await hand(page, 'form.reply textarea', 'paste', png(60, 40));
    await ready(page).filter({ hasText: 'gambar.png' }).waitFor();
    await page.getByRole('button', { name: /^Buang lampiran/ }).click();
    await hand(page, 'main', 'dragover', png(60, 40));
    await page.locator('.thread .foot').filter({ hasText: 'Lepaskan di sini' }).waitFor();
    await hand(page, 'main', 'drop', png(60, 40));
    await ready(page).waitFor();
    await page.getByRole('button', { name: /^Buang lampiran/ }).click();
  });

  await page.getByRole('button', { name: 'Kirim lokasi' }).click();
  const dialog = page.locator('dialog[open]');
  await report.check('a short map link is explained, and a long one is read with its name', async () => {
    const link = page.getByLabel('Koordinat atau tautan peta');
    await link.fill('https://maps.app.goo.gl/abcd1234');
    await dialog.locator('.alert.warn').filter({ hasText: 'Tautan pendek' }).waitFor();
    await link.fill('https://www.google.com/maps/place/Kantor+Wali+Kota/@-1.27,116.82,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d-1.2687!4d116.8281');
    await dialog.locator('.alert.good').filter({ hasText: '-1.2687, 116.8281' }).waitFor();
    expect((await page.getByLabel('Nama tempat').inputValue()) === 'Kantor Wali Kota', 'the name was not read');
  });
  await inspect(page, 'desk place', everywhere);
  await page.setViewportSize(desktop);
  await report.check('a place is sent by itself', async () => {
    await page.getByLabel('Nama tempat').fill('Balai Kota');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await bubbles(page).last().locator('.place').filter({ hasText: 'Balai Kota' }).waitFor();
  });
  await report.check('the resident is told that one writes: not at every key, and not for a note', async () => {
    const yanti = mock.world.conversations.find((each) => each.contact.name === 'Yanti').id;
    await page.reload(); // a new composer, which has told nothing yet
    await field(page).waitFor();
    mock.world.typed.length = 0;
    await page.getByRole('button', { name: 'Catatan', exact: true }).click();
    await page.locator('form.note textarea').pressSequentially('untuk rekan');
    await page.getByRole('button', { name: 'Balas', exact: true }).click();
    await field(page).pressSequentially('Baik, Bu');
    expect(mock.world.typed.join() === yanti, `told for: ${mock.world.typed.join()}`);
  });
  await report.check('no console error on the way', () => {
    const complaints = browser.takeComplaints();
    expect(complaints.length === 0, complaints.join('\n'));
  });
  await page.context().close();
  await residentSees({ browser, report, mock, inspect });
}

async function residentSees({ browser, report, mock, inspect }) {
  const page = await browser.person();
  await page.goto('/chat');
  await ask(page, 'jalan depan rumah saya rusak');
  const session = [...mock.world.chats.keys()].at(-1);
  const file = (id, bytes, more) => {
    const url = `/api/v1/chat/media/${id}`;
    mock.world.files.set(url, { bytes, type: more.type });
    return { id, state: 'stored', bytes: bytes.length, name: null, reason: null, url, ...more };
  };
  const say = (text, more) => mock.events.tell(session, 'message', message('agent', text, more));
  say('Denahnya seperti ini, Bu.', { media: file('a', png(640, 480), { type: 'image/png', show: 'image' }) });
  say('', { media: file('b', pdf(), { type: 'application/pdf', show: 'download', name: 'formulir.pdf' }) });
  say('', { media: { ...file('c', pdf(), { type: 'application/pdf', show: 'download' }), state: 'deleted', url: null } });
  say('', { place: { latitude: -1.2687, longitude: 116.8281, name: 'Balai Kota', address: null, district: null } });
  await report.check('a resident sees the officer’s picture, file and place in the chat', async () => {
    const picture = page.locator('sahut-chat .bubble.agent img');
    await pictureOf(picture, 640);
    const link = page.locator('sahut-chat a').filter({ hasText: 'formulir.pdf' });
    expect((await link.getAttribute('href')).endsWith(`/api/v1/chat/media/b?session=${session}`), await link.getAttribute('href'));
    await page.locator('sahut-chat .bubble').filter({ hasText: 'Berkas sudah dihapus.' }).waitFor();
    const map = await page.locator('sahut-chat a').filter({ hasText: 'Balai Kota' }).getAttribute('href');
    expect(map.startsWith('https://www.openstreetmap.org/?mlat=-1.2687&mlon=116.8281#'), map);
  });
  await inspect(page, 'chat files', [phone, desktop, narrow]);
  await page.context().close();
}
