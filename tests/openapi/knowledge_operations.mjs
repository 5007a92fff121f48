// Operations on entries, gaps and the city's words.

import assert from 'node:assert/strict';
import { WebResident } from '../system/people.mjs';
import { bad, call, entry, operations, people, server } from './world.mjs';

operations('knowledge', async () => {
  const { sari, dewi } = people;
  await call('listEntries', { as: sari, query: { limit: 3 }, status: 200 });
  await call('listEntries', {
    as: sari,
    query: { search: 'ktp', status: 'published', office: 'disdukcapil' },
    status: 200,
  });
  await call('listEntries', { as: sari, query: { limit: 0 }, status: bad });
  await call('listEntries', { status: 401 });
  await call('createEntry', { as: dewi, body: entry('baru'), status: 201 });
  await call('createEntry', {
    as: dewi,
    body: entry('lengkap', {
      category: 'umum',
      keywords: ['x'],
      rules: ['lengkap'],
      answer: { id: 'a', en: 'b' },
      facets: { fee: 'gratis', hours: 'pagi' },
      legal_basis: 'UU',
      source: 'contoh',
      valid_from: '2026-01-01',
      valid_until: null,
      review_by: '2027-01-01',
      handoff: 'offer',
      related: ['baru'],
    }),
    status: 201,
  });
  await call('createEntry', { as: dewi, body: entry('baru'), status: 409 });
  await call('createEntry', { as: dewi, body: '{', status: 400 });
  await call('createEntry', { as: dewi, body: entry('salah', { rules: ['('] }), status: bad });
  await call('createEntry', { as: dewi, body: entry('salah', { lain: 1 }), status: bad });
  await call('createEntry', { as: sari, body: entry('x'), status: 403 });
  await call('createEntry', { body: entry('x'), status: 401 });
  await call('getEntry', { in: { id: 'baru' }, as: sari, status: 200 });
  await call('getEntry', { in: { id: 'tidak-ada' }, as: sari, status: 404 });
  await call('getEntry', { in: { id: 'baru' }, status: 401 });
  const match = (revision) => ({ 'If-Match': `"${revision}"` });
  await call('updateEntry', { in: { id: 'baru' }, as: dewi, body: entry('baru'), status: 428 });
  await call('updateEntry', {
    in: { id: 'baru' },
    as: dewi,
    body: entry('baru', { title: 'Lain' }),
    headers: match(1),
    status: 200,
  });
  await call('updateEntry', { in: { id: 'baru' }, as: dewi, body: entry('baru'), headers: match(1), status: 412 });
  await call('updateEntry', { in: { id: 'baru' }, as: dewi, body: '{', headers: match(2), status: 400 });
  await call('updateEntry', {
    in: { id: 'baru' },
    as: dewi,
    body: entry('baru', { title: '' }),
    headers: match(2),
    status: bad,
  });
  await call('updateEntry', {
    in: { id: 'tidak-ada' },
    as: dewi,
    body: entry('tidak-ada'),
    headers: match(1),
    status: 404,
  });
  await call('updateEntry', { in: { id: 'baru' }, as: sari, body: entry('baru'), headers: match(2), status: 403 });
  await call('updateEntry', { in: { id: 'baru' }, body: entry('baru'), headers: match(2), status: 401 });
  for (const [act, body] of [
    ['publishEntry', {}],
    ['archiveEntry', {}],
    ['restoreEntry', { revision: 1 }],
  ]) {
    await call(act, { in: { id: 'baru' }, body, status: 401 });
    await call(act, { in: { id: 'baru' }, as: sari, body, status: 403 });
    await call(act, { in: { id: 'tidak-ada' }, as: dewi, body, status: 404 });
    await call(act, { in: { id: 'baru' }, as: dewi, body, status: 200 });
  }
  await call('restoreEntry', { in: { id: 'baru' }, as: dewi, body: '{', status: 400 });
  await call('restoreEntry', { in: { id: 'baru' }, as: dewi, body: {}, status: bad });
  await call('listRevisions', { in: { id: 'baru' }, as: sari, status: 200 });
  await call('listRevisions', { in: { id: 'tidak-ada' }, as: sari, status: 404 });
  await call('listRevisions', { in: { id: 'baru' }, status: 401 });
  await call('previewEntry', {
    as: dewi,
    body: { entry: entry('wifi-taman', { rules: ['wifi gratis'] }) },
    status: 200,
  });
  await call('previewEntry', { as: dewi, body: '{', status: 400 });
  await call('previewEntry', { as: dewi, body: {}, status: bad });
  await call('previewEntry', { as: sari, body: { entry: entry('x') }, status: 403 });
  await call('previewEntry', { body: { entry: entry('x') }, status: 401 });
  for (const text of [
    'ktp ilang gmn ngurusnya',
    'xqzv wklm',
    'saya mau bicara dengan petugas',
    'jadwal imunisasi anak',
  ])
    await call('ask', { as: sari, body: { text }, status: 200 });
  await call('ask', { as: sari, body: '{', status: 400 });
  await call('ask', { as: sari, body: {}, status: bad });
  await call('ask', { as: sari, csrf: 'x', body: { text: 'x' }, status: 403 });
  await call('ask', { body: { text: 'x' }, status: 401 });
});

operations('gaps', async () => {
  const { sari, dewi } = people;
  const resident = await WebResident.begin(server);
  for (const words of ['qwrt zxcv plmk', 'grtl mmnb kkjh', 'ppoi uuyt rrew']) {
    await resident.say(words);
    await resident.say('ktp hilang'); // an answer in between: two fallbacks in a row would bring a person
  }
  const { items } = (await call('listGaps', { as: dewi, status: 200 })).json;
  assert.ok(items.length >= 3);
  await call('listGaps', { as: dewi, query: { limit: 2 }, status: 200 });
  await call('listGaps', { as: dewi, query: { cursor: 'salah' }, status: bad });
  await call('listGaps', { as: sari, status: 403 });
  await call('listGaps', { status: 401 });
  const [one, two, three] = items;
  for (const [act, gap, body, good] of [
    ['attachGap', one, { entry: 'wifi-publik' }, 200],
    ['ignoreGap', two, {}, 204],
    ['draftFromGap', three, {}, 201],
  ]) {
    await call(act, { in: { id: gap.id }, body, status: 401 });
    await call(act, { in: { id: gap.id }, as: sari, body, status: 403 });
    await call(act, { in: { id: '1' }, as: dewi, body, status: 404 });
    if (act === 'attachGap') {
      await call(act, { in: { id: gap.id }, as: dewi, body: '{', status: 400 });
      await call(act, { in: { id: gap.id }, as: dewi, body: {}, status: bad });
    }
    await call(act, { in: { id: gap.id }, as: dewi, body, status: good });
  }
});

operations('words', async () => {
  const { sari, dewi } = people;
  const at = { in: { form: 'plongkrek' } };
  await call('putWord', { ...at, as: dewi, body: { standard: 'kartu keluarga' }, status: 201 });
  await call('putWord', { in: { form: 'Siring' }, as: dewi, body: { standard: 'drainase' }, status: 201 });
  await call('putWord', { ...at, as: dewi, body: { standard: 'ktp' }, status: 200 });
  await call('putWord', { ...at, as: dewi, body: '{', status: 400 });
  await call('putWord', { ...at, as: dewi, body: {}, status: bad });
  await call('putWord', { ...at, as: dewi, body: { standard: 'gmn' }, status: bad });
  await call('putWord', { in: { form: 'dua kata' }, as: dewi, body: { standard: 'ktp' }, status: bad });
  await call('putWord', { ...at, as: sari, body: { standard: 'ktp' }, status: 403 });
  await call('putWord', { ...at, as: dewi, csrf: null, body: { standard: 'ktp' }, status: 403 });
  await call('putWord', { ...at, body: { standard: 'ktp' }, status: 401 });
  await call('listWords', { as: dewi, status: 200 });
  await call('listWords', { as: dewi, query: { search: 'ktp', limit: 1, cursor: 'a' }, status: 200 });
  await call('listWords', { as: dewi, query: { limit: 0 }, status: bad });
  await call('listWords', { as: sari, status: 403 });
  await call('listWords', { status: 401 });
  await call('deleteWord', { ...at, status: 401 });
  await call('deleteWord', { ...at, as: sari, status: 403 });
  await call('deleteWord', { ...at, as: dewi, status: 204 });
  await call('deleteWord', { ...at, as: dewi, status: 404 });
});

operations('the insight after all this', async () => {
  await call('getInsight', { status: 200 });
});
