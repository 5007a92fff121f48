// The routes of the knowledge editor.
import { request, withQuery } from './request';
import type { AskAnswer, CityWord, CityWordPage, Entry, EntryInput, EntryPage, EntryStatus, Gap, GapPage, Preview, Revision } from './types';

const root = '/api/v1/entries';
const at = (entry: Entry['id'], act: string) => `${root}/${encodeURIComponent(entry)}${act}`;
const gap = (id: Gap['id'], act: string) => `/api/v1/gaps/${encodeURIComponent(id)}${act}`;

export const listEntries = (search: string, status: EntryStatus | '', cursor: string) =>
  request<EntryPage>('GET', withQuery(root, { search, status, cursor, limit: '50' }));
export const getEntry = (id: string) => request<Entry>('GET', at(id, ''));
export const createEntry = (entry: EntryInput) => request<Entry>('POST', root, { body: entry });
/** `revision`: the one that was read; 412 if it is no longer the newest. */
export const updateEntry = (entry: EntryInput, revision: number) =>
  request<Entry>('PUT', at(entry.id, ''), { body: entry, headers: { 'If-Match': `"${revision}"` } });
export const publishEntry = (id: string) => request<Entry>('POST', at(id, '/publish'));
export const archiveEntry = (id: string) => request<Entry>('POST', at(id, '/archive'));
export const restoreEntry = (id: string, revision: number) =>
  request<Entry>('POST', at(id, '/restore'), { body: { revision } });
export const listRevisions = (id: string) => request<{ items: Revision[] }>('GET', at(id, '/revisions'));
export const previewEntry = (entry: EntryInput) => request<Preview>('POST', `${root}/preview`, { body: { entry } });
export const ask = (text: string) => request<AskAnswer>('POST', '/api/v1/ask', { body: { text } });

export const listGaps = (cursor: string) => request<GapPage>('GET', withQuery('/api/v1/gaps', { cursor, limit: '50' }));
export const attachGap = (id: string, entry: string) => request<Entry>('POST', gap(id, '/attach'), { body: { entry } });
export const ignoreGap = (id: string) => request<void>('POST', gap(id, '/ignore'));
export const draftFromGap = (id: string) => request<Entry>('POST', gap(id, '/draft'));

const word = (form: string) => `/api/v1/words/${encodeURIComponent(form)}`;

export const listWords = (search: string, cursor: string) =>
  request<CityWordPage>('GET', withQuery('/api/v1/words', { search, cursor, limit: '50' }));
/** New, or another meaning for a form that is there. */
export const putWord = (form: string, standard: string) => request<CityWord>('PUT', word(form), { body: { standard } });
export const deleteWord = (form: string) => request<void>('DELETE', word(form));
