// Other people's clients of the same two services. Each sends a content in its own way to a strict peer of ours; what
// arrived there is what it would have sent to Meta or Telegram. They also refuse by themselves what their authors know
// to be refused: kapso by its schemas, whatsapp-api-js by its constructors.

import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { Api, InlineKeyboard } from 'grammy';
import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionList,
  Body,
  Button,
  Interactive,
  Language,
  ListSection,
  Row,
  Template,
  Text,
} from 'whatsapp-api-js/messages';

/** The body that arrives at `peer` while `send` runs. */
async function arriving_at(peer, send) {
  const before = peer.calls.length;
  await send();
  if (peer.calls.length !== before + 1) throw new Error(`${peer.calls.length - before} calls instead of one`);
  return peer.calls[before].body;
}

/** @kapso/whatsapp-cloud-api. A content is { to or recipient, quoted, correlation, text, choices, button, … }. */
export function kapso(peer) {
  const phoneNumberId = peer.phone_number_id;
  const base = new URL(peer.api_base);
  const client = new WhatsAppClient({
    accessToken: peer.access_token,
    baseUrl: base.origin,
    graphVersion: base.pathname.slice(1),
  });
  const envelope = ({ to, recipient, quoted, correlation }) => ({
    phoneNumberId,
    ...(to ? { to } : { recipient }),
    contextMessageId: quoted,
    bizOpaqueCallbackData: correlation,
  });
  const sends = (call) => (content) => arriving_at(peer, () => call(content));
  return {
    name: 'kapso',
    text: sends((content) => client.messages.sendText({ ...envelope(content), body: content.text, previewUrl: false })),
    buttons: sends((content) =>
      client.messages.sendInteractiveButtons({
        ...envelope(content),
        bodyText: content.text,
        buttons: content.choices.map(({ id, title }) => ({ id, title })),
      }),
    ),
    list: sends((content) =>
      client.messages.sendInteractiveList({
        ...envelope(content),
        bodyText: content.text,
        buttonText: content.button,
        sections: [{ rows: content.choices }],
      }),
    ),
    template: sends((content) =>
      client.messages.sendTemplate({
        ...envelope(content),
        template: { name: content.template, language: { code: content.language } },
      }),
    ),
    read: sends(({ message }) => client.messages.markRead({ phoneNumberId, messageId: message })),
  };
}

/** whatsapp-api-js. It knows Meta's address only: its fetch is led to the peer. */
export function whatsapp_api_js(peer) {
  const base = new URL(peer.api_base);
  const led_to_the_peer = (url, options) =>
    fetch(String(url).replace('https://graph.facebook.com', base.origin), options);
  const api = new WhatsAppAPI({
    token: peer.access_token,
    secure: false,
    v: base.pathname.slice(1),
    ponyfill: { fetch: led_to_the_peer },
  });
  const sends = (message_of) => (content) =>
    arriving_at(peer, () => {
      const whom = content.to ? { phone: content.to } : { bsuid: content.recipient };
      return api.sendMessage(peer.phone_number_id, whom, message_of(content), content.quoted, content.correlation);
    });
  const rows = (choices) => choices.map(({ id, title, description }) => new Row(id, title, description));
  return {
    name: 'whatsapp-api-js',
    text: sends(({ text }) => new Text(text, false)),
    buttons: sends(
      ({ text, choices }) =>
        new Interactive(new ActionButtons(...choices.map(({ id, title }) => new Button(id, title))), new Body(text)),
    ),
    list: sends(
      ({ text, button, choices }) =>
        new Interactive(new ActionList(button, new ListSection(undefined, ...rows(choices))), new Body(text)),
    ),
    template: sends(({ template, language }) => new Template(template, new Language(language))),
    read: ({ message }) => arriving_at(peer, () => api.markAsRead(peer.phone_number_id, message)),
  };
}

/** grammY's typed calls. A content is { chat, text, quoted, choices, query }. */
export function grammy(peer) {
  const api = new Api(peer.bot_token, { apiRoot: peer.api_base });
  const send = ({ chat, text, quoted, choices }) =>
    api.sendMessage(chat, text, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: quoted, allow_sending_without_reply: true },
      ...(choices
        ? { reply_markup: InlineKeyboard.from(choices.map(({ id, title }) => [InlineKeyboard.text(title, id)])) }
        : {}),
    });
  return {
    name: 'grammy',
    text: (content) => arriving_at(peer, () => send(content)),
    keyboard: (content) => arriving_at(peer, () => send(content)),
    acknowledge: ({ query }) => arriving_at(peer, () => api.answerCallbackQuery(query)),
  };
}
