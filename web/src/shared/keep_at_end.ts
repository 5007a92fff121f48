// A log that stood at its end stays there when it shrinks: a phone's keyboard opens, a button appears below.
const near_px = 48;

/** `follow` is for what grows inside the log. */
export function keepAtEnd(log: HTMLElement): { follow: () => void; destroy: () => void } {
  let atEnd = true;
  const remember = () => {
    atEnd = log.scrollHeight - log.clientHeight - log.scrollTop < near_px;
  };
  const follow = () => {
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  const resized = new ResizeObserver(follow);
  log.addEventListener('scroll', remember, { passive: true });
  resized.observe(log);
  return {
    follow,
    destroy: () => {
      log.removeEventListener('scroll', remember);
      resized.disconnect();
    },
  };
}
