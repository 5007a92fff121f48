// The chat's token, kept in this browser so that a reload finds the conversation again. Where storage is forbidden it
// lives as long as the page.
const key = 'sahut_chat';
let here = '';

function store(act: (storage: Storage) => void): void {
  try {
    act(localStorage);
  } catch {
    // full, or forbidden in this browser
  }
}

export function keptToken(): string {
  store((storage) => (here ||= storage.getItem(key) ?? ''));
  return here;
}

export function keepToken(token: string): void {
  here = token;
  store((storage) => storage.setItem(key, token));
}

export function forgetToken(): void {
  here = '';
  store((storage) => storage.removeItem(key));
}
