// Where the desk is, in the address: `#/unclaimed` or `#/unclaimed/ID`. So the phone's own back button leads from the
// conversation to the list, and a reload stays where it was.
import type { Queue } from '../api/types';

export interface Place {
  queue: Queue;
  conversation: string;
}

export const queues: Queue[] = ['mine', 'office', 'unclaimed', 'done'];

export function placeOf(hash: string): Place {
  const [queue, conversation] = hash.replace(/^#\//, '').split('/');
  const known = queues.find((each) => each === queue);
  return { queue: known ?? 'unclaimed', conversation: known === undefined ? '' : decodeURIComponent(conversation ?? '') };
}

export function hashOf(place: Place): string {
  return `#/${place.queue}${place.conversation === '' ? '' : `/${encodeURIComponent(place.conversation)}`}`;
}
