// What asks for the officer while the tab is in the background: the number in the title and the dot on the icon.
export function titleWith(title: string, waiting: number): string {
  return waiting > 0 ? `(${waiting}) ${title}` : title;
}

export function showAttention(title: string, waiting: number): void {
  document.title = titleWith(title, waiting);
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = waiting > 0 ? '/assets/icon-unread.svg' : '/assets/icon.svg';
  if (icon !== null && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
}
