import type { Conversation } from '../api/types';

/**
 * The urgent ones among `conversations` (which may name one twice) that are not in `seen`. One that is urgent no longer
 * leaves `seen`, so that a second emergency in it rings again.
 */
export function unseen(conversations: Conversation[], seen: Set<string>): Conversation[] {
  const found = new Map<string, Conversation>();
  for (const each of conversations) {
    if (!each.urgent || each.state === 'resolved') seen.delete(each.id);
    else if (!seen.has(each.id)) found.set(each.id, each);
  }
  return [...found.values()];
}
