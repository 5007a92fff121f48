// Those who talk to the server: residents on each channel, and people of the offices in their browsers. What Meta and
// Telegram wrap around a message is written here, in the forms of their own references.

import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { add_user, fill, new_chat_id, new_folder, new_phone, new_token, secret, Server } from './harness.mjs';
import { Events, request } from './http.mjs';

let counter = 0;
const seconds_now = () => Math.floor(Date.now() / 1000);

// ---- WhatsApp

export class WhatsAppNumber {
  /** Our business number, with what Meta and the server both know of it. */
  constructor({ channel = 'wa', phone_number_id = '109876543210987' } = {}) {
    Object.assign(this, { channel, phone_number_id });
    this.app_secret = new_token();
    this.verify_token = new_token();
    this.access_token = new_token('EAAG');
  }

  /** The channel's keys in the configuration; `more` replaces some. */
  settings(peer, more = {}) {
    const { phone_number_id, access_token, app_secret, verify_token } = this;
    return {
      kind: 'whatsapp',
      phone_number_id,
      access_token,
      app_secret,
      verify_token,
      api_base: peer.api_base,
      ...more,
    };
  }

  /** One delivery with any number of messages and statuses. */
  delivery({ messages = [], statuses = [], contacts = [], field = 'messages' }) {
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550100', phone_number_id: this.phone_number_id },
    };
    if (contacts.length > 0) value.contacts = contacts;
    if (messages.length > 0) value.messages = messages;
    if (statuses.length > 0) value.statuses = statuses;
    return { object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes: [{ field, value }] }] };
  }

  signature(body, app_secret = this.app_secret) {
    return `sha256=${createHmac('sha256', app_secret).update(body).digest('hex')}`;
  }

  /** Posts a body as Meta does. `headers` replace ours; undefined leaves one out. */
  post(server, body, { app_secret, headers = {}, within } = {}) {
    const bytes =
      Buffer.isBuffer(body) || typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    const all = {
      'Content-Type': 'application/json',
      'X-Hub-Signature-256': this.signature(bytes, app_secret),
      ...headers,
    };
    for (const name of Object.keys(all)) if (all[name] === undefined) delete all[name];
    return request(`${server.url}/webhooks/${this.channel}`, { method: 'POST', headers: all, body: bytes, within });
  }

  /** What happened to a message of ours, as Meta tells it. */
  status(id, state, { phone, correlation, errors, pricing } = {}) {
    const status = { id, status: state, timestamp: String(seconds_now()), recipient_id: phone };
    if (correlation) status.biz_opaque_callback_data = correlation;
    if (errors) status.errors = errors;
    if (pricing) status.pricing = { pricing_model: 'PMP', type: pricing, category: 'service' };
    return this.delivery({ statuses: [status] });
  }
}

export class WhatsAppResident {
  constructor(number, { name = `Warga ${++counter}`, phone = new_phone() } = {}) {
    Object.assign(this, { number, name, phone });
    this.contacts = [{ profile: { name }, wa_id: phone }];
  }

  /** A message of any type; the id is new unless given. */
  message(type, content, { id = `wamid.${randomBytes(15).toString('base64')}`, at = seconds_now(), context } = {}) {
    const message = { from: this.phone, id, timestamp: String(at), type, [type]: content };
    if (context) message.context = { from: this.number.phone_number_id, id: context };
    return message;
  }

  text(body, options) {
    return this.message('text', { body }, options);
  }

  delivery(...messages) {
    return this.number.delivery({ messages, contacts: this.contacts });
  }

  /** Writes, and is taken; gives the message's id. */
  async say(server, body, options) {
    const message = typeof body === 'string' ? this.text(body, options) : body;
    const answer = await this.number.post(server, this.delivery(message));
    assert.equal(answer.status, 200, `the webhook answered ${answer.status}: ${answer.text}`);
    return message.id;
  }
}

// ---- Telegram

export class TelegramBot {
  constructor({ channel = 'tg', id = 7712345678 } = {}) {
    this.channel = channel;
    this.bot_token = secret(`${id}:${new_token('AA')}`);
    this.secret_token = new_token();
    this.update_id = 500_000_000;
  }

  /** The channel's keys in the configuration; `more` replaces some. */
  settings(peer, more = {}) {
    const { bot_token, secret_token } = this;
    return { kind: 'telegram', bot_token, ...(secret_token ? { secret_token } : {}), api_base: peer.api_base, ...more };
  }

  post(server, update, { headers = {} } = {}) {
    const all = {
      'Content-Type': 'application/json',
      'X-Telegram-Bot-Api-Secret-Token': this.secret_token,
      ...headers,
    };
    for (const name of Object.keys(all)) if (all[name] === undefined) delete all[name];
    return request(`${server.url}/webhooks/${this.channel}`, { method: 'POST', headers: all, body: update });
  }
}

export class TelegramResident {
  constructor(bot, { name = `Warga ${++counter}`, id = new_chat_id() } = {}) {
    Object.assign(this, { bot, name, id });
    this.message_id = 10;
  }

  get from() {
    return { id: this.id, is_bot: false, first_name: this.name, language_code: 'id' };
  }
  get chat() {
    return { id: this.id, type: 'private', first_name: this.name };
  }

  /** An update with a message; `content` is what Telegram puts beside from, chat and date. */
  message(content, { update_id = ++this.bot.update_id } = {}) {
    return {
      update_id,
      message: { message_id: ++this.message_id, from: this.from, chat: this.chat, date: seconds_now(), ...content },
    };
  }

  text(text, options) {
    return this.message({ text }, options);
  }

  /** A tap on a button of `sent`, a message of ours as the peer recorded it. */
  tap(data, sent) {
    const update_id = ++this.bot.update_id;
    return {
      update_id,
      callback_query: {
        id: String(4_000_000_000_000_000 + update_id),
        from: this.from,
        chat_instance: '-123456',
        data,
        message: {
          message_id: sent.result.message_id,
          chat: this.chat,
          date: seconds_now(),
          text: sent.body.text,
          reply_markup: sent.body.reply_markup,
        },
      },
    };
  }

  async say(server, update) {
    const answer = await this.bot.post(server, typeof update === 'string' ? this.text(update) : update);
    assert.equal(answer.status, 200, `the webhook answered ${answer.status}: ${answer.text}`);
  }
}

// ---- the city's page

export class WebResident {
  static async begin(server) {
    const answer = await server.request('/api/v1/chat/sessions', { method: 'POST', body: {} });
    assert.equal(answer.status, 201, answer.text);
    const resident = new WebResident();
    resident.server = server;
    resident.session = secret(answer.json.session);
    return resident;
  }

  /** Sends and gives the answer, whatever it is. */
  send(message) {
    return this.server.request('/api/v1/chat/messages', {
      method: 'POST',
      body: { session: this.session, ...message },
    });
  }

  /** Says something that is taken; gives the message's id. */
  async say(text, client_id) {
    const answer = await this.send(client_id ? { text, client_id } : { text });
    assert.equal(answer.status, 202, answer.text);
    return answer.json.id;
  }

  listen({ last_id } = {}) {
    return Events.open(`${this.server.url}/api/v1/chat/events?session=${encodeURIComponent(this.session)}`, {
      last_id,
    });
  }

  /** Everything said so far, as a page that opens now sees it. */
  async heard() {
    const stream = await this.listen();
    try {
      await stream.next((event) => event.event === 'state', { what: "the chat's state" });
      return stream.all.filter((event) => event.event === 'message').map((event) => event.json);
    } finally {
      stream.close();
    }
  }

  /** Says something and gives the bot's answer to it. */
  async ask(text) {
    const id = await this.say(text);
    const messages = await this.heard();
    return messages[messages.findIndex((message) => message.id === id) + 1];
  }
}

// ---- people of the offices

export class Person {
  /** `account`: { name, password }. Not yet signed in. */
  constructor(server, account) {
    Object.assign(this, { server, ...account });
  }

  static async sign_in(server, account) {
    const person = new Person(server, account);
    const answer = await person.login();
    assert.equal(answer.status, 200, `${account.name} cannot sign in: ${answer.text}`);
    return person;
  }

  async login(password = this.password, headers = {}) {
    const answer = await this.server.request('/api/v1/login', {
      method: 'POST',
      headers,
      body: { name: this.name, password },
    });
    if (answer.status === 200) {
      const cookie = answer.headers['set-cookie'].find((one) => one.includes('sahut_session='));
      this.cookie = cookie.split(';')[0];
      this.csrf = secret(answer.json.csrf);
      secret(this.cookie.split('=')[1]);
    }
    return answer;
  }

  request(route, { method = 'GET', headers = {}, body, csrf = this.csrf } = {}) {
    const all = { Cookie: this.cookie, ...headers };
    if (method !== 'GET' && csrf !== undefined && csrf !== null) all['X-Sahut-Csrf'] = csrf;
    return this.server.request(route, { method, headers: all, body });
  }
  get(route) {
    return this.request(route);
  }
  post(route, body = {}, options = {}) {
    return this.request(route, { method: 'POST', body, ...options });
  }
  put(route, body, headers) {
    return this.request(route, { method: 'PUT', body, headers });
  }

  listen({ last_id } = {}) {
    return Events.open(`${this.server.url}/api/v1/events`, { headers: { Cookie: this.cookie }, last_id });
  }

  async queue(name) {
    const answer = await this.get(`/api/v1/conversations?queue=${name}&limit=200`);
    assert.equal(answer.status, 200, answer.text);
    return answer.json.items;
  }
}

/**
 * The small city with these people signed in, and a server: [['sari', 'agent', 'disdukcapil'], …] gives
 * { server, accounts: { sari: {name, password, role, office} }, people: { sari: Person } }.
 */
export async function city_with(staff, config) {
  const folder = new_folder();
  await fill(folder);
  const accounts = {};
  for (const [name, role, office] of staff) accounts[name] = await add_user(folder, name, role, office);
  const server = await Server.start({ folder, config });
  const people = {};
  for (const account of Object.values(accounts)) people[account.name] = await Person.sign_in(server, account);
  return { server, accounts, people };
}

/** Somebody on the web who waits for an officer of disdukcapil, such as `officer`; with the conversation's id and case. */
export async function waiting_resident(server, officer) {
  const resident = await WebResident.begin(server);
  await resident.say('ktp hilang gimana');
  await resident.say('saya mau bicara dengan petugas');
  const state = await resident_state(resident, 'waiting');
  const found = (await officer.queue('unclaimed')).find((one) => one.case === state.case);
  assert.ok(found, `case ${state.case} is not in the queue of its office`);
  return { resident, id: found.id, number: state.case };
}

/** The chat's state as its page sees it, once it is `wanted`. */
async function resident_state(resident, wanted) {
  const stream = await resident.listen();
  const state = await stream.next((event) => event.event === 'state' && event.json.state === wanted, {
    what: `the chat is ${wanted}`,
  });
  stream.close();
  return state.json;
}
