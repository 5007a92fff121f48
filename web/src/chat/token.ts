// The chat's token, kept in this browser so that a reload finds the conversation again. Where storage is forbidden it
// lives as long as the page.
const key = 'sahut_chat';
let here = '';

function stores(): Storage[] {
  const usable: Storage[] = [];
  for (const open of [() => localStorage, () => sessionStorage]) {
    try {
      usable.push(open());
    } catch {
      // forbidden in this browser
    }
  }
  return usable;
}

export function keptToken(): string {
  for (const store of stores()) here ||= store.getItem(key) ?? '';
  return here;
}

export function keepToken(token: string): void {
  here = token;
  for (const store of stores()) {
    try {
      store.setItem(key, token);
      return;
    } catch {
      // full or forbidden; the next one may take it
    }
  }
}

export function forgetToken(): void {
  here = '';
  for (const store of stores()) store.removeItem(key);
}
