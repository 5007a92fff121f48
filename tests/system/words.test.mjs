// The city's own words: added by an editor, live for the next question, refused with a sentence, kept over a restart.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { end_all, patience, sahut_ok, server_died } from './harness.mjs';
import { wait_until } from './http.mjs';
import { city_with, Person, WebResident } from './people.mjs';
import { run, test } from './runner.mjs';

let server;
let accounts;
let dewi; // editor
let rudi; // admin
let sari; // agent

async function before() {
  const city = await city_with([
    ['dewi', 'editor'],
    ['rudi', 'admin'],
    ['sari', 'agent', 'disdukcapil'],
  ]);
  ({ server, accounts } = city);
  ({ dewi, rudi, sari } = city.people);
}

const path = (form) => `/api/v1/words/${encodeURIComponent(form)}`;
const put = (form, standard, person = dewi) => person.put(path(form), { standard });
const remove = (form, person = dewi) => person.request(path(form), { method: 'DELETE' });
const added = async (form, standard) => {
  const answer = await put(form, standard);
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
};
const words = async (query = '') => (await dewi.get(`/api/v1/words${query}`)).json;
const ask = async (text) => (await dewi.post('/api/v1/ask', { text })).json;
/** As another process does, beside the server or without it. */
const write_to_store = (sql) =>
  execFileSync('sqlite3', ['-cmd', '.timeout 10000', join(server.folder, 'sahut.db'), sql]);
const version = () => server.metric('sahut_knowledge_version');

test('a word is live for the next question of a resident, in less than a second', async () => {
  const resident = await WebResident.begin(server);
  assert.notEqual((await resident.ask('plongkrek kapan jadi ya')).receipt.entry, 'kk-baru');
  const begin = Date.now();
  const word = await added('Plongkrek', ' Kartu  Keluarga baru');
  const answer = await (await WebResident.begin(server)).ask('plongkrek kapan jadi ya');
  const took = Date.now() - begin;
  assert.equal(answer.receipt.entry, 'kk-baru', answer.text);
  assert.ok(took < 1_000 * patience, `${took} ms`);
  console.log(`# added, live and answered in ${took} ms`);
  assert.equal(word.form, 'plongkrek', 'as the lexicon keeps it');
  assert.equal(word.standard, 'kartu keluarga baru');
  assert.equal(word.updated_by, 'dewi');
  assert.equal(word.in_use, true);
  assert.equal(word.replaces, null);
});

test('texts that entries are taught with are read with it too', async () => {
  await added('gembruk', 'panggung hiburan');
  const entry = {
    id: 'gembruk',
    office: 'kominfo',
    title: 'Pinjam gembruk kota',
    examples: ['pinjam gembruk', 'sewa gembruk untuk acara', 'gembruk milik kota', 'syarat pakai gembruk'],
    answer: { id: 'Pinjam di kantor.' },
  };
  assert.equal((await dewi.post('/api/v1/entries', entry)).status, 201);
  assert.equal((await dewi.post('/api/v1/entries/gembruk/publish')).status, 200);
  assert.equal((await ask('sewa panggung hiburan untuk acara')).candidates[0].entry, 'gembruk');
  assert.equal((await ask('plongkrek kapan jadi ya')).entry, 'kk-baru', 'publishing an entry keeps the words');
});

test('another meaning takes the place of the one before, of the city and built in', async () => {
  const first = await added('siring', 'drainase');
  assert.equal(first.replaces, 'talud', 'what the built-in lexicon says');
  const second = await put('siring', 'talud', rudi);
  assert.equal(second.status, 200, second.text);
  assert.equal(second.json.standard, 'talud');
  assert.equal(second.json.replaces, null);
  assert.equal(second.json.updated_by, 'rudi');
});

test('a word that cannot be used is refused with a sentence at its field, and nothing changes', async () => {
  const before_it = { list: (await words('?limit=200')).items, version: await version() };
  const cases = [
    ['dua kata', 'air', 'form', 'not_one_word'],
    ['p.d.a.m', 'air', 'form', 'signs'],
    ['q'.repeat(41), 'air', 'form', 'too_long'],
    ['biaya', 'uang', 'form', 'standard_word'],
    ['ktp', 'kartu', 'form', 'standard_word'],
    ['panggung', 'podium', 'form', 'used_as_meaning'],
    ['kliwir', '', 'standard', 'missing'],
    ['kliwir', 'gmn', 'standard', 'not_standard'],
    ['kliwir', 'plongkrek baru', 'standard', 'not_standard'],
    ['kliwir', 'kliwir', 'standard', 'own_meaning'],
  ];
  for (const [form, standard, where, code] of cases) {
    const answer = await put(form, standard);
    assert.equal(answer.status, 422, `${form} → ${standard}: ${answer.text}`);
    assert.equal(answer.json.where, where, answer.text);
    assert.equal(answer.json.code, code, answer.text);
    assert.ok(answer.json.detail.length > 10 && answer.json.cure.length > 5, answer.text);
  }
  assert.deepEqual((await words('?limit=200')).items, before_it.list);
  assert.equal(await version(), before_it.version);
});

test('an agent may do none of it, and a write needs the sign of the page', async () => {
  for (const answer of [await sari.get('/api/v1/words'), await put('kliwir', 'air', sari), await remove('siring', sari)])
    assert.equal(answer.status, 403, answer.text);
  const forged = await dewi.request(path('kliwir'), { method: 'PUT', body: { standard: 'air' }, csrf: 'x' });
  assert.equal(forged.status, 403);
  assert.equal((await server.request('/api/v1/words')).status, 401);
});

test('the list comes in pages by form and is searched in both columns', async () => {
  for (const form of ['zzsatu', 'zzdua', 'zztiga']) await added(form, 'air bersih');
  const all = [];
  let cursor = '';
  do {
    const page = await words(`?limit=2${cursor && `&cursor=${cursor}`}`);
    all.push(...page.items.map((one) => one.form));
    cursor = page.next ?? '';
  } while (cursor);
  assert.deepEqual(all, [...new Set(all)].sort());
  assert.deepEqual((await words('?search=bersih')).items.map((one) => one.form), ['zzdua', 'zzsatu', 'zztiga']);
  assert.deepEqual((await words('?search=plong')).items.map((one) => one.form), ['plongkrek']);
});

test('pages of editors hear of it, and the record says who did what', async () => {
  const stream = await rudi.listen();
  await added('klowor', 'sampah');
  await stream.next((event) => event.event === 'word' && event.json.id === 'klowor', { what: 'the event' });
  stream.close();
  const [row] = server.rows("SELECT actor, action, detail FROM audit WHERE subject = 'word klowor'");
  assert.deepEqual(row, { actor: 'dewi', action: 'word_saved', detail: 'sampah' });
});

test('two editors at once: both words hold, and of two that exclude each other one is refused', async () => {
  const both = await Promise.all([put('wrenggo', 'sampah'), put('wrengga', 'sampah', rudi)]);
  assert.deepEqual(both.map((answer) => answer.status), [201, 201]);
  const chain = await Promise.all([put('qrista', 'qristi'), put('qristi', 'sampah', rudi)]);
  assert.deepEqual(chain.map((answer) => answer.status).sort(), [201, 422]);
});

test('the command line reads texts with it', async () => {
  const told = JSON.parse((await sahut_ok(['ask', '--json', 'plongkrek kapan jadi ya', '--data', server.folder])).stdout);
  assert.equal(told.entry, 'kk-baru');
});

test('what another machine adds to the store is followed by the version of the knowledge', async () => {
  write_to_store(
    "BEGIN; INSERT INTO city_word VALUES ('blekutuk', 'kartu keluarga baru', 1, 'lain');" +
      " UPDATE setting SET value = CAST(value AS INTEGER) + 1 WHERE name = 'knowledge_version'; COMMIT;",
  );
  await wait_until(async () => (await ask('blekutuk kapan jadi ya')).entry === 'kk-baru', {
    within: 3_000 * patience,
    what: 'the word of the other machine is live',
  });
});

test('a restart keeps it', async () => {
  await server.stop();
  await server.start();
  dewi = await Person.sign_in(server, accounts.dewi);
  const answer = await (await WebResident.begin(server)).ask('plongkrek kapan jadi ya');
  assert.equal(answer.receipt.entry, 'kk-baru');
});

test('a word that a newer lexicon has no place for is left out and told, and the city starts', async () => {
  await server.stop();
  write_to_store("INSERT INTO city_word VALUES ('biaya', 'uang', 1, 'dulu')");
  await server.start();
  dewi = await Person.sign_in(server, accounts.dewi);
  const [word] = (await words('?search=biaya')).items;
  assert.equal(word.in_use, false);
  assert.match(server.log, /a word of the city is not used/);
  assert.equal((await ask('plongkrek kapan jadi ya')).entry, 'kk-baru', 'the others hold');
});

test('what is taken away is understood no more, at once', async () => {
  const answer = await remove('Plongkrek');
  assert.equal(answer.status, 204, answer.text);
  assert.notEqual((await ask('plongkrek kapan jadi ya')).entry, 'kk-baru');
  const again = await remove('plongkrek');
  assert.equal(again.status, 404, again.text);
});

await run('words', { before, after: end_all, hopeless: server_died });
