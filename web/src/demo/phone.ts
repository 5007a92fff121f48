// One simulated phone: what the resident sees and taps. A messenger's look, our own drawing.
import { element, marked } from '../chat/elements';
import { keepAtEnd } from '../shared/keep_at_end';
import { clock } from '../shared/time';
import { demoTexts, type DemoWords } from '../texts/demo';
import { languageOfPage } from '../texts/language';
import { arrow, list, pin, tickDrawing } from './drawings';
import { newResident, say, type Bubble, type Choice, type Kind, type Mark, type Said } from './line';
import { Ticks, type Tick } from './ticks';

const typing_lasts_ms = 10_000;
/** Not a place of anybody: the middle of the sample city, rounded. */
const example = { latitude: -1.27, longitude: 116.83 };

export class Phone {
  readonly #kind: Kind;
  readonly #log = element('div', { className: 'log', role: 'log', tabIndex: 0 });
  readonly #empty = element('p', { className: 'empty' });
  readonly #status = element('p', { className: 'status', role: 'status' });
  readonly #city = element('strong');
  readonly #anew = element('button', { type: 'button', onclick: () => void this.#beginAnew() });
  readonly #samples = element('div', { className: 'samples', role: 'group' });
  readonly #field = element('input', { maxLength: 4000, autocomplete: 'off', enterKeyHint: 'send' });
  readonly #send = element('button', { className: 'send' }, arrow());
  readonly #locate = element('button', { type: 'button', className: 'locate', onclick: () => this.#sendLocation() }, pin());
  readonly #known = new Set<string>();
  #feet = new Map<string, { foot: HTMLElement; at: string }>();
  #ticks = new Ticks();
  #typing: ReturnType<typeof setTimeout> | undefined;

  readonly root: HTMLElement;

  constructor(kind: Kind) {
    this.#kind = kind;
    const form = element('form', {
      onsubmit: (event) => {
        event.preventDefault();
        const text = this.#field.value.trim();
        this.#field.value = '';
        if (text !== '') this.#say({ text }, text);
      },
    }, this.#locate, this.#field, this.#send);
    const face = element('span', { className: 'face' }, 'K');
    face.setAttribute('aria-hidden', 'true');
    this.root = element('section', { className: `phone ${kind}` },
      element('header', {}, face, element('div', { className: 'who' }, this.#city, this.#status), this.#anew),
      this.#log, this.#samples, form);
    keepAtEnd(this.#log);
    this.#clear();
    this.speak();
  }

  get #words(): DemoWords {
    return demoTexts[languageOfPage()];
  }

  /** Everything the phone says itself, in the language of the page; the chat stays as it was said. */
  speak(): void {
    const words = this.#words;
    this.root.setAttribute('aria-label', words.phones[this.#kind]);
    this.#log.setAttribute('aria-label', `${words.log}, ${words.phones[this.#kind]}`);
    this.#city.textContent = words.city;
    this.#empty.textContent = words.empty;
    this.#anew.textContent = words.newResident;
    this.#samples.setAttribute('aria-label', words.samplesLabel);
    this.#samples.replaceChildren(...words.samples.map((text) =>
      element('button', { type: 'button', lang: 'id', onclick: () => this.#say({ text }, text) }, text)));
    this.#field.placeholder = words.field;
    this.#field.setAttribute('aria-label', words.field);
    this.#send.setAttribute('aria-label', words.send);
    this.#locate.setAttribute('aria-label', words.location);
    this.#showTyping(false);
  }

  bubble(bubble: Bubble): void {
    if (this.#known.has(bubble.id)) return; // replayed after a reconnect
    this.#known.add(bubble.id);
    this.#showTyping(false);
    const shown = element('div', { className: `bubble ${bubble.author}`, lang: 'id' },
      element('p', { className: 'words' }, ...marked(bubble.text)),
      element('p', { className: 'foot' }, clock(bubble.at, 'id')));
    this.#append(element('div', { className: `said ${bubble.author}` }, shown, ...this.#choices(bubble)));
  }

  mark({ id, mark }: Mark): void {
    if (mark === 'typing') {
      this.#showTyping(true);
      return;
    }
    const tick = this.#ticks.marked(id, mark);
    const sent = this.#feet.get(id);
    if (tick !== null && sent !== undefined) this.#showTick(sent.foot, tick, sent.at);
  }

  reset(): void {
    this.#clear();
  }

  #choices(bubble: Bubble): HTMLElement[] {
    if (bubble.choices.length === 0) return [];
    const group = element('div', { className: 'choices', role: 'group', ariaLabel: this.#words.choices, lang: 'id' });
    if (bubble.menu === null) group.append(...bubble.choices.map((choice) => this.#choiceButton(choice, () => undefined)));
    else group.append(element('button', { type: 'button', onclick: () => this.#openMenu(bubble) }, list(), bubble.menu));
    return [group];
  }

  #choiceButton(choice: Choice, before: () => void): HTMLElement {
    const button = element('button', {
      type: 'button',
      onclick: () => {
        before();
        this.#choose(choice, button);
      },
    }, choice.title);
    return button;
  }

  /** WhatsApp shows the tapped title as a message; Telegram only marks the button. */
  #choose(choice: Choice, button: HTMLElement): void {
    if (this.#kind === 'whatsapp') {
      this.#say({ choice }, choice.title);
      return;
    }
    for (const other of button.parentElement?.querySelectorAll('[aria-pressed]') ?? []) other.removeAttribute('aria-pressed');
    button.setAttribute('aria-pressed', 'true');
    void say(this.#kind, { choice }).then((sent) => {
      if (sent === null) button.removeAttribute('aria-pressed');
    });
  }

  #openMenu(bubble: Bubble): void {
    const sheet = element('dialog', { className: 'sheet', lang: 'id', onclose: () => sheet.remove() });
    const close = () => sheet.close();
    sheet.append(
      element('h2', {}, bubble.menu ?? ''),
      ...bubble.choices.map((choice) => this.#choiceButton(choice, close)),
      element('button', { type: 'button', className: 'close', lang: languageOfPage(), onclick: close }, this.#words.close));
    sheet.setAttribute('aria-label', bubble.menu ?? '');
    this.root.append(sheet);
    sheet.showModal();
  }

  #sendLocation(): void {
    this.#say({ location: example }, `${this.#words.sharedLocation} ${example.latitude}, ${example.longitude}`);
  }

  #say(said: Said, shown: string): void {
    const foot = element('p', { className: 'foot' });
    const bubble = element('div', { className: 'bubble resident', lang: 'id' }, element('p', { className: 'words' }, shown), foot);
    this.#append(element('div', { className: 'said resident' }, bubble));
    void this.#deliver(said, foot);
  }

  async #deliver(said: Said, foot: HTMLElement): Promise<void> {
    this.#showTick(foot, 'sending');
    const sent = await say(this.#kind, said);
    if (sent === null) {
      this.#showTick(foot, 'failed');
      foot.append(element('button', { type: 'button', onclick: () => void this.#deliver(said, foot) }, this.#words.retry));
      return;
    }
    this.#feet.set(sent.id, { foot, at: sent.at });
    this.#showTick(foot, this.#ticks.accepted(sent.id), sent.at);
  }

  #showTick(foot: HTMLElement, tick: Tick, at = ''): void {
    const said = element('span', { className: 'visually-hidden' }, this.#words.marks[tick]);
    foot.replaceChildren(...(tick === 'failed' ? [this.#words.marks.failed] : [at === '' ? '' : clock(at, 'id'), said]), tickDrawing(tick));
  }

  #showTyping(active: boolean): void {
    clearTimeout(this.#typing);
    this.#status.textContent = active ? this.#words.typing : this.#words.online;
    if (active) this.#typing = setTimeout(() => this.#showTyping(false), typing_lasts_ms);
  }

  async #beginAnew(): Promise<void> {
    this.#anew.disabled = true;
    if (await newResident(this.#kind)) this.#clear();
    this.#anew.disabled = false;
    this.#field.focus();
  }

  #clear(): void {
    this.#known.clear();
    this.#feet = new Map();
    this.#ticks = new Ticks();
    this.#log.replaceChildren(this.#empty);
    this.#showTyping(false);
  }

  #append(said: HTMLElement): void {
    this.#empty.remove();
    this.#log.append(said);
    // a long answer is read from its beginning
    const long = said.offsetHeight > this.#log.clientHeight;
    this.#log.scrollTop = long ? said.offsetTop - this.#log.offsetTop : this.#log.scrollHeight;
  }
}
