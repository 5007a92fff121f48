// Editors at work: drafts, publishing, what an edit would change, revisions, gaps, and who may do what.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { end_all, new_folder, patience, sahut_ok, server_died } from './harness.mjs';
import { wait_until } from './http.mjs';
import { city_with, WebResident } from './people.mjs';
import { run, test } from './runner.mjs';

let server;
let dewi; // editor
let sari; // agent
let hasan; // supervisor

async function before() {
  const city = await city_with([
    ['dewi', 'editor'],
    ['sari', 'agent', 'disdukcapil'],
    ['hasan', 'supervisor'],
  ]);
  server = city.server;
  ({ dewi, sari, hasan } = city.people);
}

const path = (id, act) => `/api/v1/entries/${id}${act ? `/${act}` : ''}`;
const entry = (id, more = {}) => ({
  id,
  office: 'kominfo',
  category: 'umum',
  title: `Layanan ${id}`,
  examples: [`bagaimana layanan ${id}`, `syarat ${id}`, `mau urus ${id}`, `${id} di mana`],
  keywords: [],
  rules: [`${id}`],
  answer: { id: `Jawaban untuk ${id}.` },
  facets: {},
  handoff: 'never',
  related: [],
  ...more,
});
const ask = async (text, person = dewi) => {
  const answer = await person.post('/api/v1/ask', { text });
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};
const created = async (id, more) => {
  const answer = await dewi.post('/api/v1/entries', entry(id, more));
  assert.equal(answer.status, 201, answer.text);
  return answer;
};
const published = async (id, more) => {
  await created(id, more);
  const answer = await dewi.post(path(id, 'publish'));
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};

test('a new entry is a draft: stored, listed, not told to anybody', async () => {
  const answer = await created('zebra');
  assert.equal(answer.json.status, 'draft');
  assert.equal(answer.json.revision, 1);
  assert.equal(answer.json.updated_by, 'dewi');
  assert.equal(answer.headers.etag, '"1"');
  const shown = await dewi.get(path('zebra'));
  assert.deepEqual(shown.json, answer.json);
  const list = await dewi.get('/api/v1/entries?status=draft');
  assert.ok(list.json.items.some((one) => one.id === 'zebra'));
  assert.notEqual((await ask('bagaimana layanan zebra')).entry, 'zebra');
});

test('the same id twice is a conflict', async () => {
  await created('kembar');
  const again = await dewi.post('/api/v1/entries', entry('kembar'));
  assert.equal(again.status, 409);
  assert.equal(again.json.where, 'id');
});

test('publishing is live in less than a second, for the page and for residents', async () => {
  await created('gajah');
  const resident = await WebResident.begin(server);
  const begin = Date.now();
  const answer = await dewi.post(path('gajah', 'publish'));
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.status, 'published');
  await wait_until(async () => (await ask('syarat gajah')).entry === 'gajah', {
    within: 1_000 * patience,
    what: 'live within a second',
  });
  const took = Date.now() - begin;
  assert.equal((await resident.ask('syarat gajah')).text, 'Jawaban untuk gajah.');
  console.log(`# published and live in ${took} ms`);
});

test('what another process publishes is live in about a second too', async () => {
  const file = `${new_folder()}/satu.json`;
  writeFileSync(file, JSON.stringify({ entries: [entry('badak')] }));
  await sahut_ok(['knowledge', 'import', file, '--data', server.folder]);
  await wait_until(async () => (await ask('syarat badak')).entry === 'badak', {
    within: 3_000 * patience,
    what: 'the imported entry is live',
  });
});

test('a save needs the revision it is based on, and never overwrites another', async () => {
  await created('rusa');
  const changed = entry('rusa', { answer: { id: 'Lain.' } });
  const without = await dewi.put(path('rusa'), changed);
  assert.equal(without.status, 428);
  const right = await dewi.put(path('rusa'), changed, { 'If-Match': '"1"' });
  assert.equal(right.status, 200, right.text);
  assert.equal(right.json.revision, 2);
  assert.equal(right.headers.etag, '"2"');
  const stale = await hasan.put(path('rusa'), entry('rusa', { answer: { id: 'Dari Hasan.' } }), { 'If-Match': '"1"' });
  assert.equal(stale.status, 412);
  assert.match(stale.json.detail, /dewi/, 'it says who was first');
  assert.equal((await dewi.get(path('rusa'))).json.answer.id, 'Lain.');
});

test('two editors save at the same moment: one has it, the other is told', async () => {
  await created('kuda');
  const answers = await Promise.all(
    [dewi, hasan].map((person) =>
      person.put(path('kuda'), entry('kuda', { answer: { id: `Dari ${person.name}.` } }), { 'If-Match': '"1"' }),
    ),
  );
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 412]);
});

test('a saved draft changes nothing for residents until it is published', async () => {
  await published('kerbau');
  const revision = (await dewi.get(path('kerbau'))).json.revision;
  await dewi.put(path('kerbau'), entry('kerbau', { answer: { id: 'Kerbau, versi dua.' } }), {
    'If-Match': `"${revision}"`,
  });
  assert.equal((await ask('syarat kerbau')).reply, 'Jawaban untuk kerbau.');
  const shown = (await dewi.get(path('kerbau'))).json;
  assert.equal(shown.status, 'published', 'residents still get the one before');
  assert.equal(shown.published_revision, revision);
  assert.equal(shown.revision, revision + 1);
  await dewi.post(path('kerbau', 'publish'));
  assert.equal((await ask('syarat kerbau')).reply, 'Kerbau, versi dua.');
});

test('the preview lists the past questions that would be answered otherwise, and changes nothing', async () => {
  const resident = await WebResident.begin(server);
  await resident.say('wifi gratis taman');
  const before_it = await ask('wifi gratis taman');
  assert.equal(before_it.entry, 'wifi-publik');
  const answer = await dewi.post('/api/v1/entries/preview', {
    entry: entry('wifi-taman', {
      rules: ['wifi gratis taman'],
      examples: ['wifi gratis taman', 'wifi gratis di taman kota'],
    }),
  });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(answer.json.checked > 5);
  const changed = answer.json.changed.find((one) => one.text === 'wifi gratis taman');
  assert.ok(changed, JSON.stringify(answer.json).slice(0, 600));
  assert.deepEqual(changed.before, { action: 'answer', entry: 'wifi-publik' });
  assert.deepEqual(changed.after, { action: 'answer', entry: 'wifi-taman' });
  assert.ok(changed.count >= 1);
  assert.equal((await ask('wifi gratis taman')).entry, 'wifi-publik');
  assert.equal((await dewi.get(path('wifi-taman'))).status, 404);
});

test('an archived entry is told no more, and can come back', async () => {
  await published('monyet');
  const archived = await dewi.post(path('monyet', 'archive'));
  assert.equal(archived.status, 200, archived.text);
  assert.equal(archived.json.status, 'archived');
  assert.notEqual((await ask('syarat monyet')).entry, 'monyet');
  const { json } = await dewi.get(path('monyet', 'revisions'));
  assert.deepEqual(json.items.map((one) => one.status)[0], 'archived');
  const restored = await dewi.post(path('monyet', 'restore'), { revision: 1 });
  assert.equal(restored.status, 200, restored.text);
  assert.equal(restored.json.status, 'draft');
  await dewi.post(path('monyet', 'publish'));
  assert.equal((await ask('syarat monyet')).entry, 'monyet');
});

test('every revision is kept and can be restored as a new one', async () => {
  await published('harimau');
  const now = (await dewi.get(path('harimau'))).json.revision;
  await dewi.put(path('harimau'), entry('harimau', { answer: { id: 'Salah ketik.' } }), { 'If-Match': `"${now}"` });
  const { json } = await dewi.get(path('harimau', 'revisions'));
  const numbers = json.items.map((one) => one.revision);
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => b - a),
    'newest first',
  );
  assert.equal(json.items[0].entry.answer.id, 'Salah ketik.');
  assert.equal(json.items.at(-1).entry.answer.id, 'Jawaban untuk harimau.');
  assert.equal(json.items[0].by, 'dewi');
  const restored = await dewi.post(path('harimau', 'restore'), { revision: 1 });
  assert.equal(restored.json.answer.id, 'Jawaban untuk harimau.');
  assert.equal(restored.json.revision, numbers[0] + 1);
  assert.equal((await dewi.post(path('harimau', 'restore'), { revision: 99 })).status, 404);
});

test('what cannot be used is refused with the place and nothing is stored', async () => {
  const cases = [
    ['rules', { rules: ['(belum'] }],
    ['rules', { rules: ['a*'] }],
    ['id', { id: 'Huruf Besar' }],
    ['office', { office: 'tidak-ada' }],
    ['title', { title: '' }],
    ['answer', { answer: { id: '' } }],
    ['answer', { answer: { id: 'x'.repeat(3001) } }],
    ['related', { related: ['tidak-ada'] }],
    ['handoff', { handoff: 'kadang' }],
    ['valid_until', { valid_from: '2026-12-01', valid_until: '2026-01-01' }],
    ['harga', { harga: 5 }],
    ['examples', { examples: 'satu' }],
  ];
  for (const [place, change] of cases) {
    const wrong = entry('salah', change);
    const answer = await dewi.post('/api/v1/entries', wrong);
    assert.ok(
      [400, 422].includes(answer.status),
      `${JSON.stringify(change).slice(0, 50)}: ${answer.status} ${answer.text.slice(0, 200)}`,
    );
    assert.ok(`${answer.json.where}`.includes(place), `${place}: where is ${answer.json.where}`);
    assert.ok(answer.json.detail.length > 10 && answer.json.id);
  }
  assert.equal((await dewi.post('/api/v1/entries', entry('salah', { rules: ['(belum'] }))).status, 422);
  assert.equal((await dewi.get(path('salah'))).status, 404);
});

test('a rule written to hang does not hang', async () => {
  await published('lambat', { rules: ['(a+)+$', '(x|xx)*y'] });
  const begin = Date.now();
  await ask(`${'a'.repeat(3900)}!`);
  assert.ok(Date.now() - begin < 1_500 * patience, `${Date.now() - begin} ms`);
  await dewi.post(path('lambat', 'archive'));
});

test('questions without an answer appear as gaps, counted, with numbers of persons masked', async () => {
  const one = await WebResident.begin(server);
  const other = await WebResident.begin(server);
  await one.say('sewa panggung hajatan kelurahan 6471050102030004');
  await other.say('sewa panggung hajatan kelurahan 6471050102030004');
  const gap = await wait_until(
    async () => (await dewi.get('/api/v1/gaps')).json.items.find((item) => item.text.includes('panggung')),
    { what: 'the gap' },
  );
  assert.equal(gap.count, 2);
  assert.ok(!gap.text.includes('6471050102030004'));
  assert.ok(gap.suggestions.length <= 3);
});

test('attaching a gap to an entry teaches it', async () => {
  await published('panggung', {
    examples: ['pinjam tenda acara', 'peminjaman kursi acara', 'alat pesta milik kota', 'tenda untuk nikahan'],
    rules: [],
  });
  const resident = await WebResident.begin(server);
  const words = 'qwrt zxcv plmk bnvt';
  assert.equal((await resident.ask(words)).receipt.action, 'fallback');
  const gap = await wait_until(
    async () => (await dewi.get('/api/v1/gaps')).json.items.find((item) => item.text === words),
    { what: 'the gap' },
  );
  const attached = await dewi.post(`/api/v1/gaps/${gap.id}/attach`, { entry: 'panggung' });
  assert.equal(attached.status, 200, attached.text);
  assert.ok(attached.json.examples.includes(words));
  if (attached.json.status === 'draft') await dewi.post(path('panggung', 'publish'));
  assert.ok(!(await dewi.get('/api/v1/gaps')).json.items.some((item) => item.id === gap.id), 'it is settled');
  const now = await ask(words);
  assert.ok(
    now.candidates.some((one) => one.entry === 'panggung') || now.entry === 'panggung',
    JSON.stringify(now).slice(0, 400),
  );
  assert.equal(now.candidates[0].entry, 'panggung');
});

test('a gap can become a draft, or be ignored for good', async () => {
  const resident = await WebResident.begin(server);
  await resident.say('kolam renang umum tiket berapa ya vvv');
  const two = await WebResident.begin(server);
  await two.say('grtl mmnb kkjh ppoi');
  const gaps = async () => (await dewi.get('/api/v1/gaps')).json.items;
  const [pool, noise] = await wait_until(
    async () => {
      const all = await gaps();
      const found = [all.find((item) => item.text.includes('kolam')), all.find((item) => item.text.includes('grtl'))];
      return found.every(Boolean) && found;
    },
    { what: 'both gaps' },
  );
  const draft = await dewi.post(`/api/v1/gaps/${pool.id}/draft`);
  assert.equal(draft.status, 201, draft.text);
  assert.equal(draft.json.status, 'draft');
  assert.ok(draft.json.examples.includes(pool.text));
  const ignored = await dewi.post(`/api/v1/gaps/${noise.id}/ignore`);
  assert.equal(ignored.status, 204, ignored.text);
  const three = await WebResident.begin(server);
  await three.say('grtl mmnb kkjh ppoi');
  const left = await gaps();
  assert.ok(!left.some((item) => item.id === pool.id || item.text.includes('grtl')));
  for (const act of ['attach', 'ignore', 'draft'])
    assert.equal((await dewi.post(`/api/v1/gaps/999/${act}`, { entry: 'panggung' })).status, 404, act);
});

test('an agent reads entries and asks, and may not change anything', async () => {
  assert.equal((await sari.get('/api/v1/entries')).status, 200);
  assert.equal((await sari.get(path('ktp-hilang'))).status, 200);
  assert.equal((await sari.get(path('ktp-hilang', 'revisions'))).status, 200);
  assert.equal((await ask('ktp hilang', sari)).entry, 'ktp-hilang');
  const writes = [
    ['POST', '/api/v1/entries', entry('gelap')],
    ['POST', '/api/v1/entries/preview', { entry: entry('gelap') }],
    ['PUT', path('ktp-hilang'), entry('ktp-hilang')],
    ['POST', path('ktp-hilang', 'publish'), {}],
    ['POST', path('ktp-hilang', 'archive'), {}],
    ['POST', path('ktp-hilang', 'restore'), { revision: 1 }],
    ['POST', '/api/v1/gaps/1/attach', { entry: 'ktp-hilang' }],
    ['POST', '/api/v1/gaps/1/ignore', {}],
    ['POST', '/api/v1/gaps/1/draft', {}],
    ['GET', '/api/v1/gaps'],
  ];
  for (const [method, route, body] of writes) {
    const answer = await sari.request(route, { method, body, headers: { 'If-Match': '"1"' } });
    assert.equal(answer.status, 403, `${method} ${route}`);
    assert.match(answer.headers['content-type'], /^application\/problem\+json/);
  }
});

test('ask tells the action, the entry, the candidates and the evidence', async () => {
  const answer = await ask('ktp ilang gmn ngurusnya min');
  assert.equal(answer.action, 'answer');
  assert.equal(answer.entry, 'ktp-hilang');
  assert.ok(answer.confidence > 0 && answer.confidence <= 1);
  assert.ok(answer.candidates[0].entry === 'ktp-hilang' && answer.candidates[0].score > 0);
  assert.match(answer.reply, /polisi/);
  assert.equal(typeof answer.evidence, 'object');
  assert.equal((await ask('xqzv wklm')).action, 'fallback');
  assert.equal((await ask('saya mau bicara dengan petugas')).action, 'handoff');
  const messages = server.rows("SELECT COUNT(*) AS n FROM message WHERE text = 'xqzv wklm'")[0].n;
  assert.equal(messages, 0, 'nothing is stored');
});

test('an entry that always needs a person hands over with its answer', async () => {
  const resident = await WebResident.begin(server);
  const answer = await resident.ask('saya mau mengadukan pelayanan puskesmas');
  assert.match(answer.text, /Mohon maaf atas pelayanan itu[^]*Nomor kasus/);
  const [row] = server.rows('SELECT office FROM case_file ORDER BY id DESC LIMIT 1');
  assert.equal(row.office, 'dinkes');
});

test('an entry outside its dates is not told', async () => {
  await published('musiman', { valid_from: '2020-01-01', valid_until: '2020-02-01' });
  const answer = await ask('bagaimana layanan musiman');
  assert.ok(!answer.reply.includes('Jawaban untuk musiman'));
});

test('pages of editors hear of each change', async () => {
  const stream = await hasan.listen();
  await published('burung');
  await stream.next((event) => event.event === 'entry' && event.json.id === 'burung', { what: 'the event' });
  stream.close();
});

test('lists of entries come in pages and can be searched', async () => {
  const all = [];
  let cursor = '';
  do {
    const { status, json } = await dewi.get(
      `/api/v1/entries?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    assert.equal(status, 200);
    all.push(...json.items.map((one) => one.id));
    cursor = json.next ?? '';
  } while (cursor);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(all, [...all].sort());
  const found = (await dewi.get('/api/v1/entries?search=imunisasi')).json.items.map((one) => one.id);
  assert.ok(found.includes('imunisasi') && !found.includes('wifi-publik'));
  const office = (await dewi.get('/api/v1/entries?office=dinkes')).json.items;
  assert.ok(office.length >= 2 && office.every((one) => one.office === 'dinkes'));
});

test('the insight shows figures, and no small ones', async () => {
  const resident = await WebResident.begin(server);
  for (let i = 0; i < 6; i += 1) await resident.say('jadwal imunisasi anak');
  const { json } = await server.request('/api/v1/insight');
  assert.ok(json.totals.answered >= 6);
  const counts = [json.totals, ...json.days]
    .flatMap((one) => Object.values(one))
    .filter((one) => typeof one === 'number');
  assert.ok(
    counts.every((count) => count === 0 || count >= 5),
    JSON.stringify(json.totals),
  );
  assert.ok(json.top_entries.some((one) => one.entry === 'imunisasi'));
  assert.equal(json.days.length, 30);
});

await run('knowledge', { before, after: end_all, hopeless: server_died });
