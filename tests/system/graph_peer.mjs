// Meta's side of sending, strict: every body is held against the documented limits of the Cloud API
// (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages), every accepted one gets an id of its own.

import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { GraphFiles } from './graph_files.mjs';

const length = (text) => [...String(text)].length;

/** What Meta would refuse in this body; an empty list if nothing. */
export function faults_of(body) {
  const faults = [];
  const need = (good, what) => {
    if (!good) faults.push(what);
  };
  const text_between = (value, least, most, what) =>
    need(
      typeof value === 'string' && length(value) >= least && length(value) <= most,
      `${what} has ${length(value ?? '')} characters, not ${least}–${most}`,
    );
  const known = (object, keys, where) => {
    for (const key of Object.keys(object ?? {})) need(keys.includes(key), `${where} has the unknown member ${key}`);
  };

  known(
    body,
    [
      'messaging_product',
      'recipient_type',
      'to',
      'recipient',
      'type',
      'context',
      'biz_opaque_callback_data',
      'text',
      'interactive',
      'status',
      'message_id',
      'typing_indicator',
      'template',
      'image',
      'document',
      'location',
    ],
    'the body',
  );
  need(body.messaging_product === 'whatsapp', 'messaging_product is not whatsapp');
  if (body.status !== undefined) {
    need(body.status === 'read' && typeof body.message_id === 'string', 'a read mark needs status read and message_id');
    if (body.typing_indicator) need(body.typing_indicator.type === 'text', 'typing_indicator.type');
    return faults;
  }
  need((body.to === undefined) !== (body.recipient === undefined), 'exactly one of to and recipient');
  if (body.to !== undefined) need(/^\+?[1-9]\d{5,14}$/.test(body.to), `to is no number`);
  if (body.recipient !== undefined)
    need(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(body.recipient), 'recipient is no user id');
  if (body.biz_opaque_callback_data !== undefined)
    text_between(body.biz_opaque_callback_data, 1, 512, 'biz_opaque_callback_data');
  if (body.context !== undefined) {
    known(body.context, ['message_id'], 'context');
    text_between(body.context.message_id, 1, 512, 'context.message_id');
  }
  if (body.type === 'text') {
    need(body.interactive === undefined, 'a text carries interactive');
    known(body.text, ['body', 'preview_url'], 'text');
    text_between(body.text?.body, 1, 4096, 'text.body');
  } else if (body.type === 'interactive') {
    need(body.text === undefined, 'an interactive message carries text');
    const { type, body: words, action } = body.interactive ?? {};
    known(body.interactive, ['type', 'header', 'body', 'footer', 'action'], 'interactive');
    text_between(words?.text, 1, 1024, 'interactive.body.text');
    if (body.interactive?.footer) text_between(body.interactive.footer.text, 1, 60, 'interactive.footer.text');
    if (type === 'button') {
      const buttons = action?.buttons ?? [];
      need(buttons.length >= 1 && buttons.length <= 3, `${buttons.length} buttons`);
      for (const button of buttons) {
        need(button.type === 'reply', 'a button is no reply');
        text_between(button.reply?.id, 1, 256, "a button's id");
        text_between(button.reply?.title, 1, 20, "a button's title");
        need(button.reply?.id === button.reply?.id?.trim(), "a button's id has spaces around it");
      }
      need(new Set(buttons.map((one) => one.reply?.id)).size === buttons.length, 'two buttons with one id');
      need(new Set(buttons.map((one) => one.reply?.title)).size === buttons.length, 'two buttons with one title');
    } else if (type === 'list') {
      text_between(action?.button, 1, 20, 'action.button');
      const sections = action?.sections ?? [];
      need(sections.length >= 1 && sections.length <= 10, `${sections.length} sections`);
      if (sections.length > 1) for (const section of sections) text_between(section.title, 1, 24, "a section's title");
      const rows = sections.flatMap((section) => section.rows ?? []);
      need(rows.length >= 1 && rows.length <= 10, `${rows.length} rows`);
      for (const row of rows) {
        known(row, ['id', 'title', 'description'], 'a row');
        text_between(row.id, 1, 200, "a row's id");
        text_between(row.title, 1, 24, "a row's title");
        if (row.description !== undefined) text_between(row.description, 1, 72, "a row's description");
      }
      need(new Set(rows.map((row) => row.id)).size === rows.length, 'two rows with one id');
    } else {
      need(false, `interactive.type ${type} is not used by this product`);
    }
  } else if (body.type === 'template') {
    need(body.text === undefined && body.interactive === undefined, 'a template carries something else');
    known(body.template, ['name', 'language', 'components'], 'template');
    need(/^[a-z0-9_]{1,512}$/.test(body.template?.name ?? ''), 'template.name');
    need(/^[a-z]{2}(_[A-Z]{2})?$/.test(body.template?.language?.code ?? ''), 'template.language.code');
  } else if (body.type === 'image' || body.type === 'document') {
    const file = body[body.type];
    known(file, body.type === 'image' ? ['id', 'caption'] : ['id', 'caption', 'filename'], body.type);
    text_between(file?.id, 1, 64, 'the id of the file');
    if (file?.caption !== undefined) text_between(file.caption, 1, 1024, 'caption');
    if (body.type === 'document') text_between(file?.filename, 1, 240, 'filename');
  } else if (body.type === 'location') {
    known(body.location, ['latitude', 'longitude', 'name', 'address'], 'location');
    need(Math.abs(body.location?.latitude) <= 90 && Math.abs(body.location?.longitude) <= 180, 'location is not on the globe');
  } else {
    need(false, `type ${body.type} is not used by this product`);
  }
  return faults;
}

export const refusal = (code, message, subcode) => ({
  error: {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    ...(subcode ? { error_subcode: subcode } : {}),
    error_data: { messaging_product: 'whatsapp', details: message },
    fbtrace_id: 'A1',
  },
});

export class GraphPeer {
  /**
   * `fault(call)` is asked before each call is accepted and may give
   *   { status, body?, headers? }    that answer, and the message is not taken
   *   { code, message?, status? }    Meta's own form of a refusal
   *   { hang: true }                 no answer at all, and the message is not taken
   *   { drop: 'after' | 'before' }   the line breaks after or before the message was taken
   *   { late_ms }                    the message is taken at once, the answer comes that much later
   */
  static start({ access_token, phone_number_id = '109876543210987', fault = () => undefined }) {
    const peer = new GraphPeer();
    Object.assign(peer, { access_token, phone_number_id, fault });
    peer.calls = []; // every call, in the order of arrival
    peer.accepted = []; // messages taken
    peer.violations = []; // what Meta would have refused
    peer.files = new GraphFiles(peer);
    peer.set_up();
    peer.server = http.createServer((incoming, outgoing) => peer.#receive(incoming, outgoing));
    peer.server.keepAliveTimeout = 60_000;
    return new Promise((resolve) => {
      peer.server.listen(0, '127.0.0.1', () => {
        peer.api_base = `http://127.0.0.1:${peer.server.address().port}/v25.0`;
        resolve(peer);
      });
    });
  }

  /** What Meta knows of the number, the token, the account and the app; a test changes what it likes. */
  set_up() {
    this.waba_id = '220000000000001';
    this.app_id = '778899001122334';
    this.number = {
      id: this.phone_number_id,
      display_phone_number: '+62 542 7000001',
      verified_name: 'Layanan Kota Uji',
      status: 'CONNECTED',
      platform_type: 'CLOUD_API',
      quality_rating: 'GREEN',
      health_status: {
        can_send_message: 'AVAILABLE',
        entities: [{ entity_type: 'WABA', id: this.waba_id, can_send_message: 'AVAILABLE' }],
      },
    };
    this.token = {
      app_id: this.app_id,
      type: 'SYSTEM_USER',
      is_valid: true,
      expires_at: 0,
      scopes: ['whatsapp_business_management', 'whatsapp_business_messaging', 'public_profile'],
    };
    this.callback_url = ''; // of the app
    this.subscribed = []; // ids of apps
    this.expired = false; // the access token
    this.used_version = 'v25.0';
    this.clock_offset_ms = 0;
  }

  /** Questions about the account; gives false if this is none. */
  #about_account(incoming, reply) {
    const url = new URL(incoming.url, 'http://graph');
    const headers = {
      'facebook-api-version': this.used_version,
      Date: new Date(Date.now() + this.clock_offset_ms).toUTCString(),
    };
    const answer = (status, body) => (reply(status, body, headers), true);
    const [, version, object, edge] = url.pathname.split('/');
    const subscriptions = edge === 'subscribed_apps' && ['GET', 'POST'].includes(incoming.method);
    if (incoming.method !== 'GET' && !subscriptions) return false;
    if (!/^v\d+\.0$/.test(version)) return answer(400, refusal(2500, 'Unknown path components'));
    if (Number(version.slice(1, -2)) < 19)
      return answer(400, refusal(2635, 'You are calling a deprecated version of the API'));
    if (incoming.headers.authorization !== `Bearer ${this.access_token}`)
      return answer(401, refusal(190, 'Invalid OAuth access token'));
    if (this.expired) return answer(401, refusal(190, 'Session has expired', 463));
    if (object === 'debug_token') {
      if (url.searchParams.get('input_token') !== this.access_token) return answer(400, refusal(100, 'input_token'));
      return answer(200, { data: this.token });
    }
    const unknown = () => answer(400, refusal(100, `Object with ID '${object}' does not exist`, 33));
    if (edge === undefined && object === this.phone_number_id) {
      if (this.number.error) return answer(400, refusal(this.number.error, 'refused'));
      if (url.searchParams.get('fields') === 'webhook_configuration')
        return answer(200, {
          webhook_configuration: this.callback_url ? { application: this.callback_url } : {},
          id: object,
        });
      const fields = (url.searchParams.get('fields') ?? '').split(',');
      const known = ['display_phone_number', 'verified_name', 'status', 'platform_type', 'quality_rating', 'health_status'];
      const odd = fields.find((field) => !known.includes(field));
      if (odd) return answer(400, refusal(100, `Tried accessing nonexisting field (${odd})`));
      return answer(
        200,
        Object.fromEntries(Object.entries(this.number).filter(([key]) => key === 'id' || fields.includes(key))),
      );
    }
    if (subscriptions && object === this.waba_id) {
      if (incoming.method === 'POST') {
        if (!this.subscribed.includes(this.app_id)) this.subscribed.push(this.app_id);
        return answer(200, { success: true });
      }
      const data = this.subscribed.map((id) => ({ whatsapp_business_api_data: { id, name: 'Sahut', link: '' } }));
      return answer(200, { data });
    }
    return unknown();
  }

  #receive(incoming, outgoing) {
    const parts = [];
    incoming.on('data', (part) => parts.push(part));
    incoming.on('error', () => {});
    outgoing.on('error', () => {});
    incoming.on('end', () => this.#answer(incoming, outgoing, Buffer.concat(parts)));
  }

  #answer(incoming, outgoing, bytes) {
    const text = bytes.toString('utf8');
    const reply = (status, body, headers = {}) => {
      outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    };
    if (this.files.answer(incoming, bytes, reply)) return undefined;
    if (this.#about_account(incoming, reply)) return undefined;
    const call = { at: Date.now(), path: incoming.url, headers: incoming.headers };
    try {
      call.body = JSON.parse(text);
    } catch {
      this.violations.push(`not JSON: ${text.slice(0, 200)}`);
      call.body = {};
    }
    this.calls.push(call);
    if (incoming.method !== 'POST' || incoming.url !== `/v25.0/${this.phone_number_id}/messages`) {
      this.violations.push(`${incoming.method} ${incoming.url} is no call of the messages endpoint`);
      return reply(404, refusal(100, 'Unsupported post request'));
    }
    if (incoming.headers.authorization !== `Bearer ${this.access_token}`) {
      this.violations.push('a call without the access token');
      return reply(401, refusal(190, 'Invalid OAuth access token'));
    }
    const faults = faults_of(call.body);
    if (faults.length > 0) {
      this.violations.push(...faults.map((one) => `${one}: ${text.slice(0, 300)}`));
      return reply(400, refusal(100, faults[0]));
    }
    const fault = this.fault(call) ?? {};
    if (fault.hang) return undefined;
    if (fault.drop === 'before') return incoming.socket.destroy();
    if (fault.code !== undefined)
      return reply(fault.status ?? 400, refusal(fault.code, fault.message ?? 'refused'), fault.headers);
    if (fault.status !== undefined) return reply(fault.status, fault.body ?? '', fault.headers);
    call.id = `wamid.${randomBytes(18).toString('base64')}`;
    call.correlation = call.body.biz_opaque_callback_data;
    call.quoted = call.body.context?.message_id;
    this.accepted.push(call);
    if (fault.drop === 'after') return incoming.socket.destroy();
    if (fault.late_ms) return setTimeout(() => this.#taken(call, reply), fault.late_ms).unref();
    return this.#taken(call, reply);
  }

  #taken(call, reply) {
    if (call.body.status === 'read') return reply(200, { success: true });
    const contact = call.body.to ?? call.body.recipient;
    return reply(200, {
      messaging_product: 'whatsapp',
      contacts: [{ input: contact, wa_id: contact.replace(/^\+/, '') }],
      messages: [{ id: call.id }],
    });
  }

  /** What was sent to one resident, oldest first. */
  to(resident) {
    return this.accepted.filter((call) => call.body.to?.replace(/^\+/, '') === resident.phone);
  }

  stop() {
    this.server.closeAllConnections?.();
    this.server.close();
  }
}

/** The words of a message sent to WhatsApp, whatever its form. */
export const words_of = (call) => call.body.text?.body ?? call.body.interactive?.body?.text ?? '';
/** Its choices as { id, title }. */
export function choices_of(call) {
  const action = call.body.interactive?.action;
  return action?.buttons?.map((one) => one.reply) ?? action?.sections?.flatMap((one) => one.rows) ?? [];
}
