// Operations of the channels: how they fare, what could not be delivered, posters.

import { wait_until } from '../system/http.mjs';
import { WhatsAppResident } from '../system/people.mjs';
import { call, number, operations, peer, people, server } from './world.mjs';

operations('channels: how they fare and what they say of themselves', async () => {
  const { sari, dewi } = people;
  await call('listChannels', { as: dewi, status: 200 });
  await call('listChannels', { status: 401 });
  await call('listChannels', { as: sari, status: 403 });
  await call('checkChannel', { in: { name: 'wa' }, as: dewi, status: 200 });
  await call('checkChannel', { in: { name: 'tidak-ada' }, as: dewi, status: 404 });
  await call('checkChannel', { in: { name: 'wa' }, status: 401 });
  await call('checkChannel', { in: { name: 'wa' }, as: sari, status: 403 });
  await call('checkChannel', { in: { name: 'wa' }, as: dewi, csrf: null, status: 403 });
});

operations('channels: what could not be delivered', async () => {
  const { sari, dewi } = people;
  const fates = ['resendDeadLetter', 'discardDeadLetter'];
  for (const fate of fates) {
    const resident = new WhatsAppResident(number);
    peer.fault = (sent) => (sent.body.to?.endsWith(resident.phone) ? { code: 131009, message: 'wrong' } : undefined);
    await resident.say(server, 'ktp hilang gimana');
    const letter = await wait_until(
      async () =>
        (await call('listDeadLetters', { in: { name: 'wa' }, as: dewi, status: 200 })).json.items.find(
          (one) => one.contact.name === resident.name,
        ),
      { what: 'a dead letter' },
    );
    peer.fault = () => undefined;
    const at = { name: 'wa', id: letter.id };
    await call(fate, { in: at, status: 401 });
    await call(fate, { in: at, as: sari, status: 403 });
    await call(fate, { in: at, as: dewi, csrf: null, status: 403 });
    await call(fate, { in: { ...at, name: 'tidak-ada' }, as: dewi, status: 404 });
    await call(fate, { in: at, as: dewi, status: 204 });
    await call(fate, { in: at, as: dewi, status: 404 });
  }
  await call('listDeadLetters', { in: { name: 'wa' }, as: dewi, query: { limit: 1 }, status: 200 });
  await call('listDeadLetters', { in: { name: 'tidak-ada' }, as: dewi, status: 404 });
  await call('listDeadLetters', { in: { name: 'wa' }, status: 401 });
  await call('listDeadLetters', { in: { name: 'wa' }, as: sari, status: 403 });
});

operations('channels: posters', async () => {
  await call('getPoster', { in: { id: 'disdukcapil' }, query: { channel: 'wa' }, status: 200 });
  await call('getPoster', { in: { id: 'tidak-ada' }, query: { channel: 'wa' }, status: 404 });
  await call('getPoster', { in: { id: 'disdukcapil' }, query: { channel: 'tidak-ada' }, status: 404 });
  await call('getPoster', { in: { id: 'disdukcapil' }, query: { channel: 'gw' }, status: 409 });
});
