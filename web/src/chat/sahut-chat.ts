// `<sahut-chat>`: the resident's conversation. No framework; a phone loads this one file. It resumes after a reload,
// repeats what was not sent, and says what it is waiting for.
import type { ChatState, ChatTyping, Message } from '../api/types';
import { newClientId } from '../shared/client_id';
import { keepAtEnd } from '../shared/keep_at_end';
import { mapLink } from '../shared/map_link';
import { clock } from '../shared/time';
import { chatTexts } from '../texts/chat';
import { languageOfPage } from '../texts/language';
import { button, element, link, marked } from './elements';
import { Line } from './line';
import { Thread, type Bubble } from './thread';

const typing_lasts_ms = 10_000;
const calm: ChatState = { state: 'bot', case: null, office: null, agent: null };

export class SahutChat extends HTMLElement {
  #thread = new Thread();
  #shown = new Map<string, HTMLElement>();
  #looks = new WeakMap<HTMLElement, string>();
  #situation = calm;
  #typist: ChatTyping['author'] | '' = '';
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  #connected = true;
  /** Ends when the element leaves the page. */
  #here: AbortController | undefined;

  /** The origin of the server, to be set before the element is shown; '' where the page came from it. */
  home = '';

  readonly #line = new Line({
    message: (message) => this.#hear(message),
    typing: (typing) => this.#seeTyping(typing),
    state: (state) => {
      this.#situation = state;
      this.#showSituation();
    },
    connected: (yes) => {
      this.#connected = yes;
      this.#showNow();
      if (yes) this.#sendAgain();
    },
  }, () => this.home);

  readonly #strip = element('p', { role: 'status' });
  readonly #restart = button('', () => this.#beginAnew(), 'plain');
  readonly #stripRow = element('div', { className: 'strip' }, this.#strip, this.#restart);
  readonly #welcome = element('div', { className: 'bubble' });
  readonly #log = element('div', { className: 'log', role: 'log', tabIndex: 0 }, this.#welcome);
  readonly #atEnd = keepAtEnd(this.#log);
  readonly #now = element('p', { role: 'status' });
  readonly #person = button('', () => this.say(this.#words.person), 'plain person');
  readonly #field = element('textarea', {
    rows: 1, maxLength: 4000, enterKeyHint: 'send',
    oninput: () => this.#growField(),
    onkeydown: (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    },
  });
  readonly #button = element('button', { className: 'send' });

  get #words() {
    return chatTexts[languageOfPage()];
  }

  connectedCallback(): void {
    const form = element('form', {
      onsubmit: (event) => {
        event.preventDefault();
        this.#submit();
      },
    }, this.#person, this.#field, this.#button);
    this.replaceChildren(this.#stripRow, this.#log, element('div', {}, this.#now, form));
    this.#here = new AbortController(); // it has the member `signal`, which a listener's options want
    document.addEventListener('sahut:language', this.#speak, this.#here);
    addEventListener('online', this.#sendAgain, this.#here);
    addEventListener('offline', this.#showNow, this.#here);
    this.#speak();
    this.#line.resume();
  }

  disconnectedCallback(): void {
    this.#here?.abort();
    this.#line.close();
  }

  /** Says `text` as the resident; `choice` is the value of a tapped choice with that title. */
  say(text: string, choice = ''): void {
    const bubble = this.#thread.begin(newClientId(), text, choice);
    this.#draw();
    void this.#send(bubble);
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '') return;
    this.#field.value = '';
    this.#growField();
    this.#field.focus();
    this.say(text);
  }

  async #send(bubble: Bubble): Promise<void> {
    bubble.sending = 'sending';
    this.#draw();
    const id = await this.#line.send(bubble.choice === '' ? { text: bubble.text } : { choice: bubble.choice }, bubble.key);
    if (id !== null) this.#thread.accepted(bubble.key, id);
    // the event may have confirmed it although the answer was lost
    else if (bubble.id === null) bubble.sending = 'unsent';
    this.#draw();
  }

  #sendAgain = (): void => {
    this.#showNow();
    for (const bubble of this.#thread.unsent()) void this.#send(bubble);
  };

  #hear(message: Message): void {
    this.#thread.received(message);
    if (message.author !== 'resident') this.#typist = '';
    this.#showNow();
    this.#draw();
  }

  #seeTyping(typing: ChatTyping): void {
    clearTimeout(this.#typingEnds);
    this.#typist = typing.active ? typing.author : '';
    if (typing.active) this.#typingEnds = setTimeout(() => this.#seeTyping({ ...typing, active: false }), typing_lasts_ms);
    this.#showNow();
  }

  #beginAnew(): void {
    if (!confirm(this.#words.restartSure)) return;
    this.#line.forget();
    this.#thread = new Thread();
    this.#situation = calm;
    this.#connected = true;
    this.#draw();
    this.#showNow();
    this.#field.focus();
  }

  #growField(): void {
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }

  /** Everything this element says itself, in the language of the page. */
  #speak = (): void => {
    const words = this.#words;
    this.#log.setAttribute('aria-label', words.log);
    this.#field.setAttribute('aria-label', (this.#field.placeholder = words.placeholder));
    this.#button.textContent = words.send;
    this.#person.textContent = words.person;
    this.#restart.textContent = words.restart;
    const samples = words.samples.map((text) => button(text, () => this.say(text)));
    const offered = element('div', { className: 'offers', role: 'group', ariaLabel: words.samplesLabel }, ...samples);
    this.#welcome.replaceChildren(element('p', {}, words.welcome), element('p', { className: 'foot' }, words.privacy), offered);
    this.#looks = new WeakMap();
    this.#draw();
    this.#showNow();
  };

  #showSituation(): void {
    const { state, case: number, office, agent } = this.#situation;
    const words = this.#words;
    this.#strip.textContent = {
      bot: '',
      waiting: words.waiting(office, number),
      claimed: words.claimed(agent, office),
      resolved: words.resolved(number),
    }[state];
    this.#stripRow.hidden = this.#thread.bubbles.length === 0;
    this.#person.hidden = state === 'waiting' || state === 'claimed';
  }

  #showNow = (): void => {
    const words = this.#words;
    const trouble = !navigator.onLine ? words.offline : this.#connected ? '' : words.connecting;
    this.#now.textContent = trouble || (this.#typist && words.typing(this.#typist === 'bot' ? words.bot : words.agent(null)));
    this.#now.className = trouble ? 'now trouble' : 'now';
  };

  /** Bubbles are kept and changed in place, so that a screen reader hears only what is new. */
  #draw(): void {
    for (const [key, shown] of this.#shown) {
      if (!this.#thread.bubbles.some((bubble) => bubble.key === key)) {
        shown.remove();
        this.#shown.delete(key);
      }
    }
    let newest: HTMLElement | null = null;
    for (const bubble of this.#thread.bubbles) {
      let shown = this.#shown.get(bubble.key);
      if (shown === undefined) this.#shown.set(bubble.key, (shown = newest = this.#log.appendChild(element('div'))));
      this.#fill(shown, bubble);
    }
    this.#showSituation();
    if (newest) this.#bringIntoView(newest);
    else this.#atEnd.follow();
  }

  #fill(shown: HTMLElement, bubble: Bubble): void {
    const words = this.#words;
    const offers = this.#thread.offers(bubble);
    const looks = JSON.stringify([bubble, offers]);
    if (this.#looks.get(shown) === looks) return;
    this.#looks.set(shown, looks);
    shown.className = `bubble ${bubble.author} ${bubble.sending}`;
    const who = { resident: words.you, bot: words.bot, agent: words.agent(bubble.agent), system: '', note: '' }[bubble.author];
    const foot = { stored: clock(bubble.at, languageOfPage()), sending: words.sending, unsent: words.failed }[bubble.sending];
    const children = [
      element('p', { className: 'foot' }, who),
      this.#carried(bubble),
      element('p', { className: 'words' }, ...marked(bubble.text)),
      element('p', { className: 'foot' }, foot),
    ];
    if (bubble.sending === 'unsent') children.push(button(words.retry, () => void this.#send(bubble)));
    if (offers) {
      const buttons = bubble.choices.map(({ title, value }) => button(title, () => this.say(title, value)));
      children.push(element('div', { className: 'offers' }, ...buttons));
    }
    shown.replaceChildren(...children);
  }

  /** The file or the place that came with the words. */
  #carried({ media, place }: Bubble): Node | string {
    const words = this.#words;
    if (place) return link(mapLink(place.latitude, place.longitude), words.place(place.name));
    if (!media?.url) return media ? words.fileGone : '';
    const src = this.#line.address(media.url);
    return link(src, media.show === 'image' ? element('img', { src, alt: words.picture }) : media.name ?? words.file);
  }

  /** A long answer is read from its beginning. */
  #bringIntoView(shown: HTMLElement): void {
    const long = shown.offsetHeight > this.#log.clientHeight;
    this.#log.scrollTop = long ? shown.offsetTop - this.#log.offsetTop - 8 : this.#log.scrollHeight;
  }
}

customElements.define('sahut-chat', SahutChat);
