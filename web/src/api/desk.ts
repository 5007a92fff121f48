// The routes of the desk.
import { request, withQuery } from './request';
import type {
  Conversation, ConversationPage, ConversationWithMessages, Message, Office, Outcome, Queue, Said,
} from './types';

const root = '/api/v1/conversations';
const at = (conversation: Conversation['id'], act: string) => `${root}/${encodeURIComponent(conversation)}${act}`;

export const listConversations = (queue: Queue, search: string, cursor: string) =>
  request<ConversationPage>('GET', withQuery(root, { queue, search, cursor, limit: '50' }));
export const getConversation = (id: string) => request<ConversationWithMessages>('GET', at(id, ''));
export const claim = (id: string) => request<ConversationWithMessages>('POST', at(id, '/claim'));
/** `park`: where the channel takes no reply now, keep it until the resident writes. */
export const reply = (id: string, said: Said, client_id: string, park: boolean) =>
  request<Message>('POST', at(id, '/reply'), { body: { ...said, client_id, ...(park ? { park } : {}) } });
export const typing = (id: string) => request<void>('POST', at(id, '/typing'));
export const note = (id: string, text: string) => request<Message>('POST', at(id, '/note'), { body: { text } });
export const transfer = (id: string, office: string, reason: string) =>
  request<ConversationWithMessages>('POST', at(id, '/transfer'), { body: { office, reason } });
export const release = (id: string) => request<ConversationWithMessages>('POST', at(id, '/release'));
export const resolve = (id: string, outcome: Outcome) =>
  request<ConversationWithMessages>('POST', at(id, '/resolve'), { body: { outcome } });
export const listOffices = () => request<{ items: Office[] }>('GET', '/api/v1/offices');
