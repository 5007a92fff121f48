// Operations of the desk.

import { png } from '../system/files.mjs';
import { WhatsAppResident } from '../system/people.mjs';
import { bad, call, description, number, operations, people, server, waiting_conversation } from './world.mjs';

operations('desk: lists and one conversation', async () => {
  const { sari, budi, dewi } = people;
  const { id } = await waiting_conversation();
  for (const queue of ['mine', 'office', 'unclaimed', 'done'])
    await call('listConversations', { as: sari, query: { queue, limit: 2 }, status: 200 });
  await call('listConversations', { as: sari, query: { queue: 'office', search: 'ktp' }, status: 200 });
  await call('listConversations', { as: sari, query: { queue: 'semua' }, status: bad });
  await call('listConversations', { as: sari, query: { queue: 'mine', limit: 500 }, status: bad });
  await call('listConversations', { query: { queue: 'mine' }, status: 401 });
  await call('listConversations', { as: dewi, query: { queue: 'mine' }, status: 403 });
  await call('getConversation', { in: { id }, as: sari, status: 200 });
  await call('getConversation', { in: { id }, status: 401 });
  await call('getConversation', { in: { id }, as: dewi, status: 403 });
  await call('getConversation', { in: { id }, as: budi, status: 404 });
  await call('listOffices', { as: sari, status: 200 });
  await call('listOffices', { status: 401 });
});

operations('desk: acts', async () => {
  const { sari, sinta, budi, dewi } = people;
  const acts = {
    claimConversation: {},
    replyToConversation: { text: 'Selamat siang.' },
    noteOnConversation: { text: 'Catatan.' },
    transferConversation: { office: 'dinkes', reason: 'Soal puskesmas.' },
    releaseConversation: {},
    resolveConversation: { outcome: 'answered' },
  };
  const { id } = await waiting_conversation();
  for (const [act, body] of Object.entries(acts)) {
    await call(act, { in: { id }, body, status: 401 });
    await call(act, { in: { id }, as: dewi, body, status: 403 });
    await call(act, { in: { id }, as: sari, csrf: null, body, status: 403 });
    await call(act, { in: { id }, as: budi, body, status: 404 });
    if (description.documented_statuses(act).includes('400')) {
      await call(act, { in: { id }, as: sari, body: '{', status: 400 });
      await call(act, { in: { id }, as: sari, body: {}, status: bad });
    }
  }
  await call('claimConversation', { in: { id }, as: sari, status: 200 });
  for (const act of Object.keys(acts).filter((one) => one !== 'noteOnConversation'))
    await call(act, { in: { id }, as: sinta, body: acts[act], status: 409 });
  await call('replyToConversation', {
    in: { id },
    as: sari,
    body: { text: 'Selamat siang.', client_id: 'c1' },
    status: 201,
  });
  await call('replyToConversation', {
    in: { id },
    as: sari,
    body: { text: 'Selamat siang.', client_id: 'c1' },
    status: 201,
  });
  await call('noteOnConversation', { in: { id }, as: sari, body: acts.noteOnConversation, status: 201 });
  await call('releaseConversation', { in: { id }, as: sari, body: {}, status: 200 });
  await call('claimConversation', { in: { id }, as: sari, body: {}, status: 200 });
  await call('resolveConversation', { in: { id }, as: sari, body: { outcome: 'answered' }, status: 200 });
  await call('getConversation', { in: { id }, as: sari, status: 200 });
  const other = await waiting_conversation();
  await call('transferConversation', {
    in: { id: other.id },
    as: sari,
    body: { office: 'tidak-ada', reason: 'x' },
    status: bad,
  });
  await call('transferConversation', { in: { id: other.id }, as: sari, body: acts.transferConversation, status: 200 });
});

operations('desk: a conversation on WhatsApp', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'ktp hilang gimana');
  await resident.say(server, 'saya mau bicara dengan petugas');
  const item = (await people.sari.queue('unclaimed')).find((one) => one.contact.name === resident.name);
  await call('replyToConversation', { in: { id: item.id }, as: people.sari, body: { text: 'Siang.' }, status: 201 });
  await call('getConversation', { in: { id: item.id }, as: people.sari, status: 200 });
});

operations('desk: files, places and the sign of writing', async () => {
  const { sari, budi, dewi } = people;
  const { id, resident } = await waiting_conversation();
  const file = { body: png(), query: { name: 'denah.png' } };
  for (const [who, status] of [[undefined, 401], [dewi, 403], [budi, 404]])
    await call('uploadMedia', { in: { id }, as: who, ...file, status });
  await call('uploadMedia', { in: { id }, as: sari, body: Buffer.alloc((10 << 20) + 1), status: 413 });
  await call('uploadMedia', { in: { id }, as: sari, body: Buffer.from('<svg/>'), status: 422 });
  const { json: up } = await call('uploadMedia', { in: { id }, as: sari, ...file, status: 201 });
  await call('replyToConversation', { in: { id }, as: sari, body: { media: up.id, text: 'Denahnya.' }, status: 201 });
  const place = { latitude: -1.25, longitude: 116.86, name: 'Loket' };
  await call('replyToConversation', { in: { id }, as: sari, body: { place }, status: 201 });
  await call('getConversation', { in: { id }, as: sari, status: 200 });
  const where = { id, media: up.id };
  await call('getMedia', { in: where, as: sari, status: 200 });
  await call('getMedia', { in: where, as: sari, headers: { Range: 'bytes=0-3' }, status: 206 });
  await call('getMedia', { in: where, as: sari, headers: { Range: 'bytes=9999999-' }, status: 416 });
  for (const [who, status] of [[undefined, 401], [dewi, 403], [budi, 404]])
    await call('getMedia', { in: where, as: who, status });
  const query = { session: resident.session };
  await call('getChatMedia', { in: { media: up.id }, query, status: 200 });
  await call('getChatMedia', { in: { media: up.id }, query, headers: { Range: 'bytes=0-3' }, status: 206 });
  await call('getChatMedia', { in: { media: up.id }, query, headers: { Range: 'bytes=9999999-' }, status: 416 });
  await call('getChatMedia', { in: { media: '1' }, query, status: 404 });
  await call('typingInConversation', { in: { id }, as: sari, body: {}, status: 204 });
  for (const [who, status] of [[undefined, 401], [dewi, 403], [budi, 404]])
    await call('typingInConversation', { in: { id }, as: who, body: {}, status });
});

operations("the desk's outcomes and an office's own words are accepted, a whole letter is not", async () => {
  for (const outcome of ['answered', 'referred', 'impossible', 'misdirected', 'diteruskan ke RT']) {
    const { id } = await waiting_conversation();
    await call('claimConversation', { in: { id }, as: people.sari, status: 200 });
    await call('resolveConversation', { in: { id }, as: people.sari, body: { outcome: 'x'.repeat(81) }, status: bad });
    await call('resolveConversation', { in: { id }, as: people.sari, body: { outcome }, status: 200 });
  }
});
