// The pages against the mock, for states that the real server does not reach by itself; no binary is needed:
//   node on_mock.mjs [--screenshots FOLDER] [--chromium PATH]
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { channelsJourney } from './channels_journey.mjs';
import { demoJourney } from './demo_journey.mjs';
import { mediaJourney } from './media_journey.mjs';
import { MockServer } from './mock/server.mjs';
import { accounts } from './mock/world.mjs';
import { channelStates, deskStates, wordStates } from './mock_states.mjs';
import { Report } from './report.mjs';
import { Site } from './site.mjs';
import { widgetJourney } from './widget_journey.mjs';
import { wordsJourney } from './words_journey.mjs';

const { values } = parseArgs({
  options: {
    screenshots: { type: 'string', default: '' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
if (values.screenshots !== '') mkdirSync(values.screenshots, { recursive: true });

const site = await Site.start('');
const mock = await MockServer.start({ allowed_origins: [site.url] });
site.allow(mock.url);
const report = new Report();
const browser = await Browser.launch({ base: mock.url, chromium: values.chromium, screenshots: values.screenshots, patience: 3 }); // it shares the machine with other tests
const world = { browser, report, accounts, mock, site };
try {
  await deskStates(world);
  await channelsJourney(world);
  await channelStates(world);
  await wordsJourney(world);
  await wordStates(world);
  await demoJourney(world);
  await widgetJourney(world);
  await mediaJourney(world);
} catch (failure) {
  report.failed('the run itself', failure);
} finally {
  await browser.close();
  await mock.close();
  await site.close();
}
process.exit(report.close());
