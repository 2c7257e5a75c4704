import { expect, type Page, test } from '@playwright/test';
import { address, expectAccessible, expectNoSidewaysScrolling, picture, signIn } from './desk';

const ROWS_AT_LEAST = 20;
const lists = ['/finance/sales-invoices', '/masters/parties', '/masters/items'];
const rows = (page: Page) => page.locator('tbody tr, .card-row');

async function openList(page: Page, list: string) {
  await page.goto(address(list));
  await expect(rows(page).nth(ROWS_AT_LEAST - 1)).toBeAttached();
}

async function openFirst(page: Page, list: string) {
  await openList(page, list);
  await page.locator('.row-link').first().click();
  await expect(page.locator('.document')).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}

/** Every page with its data, for checks that hold on all of them. */
const pages: [name: string, open: (page: Page) => Promise<void>][] = [
  [
    'overview',
    async (page) => {
      await page.goto(address());
      await expect(page.locator('.tiles')).toBeVisible();
    },
  ],
  ...lists.map((list): (typeof pages)[number] => [`list of ${list}`, (page) => openList(page, list)]),
  ['an invoice', (page) => openFirst(page, '/finance/sales-invoices')],
  ['a party', (page) => openFirst(page, '/masters/parties')],
  [
    'a new invoice with a line',
    async (page) => {
      await page.goto(address('/finance/sales-invoices/new'));
      await page.getByRole('button', { name: 'Add line: Lines' }).click();
    },
  ],
  [
    'filters',
    async (page) => {
      await openList(page, '/masters/parties');
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByRole('button', { name: 'Add filter' }).click();
    },
  ],
  [
    'search',
    async (page) => {
      await page.goto(address());
      await expect(page.locator('.tiles')).toBeVisible();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('a');
      await expect(page.locator('.option').first()).toBeVisible();
    },
  ],
  [
    'columns',
    async (page) => {
      await openList(page, '/masters/parties');
      await page.getByRole('button', { name: 'Columns' }).click();
    },
  ],
  ['import', async (page) => void (await page.goto(address('/masters/parties/import')))],
  [
    'trial balance',
    async (page) => {
      await page.goto(address('/finance/reports/trial-balance'));
      await expect(rows(page).first()).toBeVisible();
    },
  ],
  [
    'open items',
    async (page) => {
      await page.goto(address('/finance/reports/open-items'));
      await expect(rows(page).first()).toBeVisible();
    },
  ],
];

const wide = { width: 1440, height: 900 };
const narrow = { width: 360, height: 740 };

test.describe('every page, once opened,', () => {
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    page = await (await browser.newContext()).newPage();
    await signIn(page);
  });

  test.afterAll(() => page.close());

  for (const [name, open] of pages) {
    test(`${name}: keeps WCAG 2.1 AA in light, in dark and 360 px wide, where nothing scrolls sideways`, async () => {
      await page.setViewportSize(wide);
      await page.emulateMedia({ colorScheme: 'light' });
      await open(page);
      await expect(page.locator('html')).toHaveClass(/t_light/);
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect(page.locator('html')).toHaveClass(/t_dark/);
      await expectAccessible(page);
      await page.setViewportSize(narrow);
      await expectNoSidewaysScrolling(page);
      await expectAccessible(page);
    });
  }
});

test.describe('360 px wide', () => {
  test.use({ viewport: narrow });

  test('the navigation opens and leads on', async ({ page }) => {
    await signIn(page);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Parties' }).click();
    await expect(page.getByRole('heading', { name: 'Parties' })).toBeVisible();
    await expect(page.getByRole('navigation')).toBeHidden();
  });

  test('pictures', async ({ page }) => {
    await signIn(page);
    await openList(page, '/finance/sales-invoices');
    await picture(page, 'invoices-360');
    await openFirst(page, '/masters/parties');
    await picture(page, 'party-360');
  });
});

test('pictures', async ({ page }) => {
  await signIn(page);
  await openList(page, '/finance/sales-invoices');
  await picture(page, 'invoices-1440', 540);
  const filter = encodeURIComponent(JSON.stringify([['number', 'eq', '536365']]));
  await page.goto(address(`/finance/sales-invoices?filters=${filter}`));
  await page.getByRole('link', { name: '536365' }).click();
  await expect(page.locator('.table.lines')).toContainText('LANTERN');
  await picture(page, 'invoice-1440', 800);
  await page.goto(address('/finance/reports/trial-balance'));
  await expect(rows(page).first()).toBeVisible();
  await picture(page, 'trial-balance-1440', 540);
  await page.getByLabel('Appearance').selectOption('dark');
  await page.goto(address('/finance/sales-invoices/new'));
  await page.getByRole('button', { name: 'Add line: Lines' }).click();
  await picture(page, 'new-invoice-dark-1440', 800);
  await openFirst(page, '/masters/parties');
  await picture(page, 'party-dark-1440', 700);
});
