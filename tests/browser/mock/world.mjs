// What the mock knows: people, conversations in the states that are hard to reach, channels well and unwell.
import { ogg, pdf, png } from '../sample_files.mjs';

export const accounts = [
  { name: 'petugas', password: 'rahasia', role: 'agent', office: 'disdukcapil' },
  { name: 'editor', password: 'rahasia', role: 'editor', office: null },
];

const minute = 60_000;

/** RFC 3339 with the city's offset, `minutes` from now. */
export function at(minutes) {
  return `${new Date(Date.now() + minutes * minute + 8 * 60 * minute).toISOString().slice(0, 19)}+08:00`;
}

let last_id = 100;
export const new_id = () => String(++last_id);

export function message(author, text, more = {}) {
  return {
    id: new_id(), at: at(0), author, agent: author === 'agent' ? 'petugas' : null, text, choices: [], media: null, place: null, delivery: 'delivered',
    parked: false, error: null, client_id: null, receipt: null, ...more,
  };
}

function conversation(name, said, more = {}) {
  const messages = [message('resident', said, { at: at(-40) })];
  return {
    id: new_id(), case: `BPN-2611-${String(last_id).padStart(4, '0')}`, state: 'claimed', office: 'disdukcapil', owner: 'petugas',
    channel: 'whatsapp', contact: { name, address: '+62 812-••••-0001' }, opened_at: at(-60), updated_at: at(-40),
    first_response_due: null, resolution_due: at(300), window_closes_at: at(110), urgent: false, unread: 1,
    last: { author: 'resident', text: said, at: at(-40) }, messages, ...more,
  };
}

/** A file as the interface shows it; `more` says how it fared. */
export const media = (more) => ({ id: new_id(), state: 'stored', type: null, show: 'download', bytes: null, name: null, reason: null, url: null, ...more });

const city_word = (form, standard, more = {}) => ({ form, standard, replaces: null, in_use: true, updated_at: at(-3), updated_by: 'editor', ...more });

const failures = ['too_big', 'gone', 'refused', 'unreadable', 'foreign_host', 'no_space', 'unreachable'];

const channel = (more) => ({
  profile: null, mode: 'webhook', webhook_path: `/webhooks/${more.name}`, webhook_url: `https://sahut.example/webhooks/${more.name}`,
  state: 'ok', detail: null, cure: null, last_received_at: at(-3), last_sent_at: at(-2), last_error: null, waiting: 0,
  oldest_waiting_at: null, dead: 0, link: null, month: null, ...more,
});

export class World {
  conversations = [
    conversation('Bu Ratna', 'ada kebakaran di dekat pasar pak', { urgent: true }),
    conversation('Pak Dedi', 'kapan akta saya jadi?', { first_response_due: at(-12), state: 'waiting', owner: null }),
    conversation('Wulan', 'syarat pindah KK apa saja ya', { first_response_due: at(15), state: 'waiting', owner: null }),
    conversation('Agus', 'berkas saya sudah lengkap belum', { window_closes_at: at(-30) }),
    conversation('Rina', 'terima kasih infonya', { window_closes_at: at(125) }),
  ];

  channels = [
    channel({
      name: 'whatsapp', kind: 'whatsapp', dead: 2, waiting: 4, oldest_waiting_at: at(-6), link: 'https://wa.me/620000000000',
      last_error: { at: at(-20), text: 'Nomor ini sudah tidak memakai WhatsApp (131026).' },
      month: { month: '2026-11', sent: 870, free: 870, paid: 0, allowance: 1000, forecast: 1240 },
    }),
    channel({
      name: 'telegram', kind: 'telegram', mode: 'polling', webhook_path: null, webhook_url: null, state: 'down',
      detail: 'Telegram menolak token bot ini.', cure: 'Ambil token baru dari @BotFather, tulis di konfigurasi, lalu mulai ulang Sahut.',
    }),
    channel({ name: 'cadangan', kind: 'gateway', profile: 'waha', state: 'waiting', last_received_at: null, last_sent_at: null, webhook_url: null }),
    channel({
      name: 'web', kind: 'webchat', mode: 'web', webhook_path: null, webhook_url: null, link: 'https://sahut.example/chat',
      month: null,
    }),
  ];

  dead = {
    whatsapp: [
      { id: 'd1', at: at(-20), contact: { name: 'Sutrisno', address: '+62 813-••••-7712' }, text: 'KK baru bisa diambil besok pagi.', reason: 'Nomor ini sudah tidak memakai WhatsApp.', conversation: '101' },
      { id: 'd2', at: at(-90), contact: { name: '', address: '+62 811-••••-0303' }, text: 'Mohon bawa surat kehilangan.', reason: 'WhatsApp menolak isi pesan ini.', conversation: '102' },
    ],
  };

  /** The city's own words, by form. */
  words = [
    city_word('biaya', 'uang', { in_use: false }),
    city_word('pneumonoultramikroskopiksilikovolkanokon', 'penyakit paru karena debu pabrik semen yang sangat halus sekali di kota ini ya', {}),
    city_word('siring', 'drainase', { replaces: 'talud' }),
  ];

  put_word(form, standard) {
    const word = city_word(form, standard);
    this.words = [...this.words.filter((each) => each.form !== form), word].sort((a, b) => (a.form < b.form ? -1 : 1));
    return word;
  }

  /** What officers brought, by its id; and the conversations in which one was typing, once for each telling. */
  uploads = new Map();
  typed = [];

  /** The bytes and the type behind each address of a file. */
  files = new Map();

  constructor() {
    this.conversations.push(this.#withFiles());
  }

  /** Keeps `bytes` as a file of a conversation. */
  store(conversation, bytes, { type, show, name = null }) {
    const file = media({ type, show, name, bytes: bytes.length });
    file.url = `/api/v1/conversations/${conversation}/media/${file.id}`;
    this.files.set(file.url, { bytes, type });
    return file;
  }

  /** Every kind of file in every state, and places. */
  #withFiles() {
    const made = conversation('Yanti', '', { last: { author: 'resident', text: '[image]', at: at(-2) }, updated_at: at(-2) });
    const picture = this.store(made.id, png(640, 480), { type: 'image/png', show: 'image' });
    const voice = this.store(made.id, ogg(3), { type: 'audio/ogg', show: 'audio' });
    const film = this.store(made.id, Buffer.from(''), { type: 'video/mp4', show: 'video' });
    film.bytes = 4_200_000;
    const letter = this.store(made.id, pdf(), { type: 'application/pdf', show: 'download', name: 'Surat keterangan kehilangan dari kepolisian sektor Balikpapan Selatan nomor 2026-11-0042.pdf' });
    const odd = this.store(made.id, Buffer.from('?'), { type: 'application/octet-stream', show: 'download' });
    const broken = this.store(made.id, Buffer.from('no picture'), { type: 'image/jpeg', show: 'image', name: 'rusak.jpg' });
    const place = { latitude: -1.265412, longitude: 116.831234, name: null, address: null, district: 'Kelurahan Klandasan Ulu, Kecamatan Balikpapan Kota' };
    const from_resident = (more) => message('resident', more.text ?? '', { at: at(-30), ...more });
    made.messages = [
      from_resident({ media: picture, text: 'ini foto jalan yang *rusak* di depan rumah saya pak' }),
      from_resident({ media: voice }),
      from_resident({ media: film }),
      from_resident({ media: letter }),
      from_resident({ media: odd }),
      from_resident({ media: broken }),
      from_resident({ place }),
      from_resident({ media: media({ state: 'waiting' }) }),
      from_resident({ media: media({ state: 'deleted' }) }),
      ...failures.map((reason) => from_resident({ media: media({ state: 'failed', reason }) })),
      from_resident({}),
      message('agent', 'Ini formulirnya, Bu.', { media: letter, delivery: 'read' }),
      message('agent', '', { place: { ...place, name: 'Dinas Pekerjaan Umum', address: 'Jl. Jenderal Sudirman (contoh)' } }),
      message('agent', '', { media: picture, delivery: 'failed', error: 'nomor ini tidak ada di WhatsApp' }),
      from_resident({ media: picture }),
    ];
    return made;
  }

  sessions = new Map();
  chats = new Map();

  find(id) {
    return this.conversations.find((each) => each.id === id);
  }

  /** Reserved for the tests: an emergency in a conversation that was calm. */
  raise(name) {
    const found = this.conversations.find((each) => each.contact.name === name);
    found.urgent = true;
    return found;
  }
}
