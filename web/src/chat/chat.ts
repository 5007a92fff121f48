// The page around the chat: its language, and a question that came with the link (`/chat?q=…`).
import { chatPageTexts } from '../texts/chat_page';
import { applyLanguage, chooseLanguage, chosenLanguage, languageOfPage } from '../texts/language';
import { SahutChat } from './sahut-chat';

const button = document.querySelector<HTMLElement>('#language');
const heading = document.querySelector<HTMLElement>('#heading');

function showLanguage(): void {
  const words = chatPageTexts[languageOfPage()];
  document.title = words.title;
  if (heading !== null) heading.textContent = words.heading;
  if (button === null) return;
  button.textContent = words.language;
  button.lang = languageOfPage() === 'id' ? 'en' : 'id';
}

document.addEventListener('sahut:language', showLanguage);
button?.addEventListener('click', () => chooseLanguage(languageOfPage() === 'id' ? 'en' : 'id'));
applyLanguage(chosenLanguage());

const address = new URL(location.href);
const question = address.searchParams.get('q')?.trim().slice(0, 4000) ?? '';
const chat = document.querySelector('sahut-chat');
if (question !== '' && chat instanceof SahutChat) {
  // Removed first, so that a reload does not ask again.
  address.searchParams.delete('q');
  history.replaceState(null, '', address);
  chat.say(question);
}
