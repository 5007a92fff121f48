// What the bot did, as a word after its name.
const id = {
  answer: 'menjawab',
  clarify: 'bertanya balik',
  fallback: 'tidak paham',
  handoff: 'memanggil petugas',
  source: 'menyebut sumber',
  small_talk: 'membalas sapaan',
  status: 'memberi status kasus',
  acknowledge: 'mengakui terima',
  silence: 'diam',
};

const en: typeof id = {
  answer: 'answered',
  clarify: 'asked back',
  fallback: 'did not understand',
  handoff: 'called a person',
  source: 'told the source',
  small_talk: 'returned a courtesy',
  status: 'told a case’s status',
  acknowledge: 'acknowledged',
  silence: 'kept silent',
};

export const actionTexts = { id, en };
