// Files as peers hold and take them: the smallest real ones of each kind, and multipart forms read as a server reads them.

import { deflateSync } from 'node:zlib';

/** CRC-32 of PNG chunks (ISO 3309). */
function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A square of one grey; every grey is another file. */
export function png(grey = 128, side = 8) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  const rows = Buffer.alloc(side * (side + 1), grey);
  for (let row = 0; row < side; row += 1) rows[row * (side + 1)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const pdf = () =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
export const ogg = () => Buffer.concat([Buffer.from('OggS\0\x02', 'latin1'), Buffer.alloc(40, 7)]);
export const jpeg = () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60, 1), Buffer.from([0xff, 0xd9])]);
/** What somebody sends as a picture to run it in the officer's page. */
export const page_with_script = () => Buffer.from('<!doctype html><script>fetch("/api/v1/me")</script>');

/** The parts of a multipart/form-data body: { name: { text } or { filename, type, bytes } }; throws on a broken one. */
export function read_form(headers, bytes) {
  const boundary = /^multipart\/form-data; boundary=([\w-]{1,70})$/.exec(headers['content-type'] ?? '')?.[1];
  if (!boundary) throw new Error(`no form: ${headers['content-type']}`);
  const text = bytes.toString('latin1');
  if (!text.startsWith(`--${boundary}\r\n`) || !text.endsWith(`\r\n--${boundary}--\r\n`)) throw new Error('a form without its ends');
  const parts = {};
  for (const part of text.slice(boundary.length + 4, -(boundary.length + 8)).split(`\r\n--${boundary}\r\n`)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    const name = / name="([^"]*)"/.exec(head)?.[1];
    const filename = / filename="([^"]*)"/.exec(head)?.[1];
    const content = Buffer.from(part.slice(end + 4), 'latin1');
    if (!name || parts[name]) throw new Error(`a part without a name of its own: ${head}`);
    parts[name] =
      filename === undefined
        ? { text: content.toString('utf8') }
        : { filename: Buffer.from(filename, 'latin1').toString('utf8'), type: /Content-Type: (\S+)/.exec(head)?.[1], bytes: content };
  }
  return parts;
}
