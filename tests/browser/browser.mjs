// Chromium, people in it (each with cookies and storage of their own), and what their consoles complained about.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox', // the tests also run as root, in containers
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
];
const patience_ms = 10_000;

export class Browser {
  complaints = [];

  static async launch({ base, chromium: executablePath, screenshots, patience = 1 }) {
    const browser = new Browser();
    browser.patience = patience;
    browser.base = base;
    browser.screenshots = screenshots;
    browser.folder = mkdtempSync(join(tmpdir(), 'sahut-browser-'));
    browser.chromium = await chromium.launch({ executablePath, args: flags, env: { ...process.env, HOME: browser.folder } });
    return browser;
  }

  /** A new person at a new device: a page with nothing in it yet. */
  async person(viewport = { width: 390, height: 844 }) {
    const context = await this.chromium.newContext({ baseURL: this.base, viewport, reducedMotion: 'reduce' });
    context.setDefaultTimeout(patience_ms * this.patience);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const from = message.location().url;
      // "Who am I?" asked by somebody not signed in; Chromium logs every 401 and a page cannot prevent it.
      if (from.endsWith('/api/v1/me') && message.text().includes('401')) return;
      this.complaints.push(`${page.url()}: ${message.text()} (${from})`);
    });
    return page;
  }

  /** A person signed in on `path` ('/desk' or '/admin'). */
  async signedIn(account, path, viewport) {
    const page = await this.person(viewport);
    await page.goto(path);
    await page.locator('#name').fill(account.name);
    await page.locator('#password').fill(account.password);
    await page.locator('form button.primary').click();
    await page.locator('.connection.connected').waitFor();
    return page;
  }

  /** The complaints since the last call. */
  takeComplaints() {
    return this.complaints.splice(0);
  }

  async picture(page, name) {
    if (this.screenshots !== '') await page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }

  async close() {
    await this.chromium.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Opens every `details` that `selector` finds. */
export async function unfold(page, selector) {
  await page.locator(selector).evaluateAll((all) => all.forEach((details) => (details.open = true)));
}
