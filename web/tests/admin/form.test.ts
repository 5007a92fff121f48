import { describe, expect, test } from 'vitest';
import type { EntryInput } from '../../src/api/types';
import { codeFrom, differences, emptyForm, entryOf, formOf, isLiveAsItIs, lines, refused, sameForm, warnings } from '../../src/admin/form';

const entry: EntryInput = {
  id: 'ktp-el-hilang', office: 'disdukcapil', category: 'kependudukan', title: 'KTP-el hilang',
  examples: ['ktp ilang', 'ktp hilang gmn', 'kehilangan ktp'], keywords: ['ktp hilang'], rules: ['ktp.*hilang'],
  answer: { id: 'Bawa surat hilang.', en: 'Bring a police report.' }, facets: { fee: 'Gratis.' },
  legal_basis: 'UU 24/2013', source: 'Disdukcapil', valid_from: '2026-01-01', valid_until: null, review_by: null,
  handoff: 'offer', related: ['ktp-el-baru'],
};

test('an entry comes out of the form as it went in', () => {
  expect(entryOf(formOf(entry))).toEqual(entry);
});

test('only fields of the knowledge file are sent, though the server tells more', () => {
  const told = { ...entry, status: 'published', revision: 7, updated_at: '', updated_by: null, published_revision: 7 };
  expect(entryOf(formOf(told as EntryInput))).toEqual(entry);
});

test('lines are trimmed, empty ones dropped, repeated ones kept once', () => {
  expect(lines(' ktp ilang \n\nktp ilang\n  kk\n')).toEqual(['ktp ilang', 'kk']);
});

test.each([
  ['Membuat KTP-el baru', 'membuat-ktp-el-baru'],
  ['  Air mati?! ', 'air-mati'],
  ['Kafé Résumé', 'kafe-resume'],
  ['x'.repeat(60), 'x'.repeat(48)],
  ['???', ''],
])('the code of "%s" is "%s"', (title, code) => {
  expect(codeFrom(title)).toBe(code);
});

describe('what is wrong is told before the server refuses it', () => {
  const good = formOf(entry);
  test.each([
    [{}, []],
    [{ title: ' ' }, ['noTitle']],
    [{ title: 'x'.repeat(81) }, ['longTitle']],
    [{ office: '' }, ['noOffice']],
    [{ id: 'KTP Baru' }, ['badId']],
    [{ answerId: '' }, ['noAnswer']],
    [{ answerId: 'x'.repeat(3001) }, ['longAnswer']],
    [{ answerId: '😀'.repeat(3000) }, []],
    [{ valid_from: '2026-02-01', valid_until: '2026-01-01' }, ['ends']],
    [{ examples: 'satu\ndua' }, ['fewExamples']],
  ])('%o', (change, expected) => {
    expect(warnings({ ...good, ...change })).toEqual(expected);
  });

  test('few examples are a pity, not a refusal', () => {
    expect(refused(['fewExamples'])).toBe(false);
    expect(refused(['noTitle', 'fewExamples'])).toBe(true);
  });
});

test('blanks at the ends are no change', () => {
  expect(sameForm(formOf(entry), { ...formOf(entry), examples: `${formOf(entry).examples}\n\n`, title: 'KTP-el hilang ' })).toBe(true);
  expect(sameForm(formOf(entry), emptyForm())).toBe(false);
});

test('differences name the part, facets too', () => {
  const after = { ...formOf(entry), answerId: 'Lain.', facets: { ...formOf(entry).facets, hours: 'Senin' } };
  expect(differences(formOf(entry), after)).toEqual([
    { field: 'answerId', before: 'Bawa surat hilang.', after: 'Lain.' },
    { field: 'hours', before: '', after: 'Senin' },
  ]);
});

test.each([
  ['published', 7, 7, true],
  ['published', 8, 7, false],
  ['draft', 1, null, false],
  ['archived', 7, 7, false],
] as const)('an entry that is %s at revision %i, residents having %s, is live as it is: %s', (status, revision, published_revision, live) => {
  expect(isLiveAsItIs({ status, revision, published_revision })).toBe(live);
});
