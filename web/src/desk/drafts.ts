// What an officer has begun to write, kept in this browser under the conversation it belongs to, so that no draft is
// lost by a closed tab and none goes to the wrong resident.
export type Mode = 'reply' | 'note';

const prefix = 'sahut_draft';
const keyOf = (conversation: string, mode: Mode) => `${prefix}:${mode}:${conversation}`;

export function draftOf(store: Storage | null, conversation: string, mode: Mode): string {
  return store?.getItem(keyOf(conversation, mode)) ?? '';
}

export function keepDraft(store: Storage | null, conversation: string, mode: Mode, text: string): void {
  try {
    if (text === '') store?.removeItem(keyOf(conversation, mode));
    else store?.setItem(keyOf(conversation, mode), text);
  } catch {
    // full: the text is still in the field
  }
}

/** Null where the browser forbids storage; drafts then live as long as the field. */
export function draftStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
