import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) =>
  existsSync(p),
);

/** Journeys in a real browser. ../../test runs them; `npm run e2e` needs a host that was built before. */
export default defineConfig({
  testDir: '.',
  outputDir: './results',
  globalSetup: './host.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // As root the browser has no sandbox to give.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
