// What every page must satisfy at every width and in both colour schemes.
import axe from 'axe-core';
import { expect } from './report.mjs';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function meetsAxe(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), rules);
  const told = violations.map((each) =>
    `${each.id}: ${each.help}\n${each.nodes.slice(0, 3).map((node) => `  ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1).join(';') ?? ''}`).join('\n')}`);
  expect(violations.length === 0, told.join('\n'));
}

/** Nothing reaches past the edge (WCAG 1.4.10), except inside a region that scrolls sideways on purpose. */
export async function fits(page) {
  const found = await page.evaluate(() => {
    const scrolls = (element) => {
      for (let each = element.parentElement; each !== null && each !== document.body; each = each.parentElement) {
        const overflow = getComputedStyle(each).overflowX;
        if (overflow === 'auto' || overflow === 'scroll') return each.scrollWidth > each.clientWidth && each.classList.contains('wide');
      }
      return false;
    };
    const wide = [];
    if (document.scrollingElement.scrollWidth > innerWidth) wide.push(`the page is ${document.scrollingElement.scrollWidth} px wide`);
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (box.width > 1 && box.right > innerWidth + 1 && box.bottom > 0 && !scrolls(element)) {
        wide.push(`${element.tagName.toLowerCase()}.${element.className}: reaches ${Math.round(box.right)} of ${innerWidth} px`);
      }
    }
    return wide.slice(0, 5);
  });
  expect(found.length === 0, found.join('\n'));
}

/** Targets are at least 24 px high and wide (WCAG 2.5.8); links inside a sentence are exempt there. */
export async function canBeTapped(page) {
  const found = await page.evaluate(() => {
    const small = [];
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const hidden = box.width === 0 || box.height === 0 || style.visibility === 'hidden' || box.bottom < 0;
      if (hidden || style.display === 'inline' || element.closest('.visually-hidden')) continue;
      if (box.width < 24 || box.height < 24) small.push(`${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 30)}": ${Math.round(box.width)}×${Math.round(box.height)}`);
    }
    return small.slice(0, 5);
  });
  expect(found.length === 0, found.join('\n'));
}
