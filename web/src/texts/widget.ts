// The widget's own two buttons; the chat inside has its texts in chat.ts.
const id = { open: 'Tanya layanan kota', close: 'Tutup' };
const en: typeof id = { open: 'Ask the city', close: 'Close' };

export const widgetTexts = { id, en };
