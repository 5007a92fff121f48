// Two simulated phones on one page, for the first five minutes with Sahut.
import { demoTexts } from '../texts/demo';
import { applyLanguage, chooseLanguage, chosenLanguage, languageOfPage } from '../texts/language';
import { kinds, listen, type Kind } from './line';
import { Phone } from './phone';

const connection = document.querySelector<HTMLElement>('#connection');
const phones = Object.fromEntries(kinds.map((kind) => [kind, new Phone(kind)])) as Record<Kind, Phone>;

function speak(): void {
  const words = demoTexts[languageOfPage()];
  const texts: Partial<Record<string, unknown>> = words;
  document.title = words.title;
  for (const place of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = texts[place.dataset['text'] ?? ''];
    if (typeof text === 'string') place.textContent = text;
  }
  document.querySelector('[data-label]')?.setAttribute('aria-label', words.pages);
  const other = document.querySelector<HTMLElement>('#language');
  if (other !== null) other.lang = languageOfPage() === 'id' ? 'en' : 'id';
  for (const kind of kinds) phones[kind].speak();
}

applyLanguage(chosenLanguage());
document.addEventListener('sahut:language', speak);
document.querySelector('#language')?.addEventListener('click', () => chooseLanguage(languageOfPage() === 'id' ? 'en' : 'id'));
document.querySelector('#phones')?.append(...kinds.map((kind) => phones[kind].root));
speak();
listen({
  bubble: (bubble) => phones[bubble.phone].bubble(bubble),
  mark: (mark) => phones[mark.phone].mark(mark),
  reset: () => kinds.forEach((kind) => phones[kind].reset()),
  connected: (yes) => {
    if (connection !== null) connection.textContent = yes ? '' : demoTexts[languageOfPage()].lost;
  },
});
