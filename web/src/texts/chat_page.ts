// The page around the resident's chat.
const id = {
  title: 'Sahut: bertanya',
  language: 'English',
  heading: 'Bertanya kepada layanan kota',
};

const en: typeof id = {
  title: 'Sahut: ask a question',
  language: 'Bahasa Indonesia',
  heading: 'Ask the city’s services',
};

export const chatPageTexts = { id, en };
