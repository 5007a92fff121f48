// `<sahut-chat>`: the resident's conversation. No framework; a phone loads this one file. It resumes after a reload,
// repeats what was not sent, and says what it is waiting for.
import type { ChatState, ChatTyping, Message } from '../api/types';
import { newClientId } from '../shared/client_id';
import { keepAtEnd } from '../shared/keep_at_end';
import { clock } from '../shared/time';
import { chatTexts } from '../texts/chat';
import { languageOfPage } from '../texts/language';
import { element, marked } from './elements';
import { Line } from './line';
import { Thread, type Bubble } from './thread';

const typing_lasts_ms = 10_000;

export class SahutChat extends HTMLElement {
  #thread = new Thread();
  #shown = new Map<string, HTMLElement>();
  #looks = new WeakMap<HTMLElement, string>();
  #situation: ChatState = { state: 'bot', case: null, office: null, agent: null };
  #typist: ChatTyping['author'] | '' = '';
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  #connected = true;
  #kept: ReturnType<typeof keepAtEnd> | undefined;

  /** The origin of the server, to be set before the element is shown; '' where the page came from it. */
  home = '';

  readonly #line = new Line({
    message: (message) => this.#hear(message),
    typing: (typing) => this.#seeTyping(typing),
    state: (state) => this.#seeState(state),
    connected: (yes) => {
      this.#connected = yes;
      this.#showNow();
      if (yes) this.#sendAgain();
    },
  }, () => this.home);

  readonly #strip = element('p', { role: 'status' });
  readonly #restart = element('button', { type: 'button', className: 'plain', onclick: () => this.#beginAnew() });
  readonly #stripRow = element('div', { className: 'strip' }, this.#strip, this.#restart);
  readonly #welcome = element('div', { className: 'bubble' });
  readonly #log = element('div', { className: 'log', role: 'log', tabIndex: 0 }, this.#welcome);
  readonly #now = element('p', { className: 'now', role: 'status' });
  readonly #person = element('button', {
    type: 'button', className: 'plain person', onclick: () => this.say(this.#words.personText),
  });
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
    this.replaceChildren(this.#stripRow, this.#log, element('div', { className: 'write' }, this.#now, form));
    document.addEventListener('sahut:language', this.#speak);
    addEventListener('online', this.#sendAgain);
    addEventListener('offline', this.#showNow);
    this.#kept = keepAtEnd(this.#log);
    this.#speak();
    this.#line.resume();
  }

  disconnectedCallback(): void {
    document.removeEventListener('sahut:language', this.#speak);
    removeEventListener('online', this.#sendAgain);
    removeEventListener('offline', this.#showNow);
    this.#kept?.destroy();
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
    bubble.sending = 'yes';
    this.#draw();
    const id = await this.#line.send(bubble.choice === '' ? { text: bubble.text } : { choice: bubble.choice }, bubble.key);
    if (id !== null) this.#thread.accepted(bubble.key, id);
    // the event may have confirmed it although the answer was lost
    else if (bubble.id === null) bubble.sending = 'failed';
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
    if (typing.active) {
      this.#typingEnds = setTimeout(() => this.#seeTyping({ ...typing, active: false }), typing_lasts_ms);
    }
    this.#showNow();
  }

  #seeState(state: ChatState): void {
    this.#situation = state;
    this.#showSituation();
  }

  #beginAnew(): void {
    if (!confirm(this.#words.restartSure)) return;
    this.#line.forget();
    this.#thread = new Thread();
    this.#situation = { state: 'bot', case: null, office: null, agent: null };
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
    this.#field.setAttribute('aria-label', words.field);
    this.#field.placeholder = words.placeholder;
    this.#button.textContent = words.send;
    this.#person.textContent = words.person;
    this.#restart.textContent = words.restart;
    const samples = words.samples.map((text) => element('button', { type: 'button', onclick: () => this.say(text) }, text));
    const offered = element('div', { className: 'offers', role: 'group', ariaLabel: words.samplesLabel }, ...samples);
    this.#welcome.replaceChildren(element('p', {}, words.welcome), element('p', { className: 'foot' }, words.privacy), offered);
    this.#shown.forEach((shown) => shown.remove());
    this.#shown.clear();
    this.#draw();
    this.#showNow();
  };

  #showSituation(): void {
    const { state, case: number, office, agent } = this.#situation;
    const words = this.#words;
    if (state === 'waiting') this.#strip.textContent = words.waiting(office ?? '', number ?? '');
    else if (state === 'claimed') this.#strip.textContent = words.claimed(agent ?? '', office ?? '');
    else if (state === 'resolved') this.#strip.textContent = words.resolved(number ?? '');
    else this.#strip.textContent = '';
    this.#stripRow.hidden = this.#thread.bubbles.length === 0;
    this.#person.hidden = state === 'waiting' || state === 'claimed';
  }

  #showNow = (): void => {
    const words = this.#words;
    const trouble = navigator.onLine ? (this.#connected ? '' : words.connecting) : words.offline;
    const typing = this.#typist === '' ? '' : this.#typist === 'bot' ? words.botTyping : words.agentTyping;
    this.#now.textContent = trouble === '' ? typing : trouble;
    this.#now.classList.toggle('trouble', trouble !== '');
  };

  /** Bubbles are kept and changed in place, so that a screen reader hears only what is new. */
  #draw(): void {
    const keys = new Set(this.#thread.bubbles.map((bubble) => bubble.key));
    for (const [key, shown] of this.#shown) {
      if (!keys.has(key)) {
        shown.remove();
        this.#shown.delete(key);
      }
    }
    let newest: HTMLElement | null = null;
    for (const bubble of this.#thread.bubbles) {
      const before = this.#shown.get(bubble.key);
      const shown = before ?? this.#log.appendChild(element('div'));
      this.#shown.set(bubble.key, shown);
      this.#fill(shown, bubble);
      if (before === undefined) newest = shown;
    }
    this.#showSituation();
    if (newest === null) this.#kept?.follow();
    else this.#bringIntoView(newest);
  }

  #fill(shown: HTMLElement, bubble: Bubble): void {
    const words = this.#words;
    const offers = this.#thread.offers(bubble);
    const looks = JSON.stringify([bubble, offers]);
    if (this.#looks.get(shown) === looks) return;
    this.#looks.set(shown, looks);
    shown.className = `bubble ${bubble.author}${bubble.sending === 'failed' ? ' unsent' : ''}`;
    const who = { resident: words.you, bot: words.bot, agent: words.agent(bubble.agent), system: '', note: '' }[bubble.author];
    const time = clock(bubble.at, languageOfPage());
    const foot = bubble.sending === 'yes' ? words.sending : bubble.sending === 'failed' ? words.failed : time;
    const children: Node[] = [
      element('p', { className: 'foot' }, who),
      element('p', { className: 'words' }, ...marked(bubble.text)),
      element('p', { className: 'foot' }, foot),
    ];
    if (bubble.sending === 'failed') {
      children.push(element('button', { type: 'button', onclick: () => void this.#send(bubble) }, words.retry));
    }
    if (offers) {
      const buttons = bubble.choices.map((choice) =>
        element('button', { type: 'button', onclick: () => this.say(choice.title, choice.value) }, choice.title));
      children.push(element('div', { className: 'offers' }, ...buttons));
    }
    shown.replaceChildren(...children);
  }

  /** A long answer is read from its beginning. */
  #bringIntoView(shown: HTMLElement): void {
    const long = shown.offsetHeight > this.#log.clientHeight;
    this.#log.scrollTop = long ? shown.offsetTop - this.#log.offsetTop - 8 : this.#log.scrollHeight;
  }
}

customElements.define('sahut-chat', SahutChat);
