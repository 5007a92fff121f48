// Small real files, made here: a picture, a voice note as WhatsApp sends them, a document.
import { deflateSync } from 'node:zlib';

const crc_of = (bytes, { polynomial, start, end, reflected }) => {
  let crc = start;
  for (const byte of bytes) {
    crc ^= reflected ? byte : byte << 24;
    for (let bit = 0; bit < 8; bit++) {
      if (reflected) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
      else crc = crc & 0x80000000 ? (crc << 1) ^ polynomial : crc << 1;
    }
  }
  return (crc ^ end) >>> 0;
};

const big_endian = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255));

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const crc = crc_of(named, { polynomial: 0xedb88320, start: 0xffffffff, end: 0xffffffff, reflected: true });
  return Buffer.concat([big_endian(data.length), named, big_endian(crc)]);
}

/** A slope of colours of that size. */
export function png(width, height) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = (255 * x) / width;
      rows[at + 1] = (255 * y) / height;
      if (y % 4 === 0) rows[at + 2] = (x * y) & 127; // busy enough that drawing it smaller makes it smaller
    }
  }
  const head = Buffer.concat([big_endian(width), big_endian(height), Buffer.from([8, 2, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One page of an Ogg stream (RFC 3533); `kind` is 2 for the first and 4 for the last. */
function page(number, kind, samples, packets) {
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = kind;
  head.writeBigUInt64LE(BigInt(samples), 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(number, 18);
  head[26] = packets.length;
  const whole = Buffer.concat([head, Buffer.from(packets.map((packet) => packet.length)), ...packets]);
  whole.writeUInt32LE(crc_of(whole, { polynomial: 0x04c11db7, start: 0, end: 0, reflected: false }), 22);
  return whole;
}

/** `seconds` of silence as Opus in Ogg (RFC 7845). */
export function ogg(seconds) {
  const head = Buffer.from([...Buffer.from('OpusHead'), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.from([5, 0, 0, 0]), Buffer.from('sahut'), Buffer.alloc(4)]);
  const silence = Buffer.from([0xf8, 0xff, 0xfe]); // 20 ms
  const pages = Array.from({ length: seconds }, (_, second) =>
    page(second + 2, second + 1 === seconds ? 4 : 0, (second + 1) * 48_000, Array(50).fill(silence)));
  return Buffer.concat([page(0, 2, 0, [head]), page(1, 0, 0, [tags]), ...pages]);
}

export const pdf = () => Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`);
