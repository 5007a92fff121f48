// What the bot did, as a word after its name.
const id = {
  answer: 'menjawab',
  clarify: 'bertanya balik',
  fallback: 'tidak paham',
  handoff: 'memanggil petugas',
  status: 'memberi status kasus',
  acknowledge: 'mengakui terima',
  silence: 'diam',
};

const en: typeof id = {
  answer: 'answered',
  clarify: 'asked back',
  fallback: 'did not understand',
  handoff: 'called a person',
  status: 'told a case’s status',
  acknowledge: 'acknowledged',
  silence: 'kept silent',
};

export const actionTexts = { id, en };
