// An entry as a person edits it: lists are lines of text, everything is there. Pure: what is read and what is sent are
// rows of a test.
import type { Entry, EntryInput } from '../api/types';

export const facetNames = ['requirements', 'procedure', 'duration', 'fee', 'place', 'hours', 'complaints'] as const;
export type FacetName = (typeof facetNames)[number];

export interface Form {
  id: string;
  office: string;
  category: string;
  title: string;
  examples: string;
  keywords: string;
  rules: string;
  answerId: string;
  answerEn: string;
  facets: Record<FacetName, string>;
  legal_basis: string;
  source: string;
  valid_from: string;
  valid_until: string;
  review_by: string;
  handoff: 'never' | 'offer' | 'always';
  related: string;
}

export const longest_answer = 3000; // characters: one message of every channel
export const longest_title_bytes = 80;
const longest_id = 48;

const noFacets = (): Record<FacetName, string> => ({
  requirements: '', procedure: '', duration: '', fee: '', place: '', hours: '', complaints: '',
});

export function emptyForm(): Form {
  return {
    id: '', office: '', category: '', title: '', examples: '', keywords: '', rules: '', answerId: '', answerEn: '',
    facets: noFacets(), legal_basis: '', source: '', valid_from: '', valid_until: '', review_by: '', handoff: 'offer', related: '',
  };
}

export function formOf(entry: EntryInput | Entry): Form {
  return {
    id: entry.id,
    office: entry.office,
    category: entry.category ?? '',
    title: entry.title,
    examples: (entry.examples ?? []).join('\n'),
    keywords: (entry.keywords ?? []).join('\n'),
    rules: (entry.rules ?? []).join('\n'),
    answerId: entry.answer.id,
    answerEn: entry.answer.en ?? '',
    facets: { ...noFacets(), ...entry.facets },
    legal_basis: entry.legal_basis ?? '',
    source: entry.source ?? '',
    valid_from: entry.valid_from ?? '',
    valid_until: entry.valid_until ?? '',
    review_by: entry.review_by ?? '',
    handoff: entry.handoff ?? 'offer',
    related: (entry.related ?? []).join('\n'),
  };
}

/** The lines that say something, each once, in their order. */
export function lines(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
}

/** What is sent: only what the knowledge file has, because unknown fields are refused. */
export function entryOf(form: Form): EntryInput {
  const facets = Object.fromEntries(
    facetNames.map((name) => [name, form.facets[name].trim()] as const).filter(([, text]) => text !== ''),
  );
  const english = form.answerEn.trim();
  return {
    id: form.id.trim(),
    office: form.office,
    category: form.category.trim(),
    title: form.title.trim(),
    examples: lines(form.examples),
    keywords: lines(form.keywords),
    rules: lines(form.rules),
    answer: english === '' ? { id: form.answerId.trim() } : { id: form.answerId.trim(), en: english },
    facets,
    legal_basis: form.legal_basis.trim(),
    source: form.source.trim(),
    valid_from: form.valid_from === '' ? null : form.valid_from,
    valid_until: form.valid_until === '' ? null : form.valid_until,
    review_by: form.review_by === '' ? null : form.review_by,
    handoff: form.handoff,
    related: lines(form.related),
  };
}

/** "Membuat KTP-el baru" → "membuat-ktp-el-baru" */
export function codeFrom(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest_id)
    .replace(/^-+|-+$/g, '');
}

export function sameForm(one: Form, other: Form): boolean {
  return JSON.stringify(entryOf(one)) === JSON.stringify(entryOf(other));
}

export interface Difference {
  field: Exclude<keyof Form, 'facets'> | FacetName;
  before: string;
  after: string;
}

export function differences(before: Form, after: Form): Difference[] {
  const found: Difference[] = [];
  const note = (field: Difference['field'], one: string, other: string) => {
    if (one.trim() !== other.trim()) found.push({ field, before: one, after: other });
  };
  for (const field of Object.keys(after) as (keyof Form)[]) {
    if (field === 'facets') for (const name of facetNames) note(name, before.facets[name], after.facets[name]);
    else note(field, before[field], after[field]);
  }
  return found;
}

export type Warning = 'noTitle' | 'longTitle' | 'noAnswer' | 'longAnswer' | 'fewExamples' | 'noOffice' | 'badId' | 'ends';

/** What the server would refuse; and, last, what would only be a pity. */
export function warnings(form: Form): Warning[] {
  const found: Warning[] = [];
  if (form.title.trim() === '') found.push('noTitle');
  if (new TextEncoder().encode(form.title.trim()).length > longest_title_bytes) found.push('longTitle');
  if (form.office === '') found.push('noOffice');
  if (form.id !== '' && !/^[a-z0-9][a-z0-9-]{0,47}$/.test(form.id)) found.push('badId');
  if (form.answerId.trim() === '') found.push('noAnswer');
  if ([...form.answerId].length > longest_answer || [...form.answerEn].length > longest_answer) found.push('longAnswer');
  if (form.valid_from !== '' && form.valid_until !== '' && form.valid_until < form.valid_from) found.push('ends');
  if (lines(form.examples).length < 3) found.push('fewExamples');
  return found;
}

export const refused = (found: Warning[]) => found.some((each) => each !== 'fewExamples');

/** Do residents get exactly this revision? An entry stays `published` while a newer draft of it waits. */
export function isLiveAsItIs(entry: Pick<Entry, 'status' | 'revision' | 'published_revision'>): boolean {
  return entry.status === 'published' && (entry.published_revision ?? entry.revision) === entry.revision;
}
