// The language of the page as a reactive value for the components.
import { applyLanguage, chooseLanguage, chosenLanguage, type Language } from './language';

export const spoken = $state<{ language: Language }>({ language: 'id' });

/** Once per page, before it is mounted. */
export function beginSpeaking(): void {
  spoken.language = chosenLanguage();
  applyLanguage(spoken.language);
}

export function speak(language: Language): void {
  spoken.language = language;
  chooseLanguage(language);
}

/** Both languages of one subject; `en` must have all that `id` has. */
export interface Catalogue<Texts> {
  id: Texts;
  en: Texts;
}
