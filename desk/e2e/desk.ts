import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const address = (to = '/') => `${process.env.M_DESK_URL ?? ''}${to}`;

export async function signIn(page: Page, user = 'demo', password = user) {
  await page.goto(address());
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await expect(page.locator('#page h1')).toBeVisible();
}

/** Who may everything: the user that the program made at its first start. */
export const signInAsAdministrator = (page: Page) => signIn(page, 'admin', process.env.M_DESK_ADMIN || 'admin');

/** Nothing that WCAG 2.1 AA forbids. */
export async function expectAccessible(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  const said = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join('\n  ')}`);
  expect(said, page.url()).toEqual([]);
}

export async function expectNoSidewaysScrolling(page: Page) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond, page.url()).toBeLessThanOrEqual(0);
}

const screenshots = path.join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

/** A picture for the documents; taken anew with M_UPDATE=1 only (./test --update). */
export async function picture(page: Page, name: string, height?: number) {
  if (process.env.M_UPDATE !== '1') return;
  mkdirSync(screenshots, { recursive: true });
  await expect(page.locator('.loading')).toHaveCount(0);
  const width = page.viewportSize()?.width ?? 0;
  const clip = height ? { clip: { x: 0, y: 0, width, height } } : {};
  await page.screenshot({ path: path.join(screenshots, `${name}.png`), animations: 'disabled', ...clip });
}
