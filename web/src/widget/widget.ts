// The chat as a button on somebody else's page: <script src="https://CITY/assets/widget.js" async></script>. It talks to the
// server the script came from, lives in a shadow root so that neither page touches the other's look, and sets no cookie.
import { element } from '../chat/elements';
import { SahutChat } from '../chat/sahut-chat';
import { languageOfPage } from '../texts/language';
import { widgetTexts } from '../texts/widget';
import look from './widget.css?inline';

// Must be read at once: it is gone after the script's first run.
const home = new URL((document.currentScript as HTMLScriptElement).src).origin;

function begin(): void {
  const lang = languageOfPage();
  const words = widgetTexts[lang];
  const host = element('div', { lang });
  const open = element('button', { className: 'open', onclick: () => show(true) }, words.open);
  const close = element('button', { className: 'close', onclick: () => show(false) }, words.close);
  const panel = element('section', {
    role: 'dialog', ariaLabel: words.open, hidden: true,
    onkeydown: (event) => {
      if (event.key === 'Escape') show(false);
    },
  }, close);

  function show(shown: boolean): void {
    // The conversation begins with the first look at it, and stays while the panel is closed.
    if (panel.lastChild === close) {
      const chat = new SahutChat();
      chat.home = home;
      panel.append(chat);
    }
    panel.hidden = !shown;
    open.hidden = shown;
    (shown ? panel.querySelector('textarea') : open)?.focus();
  }

  const root = host.attachShadow({ mode: 'open' });
  // not a style element, which a strict policy of the other site would refuse
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  root.adoptedStyleSheets = [sheet];
  root.append(open, panel);
  document.body.append(host);
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
else begin();
