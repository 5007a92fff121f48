// What the resident's chat itself says, on its page and in the widget. What the bot says comes from the server.
type Word = string | null;

/** `word` with what stands before it; nothing where there is no word. */
const after = (before: string, word: Word) => (word ? before + word : '');

const id = {
  log: 'Percakapan',
  welcome: 'Halo! Tulis pertanyaan Anda tentang layanan kota dengan bahasa sehari-hari.',
  privacy: 'Jangan menulis NIK, nomor KK, atau kata sandi. Keadaan darurat: telepon 112.',
  samples: ['ktp saya hilang, gimana ngurusnya?', 'syarat bikin akta kelahiran', 'jam buka kantor kelurahan'],
  samplesLabel: 'Contoh pertanyaan',
  placeholder: 'Tulis pertanyaan…',
  send: 'Kirim',
  person: 'Bicara dengan petugas',
  restart: 'Percakapan baru',
  restartSure: 'Mulai percakapan baru? Yang ini tidak bisa dibuka lagi.',
  sending: 'mengirim…',
  failed: 'Belum terkirim.',
  retry: 'Kirim lagi',
  connecting: 'Menyambung…',
  offline: 'Tidak ada jaringan. Pesan dikirim begitu tersambung lagi.',
  typing: (who: string) => `${who} sedang menulis…`,
  you: 'Anda',
  bot: 'Sahut',
  agent: (name: Word) => (name ? `${name}, petugas` : 'Petugas'),
  picture: 'Foto',
  file: 'Buka berkas',
  fileGone: 'Berkas sudah dihapus.',
  place: (name: Word) => `Lihat${after(' ', name)} di peta`,
  waiting: (office: Word, number: Word) => `Menunggu petugas${after(' ', office)}${after('. Nomor kasus ', number)}.`,
  claimed: (agent: Word, office: Word) => `Anda terhubung dengan ${agent || 'petugas'}${after(', ', office)}.`,
  resolved: (number: Word) => `Kasus${after(' ', number)} selesai. Anda boleh bertanya lagi kapan saja.`,
};

const en: typeof id = {
  log: 'Conversation',
  welcome: 'Hello! Write your question about city services in your own words.',
  privacy: 'Do not write identity numbers or passwords. In an emergency call 112.',
  samples: ['my identity card is lost', 'birth certificate requirements', 'opening hours'],
  samplesLabel: 'For example',
  placeholder: 'Write a question…',
  send: 'Send',
  person: 'Talk to a person',
  restart: 'New conversation',
  restartSure: 'Begin a new conversation? This one cannot be opened again.',
  sending: 'sending…',
  failed: 'Not sent yet.',
  retry: 'Send again',
  connecting: 'Connecting…',
  offline: 'No network. Messages go out as soon as it is back.',
  typing: (who: string) => `${who} is writing…`,
  you: 'You',
  bot: 'Sahut',
  agent: (name: Word) => (name ? `${name}, officer` : 'Officer'),
  picture: 'Photo',
  file: 'Open the file',
  fileGone: 'The file was deleted.',
  place: (name: Word) => `See${after(' ', name)} on a map`,
  waiting: (office: Word, number: Word) => `Waiting for an officer${after(' of ', office)}${after('. Case number ', number)}.`,
  claimed: (agent: Word, office: Word) => `You are connected with ${agent || 'an officer'}${after(', ', office)}.`,
  resolved: (number: Word) => `Case${after(' ', number)} is closed. You may ask again at any time.`,
};

export const chatTexts = { id, en };
