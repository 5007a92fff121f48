// Meta's side of files (developers.facebook.com: business-phone-numbers/media): asked for by id, fetched by an address with
// the same token, uploaded as a form.

import { read_form } from './files.mjs';
import { refusal } from './graph_peer.mjs';

export class GraphFiles {
  constructor(peer) {
    this.peer = peer;
    this.held = new Map(); // id → { bytes, mime_type, url? }
    this.uploaded = []; // { id, type, filename, bytes }
    this.fetched = []; // paths, in order
    this.fault = () => undefined; // of a path: { status, body?, headers? } or { hang }
  }

  /** Answers what is about files; gives false for anything else. */
  answer(incoming, bytes, reply) {
    const url = new URL(incoming.url, 'http://graph');
    const [, version, object, edge] = url.pathname.split('/');
    const is_id = incoming.method === 'GET' && /^v\d+\.0$/.test(version) && edge === undefined && /^file-/.test(object);
    const is_upload = incoming.method === 'POST' && edge === 'media' && object === this.peer.phone_number_id;
    if (!is_id && !is_upload && version !== 'dl') return false;
    this.fetched.push(url.pathname);
    const fault = this.fault(url.pathname) ?? {};
    if (fault.hang) return true;
    if (fault.status) return (reply(fault.status, fault.body ?? '', fault.headers), true);
    if (incoming.headers.authorization !== `Bearer ${this.peer.access_token}`) {
      this.peer.violations.push(`${url.pathname} without the access token`);
      return (reply(401, refusal(190, 'Invalid OAuth access token')), true);
    }
    if (is_upload) return (this.#take(incoming, bytes, reply), true);
    const id = object;
    const file = this.held.get(id);
    if (!file) return (reply(is_id ? 400 : 404, refusal(100, 'Unsupported get request')), true);
    if (!is_id) return (reply(200, file.bytes, { 'Content-Type': file.mime_type }), true);
    const address = file.url ?? `${this.peer.api_base.replace(/\/v.*$/, '')}/dl/${id}`;
    reply(200, {
      messaging_product: 'whatsapp',
      url: address,
      mime_type: file.mime_type,
      file_size: String(file.bytes.length),
      id,
    });
    return true;
  }

  #take(incoming, bytes, reply) {
    try {
      const { messaging_product, type, file } = read_form(incoming.headers, bytes);
      if (messaging_product?.text !== 'whatsapp' || !type?.text || !file?.bytes || file.type !== type.text)
        throw new Error('messaging_product, type or file');
      const id = `up-${this.uploaded.length + 1}`;
      this.uploaded.push({ id, type: type.text, filename: file.filename, bytes: file.bytes });
      reply(200, { id });
    } catch (error) {
      this.peer.violations.push(`an upload that Meta would refuse: ${error.message}`);
      reply(400, refusal(100, error.message));
    }
  }
}
