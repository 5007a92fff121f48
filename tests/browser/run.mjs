// Real-browser tests against a running `sahut demo`:
//   node run.mjs --base http://127.0.0.1:8080 --accounts DATA/demo-accounts.json [--screenshots FOLDER] [--chromium PATH] [--site-port N] [--patience N]
// The accounts file is the one the demo writes: [{"name","password","role","office"}]. The widget is tried on a site of its own
// at http://127.0.0.1:SITE_PORT (0: any), an origin that the server must allow. --patience: how many times ten seconds to wait.
import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { channelsJourney } from './channels_journey.mjs';
import { conversationJourney } from './conversation_journey.mjs';
import { demoJourney } from './demo_journey.mjs';
import { knowledgeJourney } from './knowledge_journey.mjs';
import { pageStates } from './page_states.mjs';
import { Report } from './report.mjs';
import { Site } from './site.mjs';
import { widgetJourney } from './widget_journey.mjs';
import { wordsJourney, wordsReachResidents } from './words_journey.mjs';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8080' },
    accounts: { type: 'string' },
    screenshots: { type: 'string', default: '' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    'site-port': { type: 'string', default: '0' },
    patience: { type: 'string', default: '1' },
  },
});
if (values.accounts === undefined) {
  console.error('--accounts FILE is missing: it is DATA/demo-accounts.json of the running demo.');
  process.exit(2);
}
if (values.screenshots !== '') mkdirSync(values.screenshots, { recursive: true });

const report = new Report();
const browser = await Browser.launch({ base: values.base, chromium: values.chromium, screenshots: values.screenshots, patience: Number(values.patience) });
const world = { browser, report, accounts: JSON.parse(readFileSync(values.accounts, 'utf8')) };
const site = await Site.start(values.base, Number(values['site-port']));
try {
  await conversationJourney(world);
  await knowledgeJourney(world);
  await wordsJourney(world);
  await wordsReachResidents(world);
  await pageStates(world);
  await channelsJourney(world);
  await demoJourney(world);
  await widgetJourney({ ...world, site });
} catch (failure) {
  report.failed('the run itself', failure);
} finally {
  await browser.close();
  await site.close();
}
process.exit(report.close());
