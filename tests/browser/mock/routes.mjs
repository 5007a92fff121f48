// The routes of the mock: method, path, what it answers. Shapes are those of docs/openapi.yaml.
import { accounts, at, message, new_id } from './world.mjs';

const ok = (json) => ({ status: 200, json });
const done = { status: 204 };
const problem = (status, code, detail, cure = '') =>
  ({ status, json: { type: `/problems/${code}`, title: code, status, detail, id: 'mock-1', code, cure } });

const cookie_of = (request) => /sahut_session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
const who = ({ world, request }) => world.sessions.get(cookie_of(request));

/** Only for people who signed in; `act` gets their account. */
const signed_in = (act) => (call) => {
  const account = who(call);
  return account === undefined ? problem(401, 'unauthenticated', 'Belum masuk.') : act(call, account);
};

const me = (account) => ({ name: account.name, role: account.role, office: account.office, csrf: 'token' });
const without_messages = ({ messages, ...rest }) => rest;

const queues = {
  mine: (each, account) => each.state === 'claimed' && each.owner === account.name,
  office: (each) => each.state !== 'resolved',
  unclaimed: (each) => each.state === 'waiting',
  done: (each) => each.state === 'resolved',
};

function reply({ world, events, groups, body }, account) {
  const found = world.find(groups[0]);
  if (found === undefined) return problem(404, 'not_found', 'Percakapan ini tidak ada.');
  const shut = found.window_closes_at !== null && Date.parse(found.window_closes_at) < Date.now();
  if (shut && body.park !== true) return problem(409, 'window_closed', 'Jendela WhatsApp sudah tutup.');
  const file = body.media === undefined ? null : world.uploads.get(body.media);
  if (file === undefined) return problem(422, 'invalid', 'Berkas ini tidak ada di percakapan ini.');
  const place = body.place === undefined ? null : { name: null, address: null, district: null, ...body.place };
  const said = message('agent', body.text ?? '', { agent: account.name, media: file, place, parked: shut, delivery: 'pending', client_id: body.client_id });
  found.messages.push(said);
  events.tell('desk', 'message', { id: said.id, conversation: found.id, author: 'agent' });
  return { status: 201, json: said };
}

const beginnings = [['image/png', 'image', '89504e47'], ['image/jpeg', 'image', 'ffd8ff'], ['application/pdf', 'download', '25504446']];

function upload({ world, groups: [id], url, bytes }) {
  const known = beginnings.find(([, , beginning]) => bytes.toString('hex', 0, 8).startsWith(beginning));
  if (known === undefined) return problem(422, 'invalid', 'Berkas ini bukan JPEG, PNG, atau PDF.');
  const [type, show] = known;
  const file = world.store(id, bytes, { type, show, name: url.searchParams.get('name') });
  world.uploads.set(file.id, file);
  return { status: 201, json: file };
}

function stored({ world, url }) {
  const file = world.files.get(url.pathname);
  if (file === undefined) return problem(404, 'not_found', 'Berkas ini tidak ada.');
  return { status: 200, text: file.bytes, type: file.type, headers: { 'Content-Disposition': 'attachment', 'X-Content-Type-Options': 'nosniff' } };
}

function claim({ world, events, groups }, account) {
  const found = world.find(groups[0]);
  Object.assign(found, { state: 'claimed', owner: account.name, unread: 0 });
  events.tell('desk', 'conversation', { id: found.id });
  return ok(found);
}

function settle({ world, groups: [name, id] }) {
  const letters = world.dead[name] ?? [];
  const index = letters.findIndex((each) => each.id === id);
  if (index < 0) return problem(404, 'not_found', 'Pesan ini sudah tidak ada.');
  letters.splice(index, 1);
  world.channels.find((each) => each.name === name).dead = letters.length;
  return done;
}

function check({ world, groups: [name] }) {
  const found = world.channels.find((each) => each.name === name);
  return ok({
    checks: [
      { name: 'token', status: found.state === 'down' ? 'fail' : 'ok', what: found.detail ?? 'Token diterima.', cure: found.cure },
      { name: 'webhook', status: found.webhook_url === null ? 'warn' : 'ok', what: found.webhook_url === null ? 'Alamat publik belum diatur.' : 'Webhook terdaftar di alamat ini.', cure: found.webhook_url === null ? 'Isi public_url.' : null },
    ],
  });
}

// ---- the city's words, refused as the server refuses them

const refused_words = [
  ['form', / /, 'not_one_word', 'Ini lebih dari satu kata.', 'Tulis satu kata saja; artinya boleh beberapa kata.'],
  ['form', /[^a-z0-9 ]/, 'signs', 'Di sini hanya boleh huruf dan angka.', 'Hapus tanda bacanya.'],
  ['form', /^biaya$/, 'standard_word', '“biaya” sudah kata baku yang Sahut pahami.', 'Pakai kata lain.'],
  ['standard', /^gmn$/, 'not_standard', '“gmn” bukan kata baku.', 'Tulis “bagaimana” sebagai gantinya.'],
];

function put_word({ world, groups, body }) {
  const word = { form: groups[0].toLowerCase(), standard: body.standard.toLowerCase() };
  const wrong = refused_words.find(([where, pattern]) => pattern.test(word[where]));
  if (wrong !== undefined) {
    const [where, , code, what, cure] = wrong;
    const refusal = problem(422, code, what, cure);
    refusal.json.where = where;
    return refusal;
  }
  const status = world.words.some((each) => each.form === word.form) ? 200 : 201;
  return { status, json: world.put_word(word.form, word.standard) };
}

function delete_word({ world, groups: [form] }) {
  if (!world.words.some((each) => each.form === form)) return problem(404, 'not_found', 'Kata ini sudah tidak ada.');
  world.words = world.words.filter((each) => each.form !== form);
  return done;
}

const list_words = ({ world, url }) => {
  const search = url.searchParams.get('search') ?? '';
  return ok({ items: world.words.filter((each) => each.form.includes(search) || each.standard.includes(search)), next: null });
};

const asked = ({ body }) => ok({ action: 'answer', entry: 'kk-baru', confidence: 0.9, candidates: [], reply: `Jawaban untuk: ${body.text}`, evidence: {} });

const poster = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><rect width="210" height="297" fill="#fff"/></svg>`;

// ---- the resident's chat: one answer, the same to everything

function chat_message({ world, events, body }) {
  if (!world.chats.has(body.session)) return problem(404, 'not_found', 'Percakapan ini tidak ada.');
  const said = message('resident', body.text ?? body.choice, { client_id: body.client_id });
  events.tell(body.session, 'message', said);
  events.tell(body.session, 'message', message('bot', `Jawaban untuk: ${said.text}`, { choices: [{ title: 'Berapa biayanya?', value: 'fee' }] }));
  events.tell(body.session, 'state', { state: 'bot', case: null, office: null, agent: null });
  return { status: 202, json: { id: said.id } };
}

// ---- the simulated phones

function demo_message({ events, body }) {
  const id = new_id();
  const said = body.text ?? body.choice?.title ?? 'lokasi';
  const menu = /ktp/.test(said) && body.phone === 'whatsapp' ? 'Lihat pilihan' : null;
  const choices = body.choice === undefined ? [{ title: 'Syaratnya apa?', value: 'requirements' }, { title: 'Berapa biayanya?', value: 'fee' }] : [];
  for (const mark of ['typing', 'delivered', 'read']) events.tell('demo', 'mark', { phone: body.phone, id, mark });
  if (/petugas/.test(said)) events.tell('demo', 'bubble', { phone: body.phone, id: new_id(), author: 'system', text: 'Nomor kasus BPN-2611-0007', choices: [], menu: null, at: at(0) });
  events.tell('demo', 'bubble', { phone: body.phone, id: new_id(), author: 'city', text: `Jawaban untuk: *${said}*`, choices, menu, at: at(0) });
  return { status: 202, json: { id, at: at(0) } };
}

export const routes = [
  ['POST', /^\/api\/v1\/login$/, ({ world, body }) => {
    const account = accounts.find((each) => each.name === body.name && each.password === body.password);
    if (account === undefined) return problem(401, 'unauthenticated', 'Nama atau kata sandi tidak cocok.');
    const token = new_id();
    world.sessions.set(token, account);
    return { ...ok(me(account)), headers: { 'Set-Cookie': `sahut_session=${token}; HttpOnly; SameSite=Strict; Path=/` } };
  }],
  ['POST', /^\/api\/v1\/logout$/, ({ world, request }) => (world.sessions.delete(cookie_of(request)), done)],
  ['GET', /^\/api\/v1\/me$/, signed_in((_, account) => ok(me(account)))],
  ['GET', /^\/api\/v1\/events$/, signed_in(({ events, request, response }) => events.stream('desk', request, response))],
  ['GET', /^\/api\/v1\/offices$/, signed_in(() => ok({ items: [
    { id: 'disdukcapil', name: 'Dinas Kependudukan dan Pencatatan Sipil', parent: null, open_now: true, waiting: 2 },
    { id: 'bpbd', name: 'Badan Penanggulangan Bencana Daerah', parent: null, open_now: true, waiting: 0 },
  ] }))],
  ['GET', /^\/api\/v1\/offices\/([^/]+)\/poster\.svg$/, () => ({ status: 200, text: poster, type: 'image/svg+xml' })],
  ['GET', /^\/api\/v1\/conversations$/, signed_in(({ world, url }, account) => ok({
    items: world.conversations.filter((each) => queues[url.searchParams.get('queue')](each, account)).map(without_messages), next: null,
  }))],
  ['GET', /^\/api\/v1\/conversations\/([^/]+)$/, signed_in(({ world, groups }) => {
    const found = world.find(groups[0]);
    return found === undefined ? problem(404, 'not_found', 'Percakapan ini tidak ada.') : ok(found);
  })],
  ['POST', /^\/api\/v1\/conversations\/([^/]+)\/claim$/, signed_in(claim)],
  ['POST', /^\/api\/v1\/conversations\/([^/]+)\/reply$/, signed_in(reply)],
  ['POST', /^\/api\/v1\/conversations\/([^/]+)\/typing$/, signed_in(({ world, groups }) => (world.typed.push(groups[0]), done))],
  ['POST', /^\/api\/v1\/conversations\/([^/]+)\/media$/, signed_in(upload)],
  ['GET', /^\/api\/v1\/conversations\/([^/]+)\/media\/([^/]+)$/, signed_in(stored)],
  ['GET', /^\/api\/v1\/chat\/media\/([^/]+)$/, (call) =>
    call.world.chats.has(call.url.searchParams.get('session')) ? stored(call) : problem(404, 'not_found', 'Berkas ini tidak ada.')],
  ['GET', /^\/api\/v1\/entries$/, signed_in(() => ok({ items: [], next: null }))],
  ['GET', /^\/api\/v1\/gaps$/, signed_in(() => ok({ items: [], next: null }))],
  ['GET', /^\/api\/v1\/words$/, signed_in(list_words)],
  ['PUT', /^\/api\/v1\/words\/([^/]+)$/, signed_in(put_word)],
  ['DELETE', /^\/api\/v1\/words\/([^/]+)$/, signed_in(delete_word)],
  ['POST', /^\/api\/v1\/ask$/, signed_in(asked)],
  ['GET', /^\/api\/v1\/channels$/, signed_in(({ world }) => ok({ items: world.channels }))],
  ['GET', /^\/api\/v1\/channels\/([^/]+)\/dead$/, signed_in(({ world, groups }) => ok({ items: world.dead[groups[0]] ?? [], next: null }))],
  ['POST', /^\/api\/v1\/channels\/([^/]+)\/dead\/([^/]+)\/(?:resend|discard)$/, signed_in(settle)],
  ['POST', /^\/api\/v1\/channels\/([^/]+)\/check$/, signed_in(check)],
  ['POST', /^\/api\/v1\/chat\/sessions$/, ({ world }) => {
    const session = `chat-${new_id()}`;
    world.chats.set(session, true);
    return { status: 201, json: { session } };
  }],
  ['POST', /^\/api\/v1\/chat\/messages$/, chat_message],
  ['GET', /^\/api\/v1\/chat\/events$/, ({ world, events, url, request, response }) => {
    const session = url.searchParams.get('session');
    return world.chats.has(session) ? events.stream(session, request, response, { replay: true }) : problem(404, 'not_found', 'Percakapan ini tidak ada.');
  }],
  ['GET', /^\/demo\/events$/, ({ events, request, response }) => events.stream('demo', request, response)],
  ['POST', /^\/demo\/messages$/, demo_message],
  ['POST', /^\/demo\/new-resident$/, () => done],
];
