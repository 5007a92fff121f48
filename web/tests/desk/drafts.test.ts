import { expect, test } from 'vitest';
import { draftOf, keepDraft } from '../../src/desk/drafts';

function storage(setItem?: () => void): Storage {
  const kept = new Map<string, string>();
  return {
    length: 0, clear: () => kept.clear(), key: () => null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: setItem ?? ((key, value) => void kept.set(key, value)),
    removeItem: (key) => void kept.delete(key),
  };
}

test('a draft belongs to one conversation and one kind of text', () => {
  const store = storage();
  keepDraft(store, '1', 'reply', 'Halo Bu');
  expect(draftOf(store, '1', 'reply')).toBe('Halo Bu');
  expect(draftOf(store, '1', 'note')).toBe('');
  expect(draftOf(store, '2', 'reply')).toBe('');
});

test('an emptied draft is forgotten', () => {
  const store = storage();
  keepDraft(store, '1', 'reply', 'Halo');
  keepDraft(store, '1', 'reply', '');
  expect(store.getItem('sahut_draft:reply:1')).toBeNull();
});

test('a full or forbidden storage is no error', () => {
  const full = storage(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(() => keepDraft(full, '1', 'reply', 'Halo')).not.toThrow();
  expect(draftOf(null, '1', 'reply')).toBe('');
});
