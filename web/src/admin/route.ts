// Where the editor is, in the address: `#/faq`, `#/faq/ID`, `#/faq/+` (a new entry), `#/gaps`, `#/words`, `#/ask`, `#/channels`.
export const tabs = ['faq', 'gaps', 'words', 'ask', 'channels'] as const;
export type Tab = (typeof tabs)[number];

export interface Place {
  tab: Tab;
  /** '' for the list alone; '+' cannot be an entry's id. */
  entry: string;
}

export const newEntry = '+';

export function placeOf(hash: string): Place {
  const [tab, entry] = hash.replace(/^#\//, '').split('/');
  const known = tabs.find((each) => each === tab);
  return { tab: known ?? 'faq', entry: known === 'faq' ? decodeURIComponent(entry ?? '') : '' };
}

export function hashOf(tab: Tab, entry = ''): string {
  return `#/${tab}${entry === '' ? '' : `/${encodeURIComponent(entry)}`}`;
}
