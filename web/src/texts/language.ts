// Which language the pages speak: Bahasa Indonesia unless the person chose otherwise. Without a framework, because the
// resident's chat uses it too.
export type Language = 'id' | 'en';

const kept = 'sahut_language';

function isLanguage(word: string | null): word is Language {
  return word === 'id' || word === 'en';
}

/** The choice in the address (`?lang=en`), else the one kept in this browser, else Indonesian. */
export function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  if (isLanguage(asked)) return asked;
  try {
    const before = localStorage.getItem(kept);
    return isLanguage(before) ? before : 'id';
  } catch {
    return 'id'; // storage is forbidden here; the page works all the same
  }
}

/** Keeps the choice and tells the page: the `lang` of the document changes, and `sahut:language` is dispatched on it. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(kept, language);
  } catch {
    // chosen for this page only
  }
  applyLanguage(language);
}

export function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.dispatchEvent(new CustomEvent('sahut:language', { detail: language }));
}

export function languageOfPage(): Language {
  return document.documentElement.lang === 'en' ? 'en' : 'id';
}
