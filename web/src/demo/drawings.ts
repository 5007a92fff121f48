// Small drawings of our own, as elements, so that no markup is made from strings.
import type { Tick } from './ticks';

const svg = 'http://www.w3.org/2000/svg';

function drawing(className: string, width: number, height: number, ...paths: string[]): SVGSVGElement {
  const drawn = document.createElementNS(svg, 'svg');
  drawn.setAttribute('viewBox', `0 0 ${width} ${height}`);
  drawn.setAttribute('width', String(width));
  drawn.setAttribute('height', String(height));
  drawn.setAttribute('class', className);
  drawn.setAttribute('aria-hidden', 'true');
  for (const d of paths) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', d);
    drawn.append(path);
  }
  return drawn;
}

const one = 'M1 6l3 3 6-7';
const two = 'M6 8l1 1 6-7';
const clock = 'M8 2a4 4 0 1 0 .01 0M8 4v2l1.5 1';

export function tickDrawing(tick: Tick): SVGSVGElement {
  const paths = tick === 'sending' ? [clock] : tick === 'failed' ? ['M7 1v6M7 9v1'] : tick === 'sent' ? [one] : [one, two];
  return drawing(`tick ${tick}`, 14, 11, ...paths);
}

export const arrow = () => drawing('line', 20, 20, 'M3 10h13M11 5l5 5-5 5');
export const pin = () => drawing('line', 20, 20, 'M10 18s6-5.5 6-10a6 6 0 0 0-12 0c0 4.5 6 10 6 10zM10 6a2 2 0 1 0 .01 0');
export const list = () => drawing('line', 18, 18, 'M6 4h10M6 9h10M6 14h10M2 4h.5M2 9h.5M2 14h.5');
