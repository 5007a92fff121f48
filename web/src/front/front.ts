// The front door's only script: it changes the language of the words in the page.
import { applyLanguage, chooseLanguage, chosenLanguage, languageOfPage, type Language } from '../texts/language';
import { frontTexts } from '../texts/front';

function show(language: Language): void {
  const words: Record<string, string> = frontTexts[language];
  document.title = words['title'] ?? document.title;
  for (const place of document.querySelectorAll<HTMLElement>('[data-text]')) {
    place.textContent = words[place.dataset['text'] ?? ''] ?? place.textContent;
  }
  const other = document.querySelector<HTMLElement>('#language');
  if (other !== null) other.lang = language === 'id' ? 'en' : 'id';
}

document.addEventListener('sahut:language', () => show(languageOfPage()));
document.querySelector('#language')?.addEventListener('click', () => {
  chooseLanguage(languageOfPage() === 'id' ? 'en' : 'id');
});
applyLanguage(chosenLanguage());
