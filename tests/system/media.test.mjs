// Files, places and the sign of writing: from a resident to the officer's page, and back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { end_all, patience, server_died } from './harness.mjs';
import { jpeg, ogg, page_with_script, pdf, png } from './files.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { Events, wait_until } from './http.mjs';
import { city_with, TelegramBot, TelegramResident, waiting_resident, WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';
import { TelegramPeer } from './telegram_peer.mjs';

const number = new WhatsAppNumber();
const bot = new TelegramBot();
const most_file_megabytes = 1;
let server;
let graph;
let telegram;
let sari; // agent, disdukcapil
let budi; // agent, dinkes
let hasan; // supervisor

async function before() {
  graph = await GraphPeer.start(number);
  telegram = await TelegramPeer.start(bot);
  const staff = [
    ['sari', 'agent', 'disdukcapil'],
    ['budi', 'agent', 'dinkes'],
    ['hasan', 'supervisor'],
  ];
  const city = await city_with(staff, {
    media: { most_file_megabytes },
    channels: { wa: number.settings(graph), tg: bot.settings(telegram) },
  });
  server = city.server;
  ({ sari, budi, hasan } = city.people);
}

const route = (id, act) => `/api/v1/conversations/${id}/${act}`;

/** A resident on WhatsApp whom an officer of disdukcapil owns. */
async function claimed_resident() {
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'ktp hilang gimana');
  await resident.say(server, 'saya mau bicara dengan petugas');
  const found = await wait_until(
    async () => (await sari.queue('unclaimed')).find((one) => one.contact.name === resident.name),
    { what: 'the conversation waits' },
  );
  assert.equal((await sari.post(route(found.id, 'claim'))).status, 200);
  return { resident, id: found.id };
}

const messages_of = async (id, officer = sari) => (await officer.get(`/api/v1/conversations/${id}`)).json.messages;

/** Sends a file as Meta does and gives the message as the desk shows it once it is fetched or given up. */
async function sent_file(resident, id, type, bytes, { mime_type = 'application/octet-stream', content = {}, file = {} } = {}) {
  const media_id = `file-${createHash('sha256').update(bytes).update(String(Math.random())).digest('hex').slice(0, 12)}`;
  graph.files.held.set(media_id, { bytes, mime_type, ...file });
  await resident.say(server, resident.message(type, { id: media_id, mime_type, sha256: 'x', ...content }));
  return wait_until(
    async () => {
      const last = (await messages_of(id)).filter((one) => one.author === 'resident').at(-1);
      return last.media && last.media.state !== 'waiting' ? last : undefined;
    },
    { what: 'the file is fetched or given up', within: 15_000 * patience },
  );
}

/** Changes rows of a store whose server is stopped. */
const change = (sql) => execFileSync('sqlite3', [path.join(server.folder, 'sahut.db'), sql]);

const stored = () => {
  const folder = path.join(server.folder, 'media');
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => statSync(path.join(folder, name)).isFile()) : [];
};

// ---- from residents

test('a picture from WhatsApp is on the desk with its caption, exactly as it was sent', async () => {
  const { resident, id } = await claimed_resident();
  const bytes = png(10);
  const message = await sent_file(resident, id, 'image', bytes, { mime_type: 'image/png', content: { caption: 'lampu jalan mati' } });
  assert.equal(message.text, 'lampu jalan mati');
  assert.equal(message.kind, 'image');
  assert.equal(message.media.state, 'stored');
  assert.equal(message.media.type, 'image/png');
  assert.equal(message.media.show, 'image');
  assert.equal(message.media.bytes, bytes.length);
  const answer = await sari.get(message.media.url);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.bytes, bytes);
});

test('the same bytes are kept once, under their hash', async () => {
  const { resident, id } = await claimed_resident();
  const bytes = png(11);
  await sent_file(resident, id, 'image', bytes);
  await sent_file(resident, id, 'image', bytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  assert.equal(stored().filter((name) => name.endsWith(hash)).length, 1);
});

test('what a file is, is read from its bytes: a page sent as a picture is only ever a download', async () => {
  const { resident, id } = await claimed_resident();
  const message = await sent_file(resident, id, 'document', page_with_script(), {
    mime_type: 'image/png',
    content: { filename: '../../<img src=x onerror=alert(1)>.png' },
  });
  assert.equal(message.media.type, 'application/octet-stream');
  assert.equal(message.media.show, 'download');
  const { headers } = await sari.get(message.media.url);
  assert.equal(headers['content-type'], 'application/octet-stream');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers['content-disposition'], /^attachment; filename="sahut-\d+"/);
  assert.match(headers['content-security-policy'], /sandbox/);
});

test("another office's file does not exist for an officer, and none for strangers", async () => {
  const { resident, id } = await claimed_resident();
  const { media } = await sent_file(resident, id, 'image', png(12));
  assert.equal((await budi.get(media.url)).status, 404);
  assert.equal((await server.request(media.url)).status, 401);
  assert.equal((await hasan.get(media.url)).status, 200);
  const other = await claimed_resident();
  assert.equal((await sari.get(route(other.id, `media/${media.id}`))).status, 404, 'nor by way of another conversation');
});

test('a player may ask for a part of a voice note', async () => {
  const { resident, id } = await claimed_resident();
  const bytes = ogg();
  const { media } = await sent_file(resident, id, 'audio', bytes, { mime_type: 'audio/ogg; codecs=opus', content: { voice: true } });
  assert.equal(media.show, 'audio');
  const part = await sari.request(media.url, { headers: { Range: 'bytes=2-9' } });
  assert.equal(part.status, 206);
  assert.deepEqual(part.bytes, bytes.subarray(2, 10));
  assert.equal(part.headers['content-range'], `bytes 2-9/${bytes.length}`);
  const tail = await sari.request(media.url, { headers: { Range: 'bytes=-4' } });
  assert.deepEqual(tail.bytes, bytes.subarray(-4));
  assert.equal((await sari.request(media.url, { headers: { Range: 'bytes=999999-' } })).status, 416);
});

test('a file that is too big is given up, and the message itself stands', async () => {
  const { resident, id } = await claimed_resident();
  const message = await sent_file(resident, id, 'video', Buffer.alloc((most_file_megabytes << 20) * 1.6, 1), { content: { caption: 'banjir' } });
  assert.equal(message.text, 'banjir');
  assert.equal(message.media.state, 'failed');
  assert.equal(message.media.reason, 'too_big');
  assert.equal(message.media.url, null);
});

test('a file that Meta no longer has is given up; an address elsewhere is never asked, nor a redirect followed', async () => {
  const { resident, id } = await claimed_resident();
  const gone = await sent_file(resident, id, 'image', png(13), { file: { url: `${graph.api_base.replace(/\/v.*/, '')}/dl/file-none` } });
  assert.equal(gone.media.reason, 'gone');
  for (const url of ['http://169.254.169.254/latest/meta-data', 'https://facebook.com.contoh.id/x', 'file:///etc/passwd']) {
    const { media } = await sent_file(resident, id, 'image', png(14), { file: { url } });
    assert.equal(media.reason, 'foreign_host', url);
  }
  graph.files.fault = (asked) => (asked.startsWith('/dl/') ? { status: 302, headers: { Location: 'http://169.254.169.254/' } } : undefined);
  const { media } = await sent_file(resident, id, 'image', png(15));
  graph.files.fault = () => undefined;
  assert.equal(media.reason, 'refused');
});

test('passing trouble at Meta is waited out, also over a restart', async () => {
  const { resident, id } = await claimed_resident();
  graph.files.fault = () => ({ status: 503 });
  graph.files.held.set('file-late', { bytes: jpeg(), mime_type: 'image/jpeg' });
  const asked = graph.files.fetched.length;
  await resident.say(server, resident.message('image', { id: 'file-late', mime_type: 'image/jpeg' }));
  await wait_until(() => graph.files.fetched.length > asked, { what: 'it was asked for' });
  graph.files.fault = () => undefined;
  await wait_until(() => server.rows("SELECT attempts FROM media WHERE state = 'waiting'").some((row) => Number(row.attempts) > 0), {
    what: 'the attempt is written down',
  });
  await server.stop();
  change("UPDATE media SET ready_at = 0 WHERE state = 'waiting'");
  await server.start();
  for (const who of [sari, budi, hasan]) await who.login();
  await wait_until(async () => (await messages_of(id)).some((one) => one.media?.type === 'image/jpeg'), { what: 'the file is there' });
});

test('a picture from Telegram is had by its file id', async () => {
  const resident = new TelegramResident(bot);
  telegram.files.set('photo-1', png(16));
  await resident.say(server, 'ktp hilang gimana');
  await resident.say(server, 'saya mau bicara dengan petugas');
  const found = await wait_until(async () => (await sari.queue('unclaimed')).find((one) => one.contact.name === resident.name), {
    what: 'the conversation waits',
  });
  await resident.say(server, resident.message({ photo: [{ file_id: 'small' }, { file_id: 'photo-1' }], caption: 'ini KK saya' }));
  const message = await wait_until(async () => (await messages_of(found.id)).find((one) => one.media?.state === 'stored'), {
    what: 'the picture is there',
  });
  assert.equal(message.text, 'ini KK saya');
  assert.deepEqual((await sari.get(message.media.url)).bytes, png(16));
});

test('old files are deleted, with their bytes, and the desk says so', async () => {
  const { resident, id } = await claimed_resident();
  const { media } = await sent_file(resident, id, 'image', png(17));
  const hash = createHash('sha256').update(png(17)).digest('hex');
  await server.stop();
  change(`UPDATE media SET created_at = created_at - ${91 * 24 * 3600 * 1000} WHERE id = ${media.id}`);
  const yesterday = Date.now() / 1000 - 24 * 3600;
  utimesSync(path.join(server.folder, 'media', hash.slice(0, 2), hash), yesterday, yesterday);
  await server.start();
  for (const who of [sari, budi, hasan]) await who.login();
  await wait_until(() => !stored().some((name) => name.endsWith(hash)), { what: 'the bytes are gone' });
  const shown = (await messages_of(id)).find((one) => one.media?.id === media.id);
  assert.equal(shown.media.state, 'deleted');
  assert.equal((await sari.get(media.url)).status, 404);
});

// ---- from officers

const upload = (officer, id, bytes, name) =>
  officer.request(`${route(id, 'media')}?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: bytes,
  });

test("an officer's picture reaches WhatsApp: uploaded once, then sent with its caption", async () => {
  const { resident, id } = await claimed_resident();
  const bytes = png(20);
  const up = await upload(sari, id, bytes, 'contoh formulir.png');
  assert.equal(up.status, 201, up.text);
  const said = await sari.post(route(id, 'reply'), { text: 'Ini contohnya, Pak.', media: up.json.id, client_id: 'f1' });
  assert.equal(said.status, 201, said.text);
  assert.equal(said.json.kind, 'image');
  assert.equal(said.json.media.name, 'contoh formulir.png');
  const call = await wait_until(() => graph.to(resident).find((one) => one.body.type === 'image'), { what: 'the picture leaves' });
  assert.equal(call.body.image.caption, 'Ini contohnya, Pak.');
  const there = graph.files.uploaded.find((one) => one.id === call.body.image.id);
  assert.equal(there.type, 'image/png');
  assert.deepEqual(there.bytes, bytes);
  const again = await sari.post(route(id, 'reply'), { text: 'Ini contohnya, Pak.', media: up.json.id, client_id: 'f1' });
  assert.equal(again.json.id, said.json.id, 'a repeat is the same message');
});

test('a PDF goes as a document under its name, and a place as a place, on both messengers', async () => {
  const { resident, id } = await claimed_resident();
  const up = await upload(sari, id, pdf(), 'F-1.02');
  assert.equal(up.json.name, 'F-1.02.pdf');
  await sari.post(route(id, 'reply'), { media: up.json.id });
  const place = { latitude: -1.2485, longitude: 116.8659, name: 'Kantor Disdukcapil', address: 'Jl. Contoh 1' };
  assert.equal((await sari.post(route(id, 'reply'), { place })).status, 201);
  const sent = await wait_until(() => (graph.to(resident).length >= 2 && graph.to(resident).some((one) => one.body.type === 'location') ? graph.to(resident) : undefined), {
    what: 'both leave',
  });
  assert.equal(sent.find((one) => one.body.type === 'document').body.document.filename, 'F-1.02.pdf');
  assert.deepEqual(sent.find((one) => one.body.type === 'location').body.location, place);

  const other = new TelegramResident(bot);
  await other.say(server, 'ktp hilang gimana');
  await other.say(server, 'saya mau bicara dengan petugas');
  const found = await wait_until(async () => (await sari.queue('unclaimed')).find((one) => one.contact.name === other.name), { what: 'it waits' });
  const file = await upload(sari, found.id, pdf(), 'formulir.pdf');
  await sari.post(route(found.id, 'reply'), { text: 'Formulirnya, *Bu*.', media: file.json.id });
  await sari.post(route(found.id, 'reply'), { place });
  await wait_until(() => telegram.to(other).some((one) => one.method === 'sendVenue'), { what: 'both leave' });
  const document = telegram.to(other).find((one) => one.method === 'sendDocument');
  assert.deepEqual(document.file.bytes, pdf());
  assert.equal(document.file.filename, 'formulir.pdf');
  assert.equal(document.body.caption, 'Formulirnya, <b>Bu</b>.');
});

test('only pictures and PDF are taken, of this conversation, once, and nothing larger than ten megabytes', async () => {
  const { id } = await claimed_resident();
  const other = await claimed_resident();
  const refused = await upload(sari, id, page_with_script(), 'foto.jpg');
  assert.equal(refused.status, 422);
  assert.equal(refused.json.code, 'unsupported_type');
  assert.equal((await upload(budi, id, png(21), 'a.png')).status, 404);
  assert.equal((await upload(sari, id, Buffer.alloc((10 << 20) + 1, 1), 'a.png')).status, 413);
  const up = await upload(sari, id, png(22), 'a.png');
  const elsewhere = await sari.post(route(other.id, 'reply'), { media: up.json.id });
  assert.equal(elsewhere.status, 422);
  assert.equal(elsewhere.json.code, 'no_file');
  assert.equal((await sari.post(route(id, 'reply'), { media: up.json.id })).status, 201);
  assert.equal((await sari.post(route(id, 'reply'), { media: up.json.id })).status, 422, 'a second message cannot take it');
  for (const body of [
    { place: { latitude: 91, longitude: 0 } },
    { place: { latitude: 1, longitude: 1 }, text: 'dua hal' },
    { text: 'x'.repeat(1025), media: up.json.id },
    {},
  ])
    assert.equal((await sari.post(route(id, 'reply'), body)).status, 422, JSON.stringify(body).slice(0, 60));
  assert.equal((await sari.post(route(id, 'note'), { text: 'a', place: { latitude: 1, longitude: 1 } })).status, 422);
});

test("a resident on the web sees the officer's picture, and nobody else does", async () => {
  const { resident, id } = await waiting_resident(server, sari);
  await sari.post(route(id, 'claim'));
  const up = await upload(sari, id, png(23), 'peta.png');
  await sari.post(route(id, 'reply'), { text: 'Petanya', media: up.json.id });
  const message = (await resident.heard()).at(-1);
  assert.equal(message.media.show, 'image');
  const seen = await server.request(`${message.media.url}?session=${resident.session}`);
  assert.deepEqual(seen.bytes, png(23));
  const { resident: stranger } = await waiting_resident(server, sari);
  assert.equal((await server.request(`${message.media.url}?session=${stranger.session}`)).status, 404);
  assert.equal((await server.request(message.media.url)).status, 404);
  const unsent = await upload(sari, id, png(24), 'draf.png');
  assert.equal((await server.request(`/api/v1/chat/media/${unsent.json.id}?session=${resident.session}`)).status, 404, 'not before it was sent');
});

test('a resident sees that a person is writing', async () => {
  const { resident, id } = await claimed_resident();
  const marks = () => graph.accepted.filter((one) => one.body.typing_indicator);
  const before_typing = marks().length;
  assert.equal((await sari.post(route(id, 'typing'))).status, 204);
  await wait_until(() => marks().length > before_typing, { what: 'Meta is told' });
  assert.equal((await sari.post(route(id, 'typing'))).status, 204, 'again at once: not worth telling');
  assert.equal((await budi.post(route(id, 'typing'))).status, 404);
  const web = await waiting_resident(server, sari);
  await sari.post(route(web.id, 'claim'));
  const stream = await Events.open(`${server.url}/api/v1/chat/events?session=${web.resident.session}`);
  await stream.next((event) => event.event === 'state', { what: 'the chat is open' });
  await sari.post(route(web.id, 'typing'));
  const event = await stream.next((one) => one.event === 'typing', { what: 'the page is told' });
  assert.deepEqual(event.json, { author: 'agent', active: true });
  stream.close();
  assert.ok(resident.phone);
});

// ---- places

test('a pin is told in words of the city, and leads to the office of that district', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, resident.message('location', { latitude: -1.201, longitude: 116.851 }));
  const told = await wait_until(() => graph.to(resident).find((one) => one.body.type === 'text'), { what: 'an answer' });
  assert.match(told.body.text.body, /Kelurahan Bukit Contoh, Kecamatan Utara/);
  await resident.say(server, 'saya mau mengadukan pelayanan puskesmas');
  const waiting = await wait_until(async () => (await hasan.queue('unclaimed')).find((one) => one.contact.name === resident.name), {
    what: 'the conversation waits',
  });
  assert.equal(waiting.office, 'dinkes-utara');
  const pin = (await messages_of(waiting.id, hasan)).find((one) => one.kind === 'location');
  assert.equal(pin.place.district, 'Kelurahan Bukit Contoh, Kecamatan Utara');
  assert.equal(pin.place.latitude, -1.201);
});

test('a named district leads there too, one outside the city to nobody in particular', async () => {
  const named = new WhatsAppResident(number);
  await named.say(server, 'saya mau mengadukan pelayanan puskesmas di Bukit Contoh');
  const far = new WhatsAppResident(number);
  await far.say(server, far.message('location', { latitude: -6.2, longitude: 106.8 }));
  await far.say(server, 'saya mau mengadukan pelayanan puskesmas');
  const office_of = (who) =>
    wait_until(async () => (await hasan.queue('unclaimed')).find((one) => one.contact.name === who.name)?.office, { what: 'it waits' });
  assert.equal(await office_of(named), 'dinkes-utara');
  assert.equal(await office_of(far), 'dinkes');
});

async function after() {
  await end_all();
  graph.stop();
  telegram.stop();
  assert.deepEqual(graph.violations, [], 'Meta would have refused these');
  assert.deepEqual(telegram.violations, [], 'Telegram would have refused these');
}

await run('media', { before, after, hopeless: server_died });
