// A log that stood at its end stays there when it shrinks: a phone's keyboard opens, a button appears below.
const near_px = 48;

/** Once for a log, and it goes with the log. `follow` is for what grows inside it. */
export function keepAtEnd(log: HTMLElement): { follow: () => void } {
  let atEnd = true;
  const follow = () => {
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  log.onscroll = () => {
    atEnd = log.scrollHeight - log.clientHeight - log.scrollTop < near_px;
  };
  new ResizeObserver(follow).observe(log);
  return { follow };
}
