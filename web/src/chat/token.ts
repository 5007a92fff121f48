// The chat's token, kept in this browser so that a reload finds the conversation again. Where storage is full or forbidden
// it lives as long as the page.
const key = 'sahut_chat';
let here = '';

export function keptToken(): string {
  try {
    here ||= localStorage[key] ?? '';
  } catch {}
  return here;
}

/** An empty one forgets. */
export function keepToken(token: string): void {
  here = token;
  try {
    localStorage[key] = token;
  } catch {}
}
