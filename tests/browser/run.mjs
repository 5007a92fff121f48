// Real-browser tests against a running `sahut demo`:
//   node run.mjs --base http://127.0.0.1:8080 --accounts DATA/demo-accounts.json [--screenshots FOLDER] [--chromium PATH]
// The accounts file is the one the demo writes: [{"name","password","role","office"}].
import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { conversationJourney } from './conversation_journey.mjs';
import { knowledgeJourney } from './knowledge_journey.mjs';
import { pageStates } from './page_states.mjs';
import { Report } from './report.mjs';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8080' },
    accounts: { type: 'string' },
    screenshots: { type: 'string', default: '' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
if (values.accounts === undefined) {
  console.error('--accounts FILE is missing: it is DATA/demo-accounts.json of the running demo.');
  process.exit(2);
}
if (values.screenshots !== '') mkdirSync(values.screenshots, { recursive: true });

const report = new Report();
const browser = await Browser.launch({ base: values.base, chromium: values.chromium, screenshots: values.screenshots });
const world = { browser, report, accounts: JSON.parse(readFileSync(values.accounts, 'utf8')) };
try {
  await conversationJourney(world);
  await knowledgeJourney(world);
  await pageStates(world);
} catch (failure) {
  report.failed('the run itself', failure);
} finally {
  await browser.close();
}
process.exit(report.close());
