// A log that stood at its end stays there when it shrinks: a phone's keyboard opens, a button appears below.
const near_px = 48;

export function keepAtEnd(log: HTMLElement): { destroy: () => void } {
  let atEnd = true;
  const remember = () => {
    atEnd = log.scrollHeight - log.clientHeight - log.scrollTop < near_px;
  };
  const resized = new ResizeObserver(() => {
    if (atEnd) log.scrollTop = log.scrollHeight;
  });
  log.addEventListener('scroll', remember, { passive: true });
  resized.observe(log);
  return {
    destroy: () => {
      log.removeEventListener('scroll', remember);
      resized.disconnect();
    },
  };
}
