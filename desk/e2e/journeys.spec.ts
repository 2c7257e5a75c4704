import { expect, type Page, test } from '@playwright/test';
import { address, signIn, signInAsAdministrator } from './desk';

const fresh = () => Date.now().toString(36).toUpperCase();
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

test('who is not signed in sees the door, and what was wrong with the password', async ({ page }) => {
  await page.goto(address('/finance/sales-invoices'));
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused();
  await page.getByLabel('User').fill('demo');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('wrong');
  await page.getByLabel('Password').fill('demo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sales invoices' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an invoice is made and submitted by keyboard alone', async ({ page }) => {
  await signIn(page);
  const keys = page.keyboard;
  await keys.press('Control+k');
  await keys.type('sales inv');
  await expect(page.getByRole('option', { name: /^Sales invoices/ })).toHaveAttribute('aria-selected', 'true');
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sales invoices' })).toBeFocused();
  await page.getByRole('button', { name: 'New sales invoice' }).focus();
  await keys.press('Enter');

  await expect(page.getByRole('combobox', { name: /Party/ })).toBeFocused();
  await keys.type('walk');
  await keys.press('Tab');
  await expect(page.getByRole('combobox', { name: /Party/ })).toHaveValue(/Walk-in/);
  await toControl(page, /^Add line: Lines/);
  await keys.press('Enter');
  await toControl(page, /^Description, line 1/);
  await keys.type('Advice');
  await toControl(page, /^Quantity, line 1/);
  await keys.type('2');
  await toControl(page, /^Price, line 1/);
  await keys.type('40.00');
  await keys.press('Control+s');
  await expect(page.getByText('Draft').first()).toBeVisible();

  await keys.press('Control+Enter');
  await expect(page.getByRole('dialog').getByLabel(/Posting date/)).toBeFocused();
  await keys.press('Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('Posted').first()).toBeVisible();
  // 2 x 40.00; the demo company's usual tax code is outside the scope of tax
  await expect(page.getByText('80.00').first()).toBeVisible();
});

/** Presses Tab until a control of that name has the focus. */
async function toControl(page: Page, name: RegExp) {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const label = element?.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : '';
      return element?.getAttribute('aria-label') || label || element?.textContent || '';
    });
    if (name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}

test('two who change the same field: the second is told and decides', async ({ page, browser }) => {
  await signIn(page);
  const code = `E2E${fresh()}`;
  await page.goto(address('/masters/parties/new'));
  await field(page, 'Code').fill(code);
  await field(page, 'Name').fill('Amber Trading');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { name: 'Amber Trading' })).toBeVisible();
  await expect(page).not.toHaveURL(/new$/);

  const other = await (await browser.newContext()).newPage();
  await signInAsAdministrator(other);
  await other.goto(page.url());
  await field(other, 'Name').fill('Amber Trading Ltd');
  await other.keyboard.press('Control+s');
  await expect(other.getByRole('heading', { name: 'Amber Trading Ltd' })).toBeVisible();

  await field(page, 'Name').fill('Amber Trading plc');
  await page.keyboard.press('Control+s');
  const conflict = page.getByRole('dialog');
  await expect(conflict).toContainText('admin');
  await expect(conflict).toContainText('Amber Trading Ltd');
  await conflict.getByLabel(/Keep mine/).check();
  await conflict.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Amber Trading plc' })).toBeVisible();

  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.locator('.history')).toContainText('Amber Trading Ltd');
});

test('what was typed is not lost without a warning', async ({ page }) => {
  await signIn(page);
  await page.goto(address('/masters/parties/new'));
  await field(page, 'Name').fill('Half a');
  await page.getByRole('link', { name: 'Overview' }).click();
  const warning = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expect(warning).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field(page, 'Name')).toHaveValue('Half a');
  await page.getByRole('link', { name: 'Overview' }).click();
  await warning.getByRole('button', { name: 'Leave' }).click();
  await expect(field(page, 'Name')).toHaveCount(0);
});

test('a field of one’s own appears in the form', async ({ page }) => {
  await signInAsAdministrator(page);
  const label = `Colour ${fresh()}`;
  await page.goto(address('/record/fields/new'));
  await field(page, 'Document').fill('masters.party');
  await field(page, 'Name').fill(`colour_${fresh().toLowerCase()}`);
  await field(page, 'Label').fill(label);
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('text');
  await page.keyboard.press('Control+s');
  await expect(page).not.toHaveURL(/new$/);
  await page.goto(address('/masters/parties/new'));
  await expect(page.getByLabel(label)).toBeVisible();
});

test('a customer is made, and its code comes from the series', async ({ page }) => {
  await signIn(page);
  const name = `Cedar ${fresh()}`;
  await page.goto(address('/masters/parties/new'));
  await field(page, 'Name').fill(name);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page).not.toHaveURL(/new$/);

  await page.goto(address('/finance/customers/new'));
  const party = page.getByRole('combobox', { name: 'Party' });
  await party.fill(name);
  await page.keyboard.press('Enter');
  await expect(party).toHaveValue(new RegExp(name));
  await field(page, 'Credit limit').fill('1,250.00');
  await page.keyboard.press('Control+s');
  await expect(page).not.toHaveURL(/new$/);
  await expect(page.getByText(/^C-\d{5}$/)).toBeVisible();
  await expect(field(page, 'Credit limit')).toHaveValue(/^1250(\.00)?$/);
});

test('a customer of a company in India has a GSTIN, and a wrong check digit is told at it', async ({ page }) => {
  await signIn(page);
  const company = `Zaveri ${fresh()}`;
  await setUpCompany(page, { name: company, country: 'IN', currency: 'INR', zone: 'Asia/Kolkata' });
  await page.reload();
  await page.getByLabel('Company', { exact: true }).selectOption({ label: company });

  const name = `Mumbai Traders ${fresh()}`;
  await page.goto(address('/masters/parties/new'));
  await field(page, 'Name').fill(name);
  await page.keyboard.press('Control+s');
  await expect(page).not.toHaveURL(/new$/);

  await page.goto(address('/finance/customers/new'));
  await page.getByRole('combobox', { name: 'Party' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Party' })).toHaveValue(new RegExp(name));
  // The example of the project's vectors (tests/Regions.Tests/data/india-gst), and the same with another check digit.
  await field(page, 'GSTIN').fill('27AAPFU0939F1ZW');
  await page.keyboard.press('Control+s');
  await expect(field(page, 'GSTIN')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'GSTIN')).toBeFocused();
  await field(page, 'GSTIN').fill('27AAPFU0939F1ZV');
  await page.keyboard.press('Control+s');
  await expect(page).not.toHaveURL(/new$/);
  await page.goto(address('/finance/customers'));
  await expect(page.getByText('27AAPFU0939F1ZV')).toBeVisible();
});

async function setUpCompany(page: Page, company: { name: string; country: string; currency: string; zone: string }) {
  const cookies = await page.context().cookies();
  const made = await page.request.post(address('/api/finance/companies'), {
    headers: { 'X-CSRF-Token': cookies.find((c) => c.name === 'm_csrf')?.value ?? '' },
    data: { ...company, code: fresh(), fiscalYearStartMonth: 4, firstDay: '2026-04-01', branchCode: 'HO' },
  });
  expect(made.status(), await made.text()).toBe(201);
}

test('rows of a file are tried and imported; the list is exported', async ({ page }) => {
  await signIn(page);
  const stamp = fresh();
  const file = (rows: string[]) => ({
    name: 'parties.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['code,name,email', ...rows].join('\n')),
  });
  await page.goto(address('/masters/parties/import'));
  await page.getByLabel('File').setInputFiles(file([`A${stamp},Imported ${stamp},no address`]));
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('region', { name: 'Rows that were refused' })).toContainText('email');

  await page.getByLabel('File').setInputFiles(file([`A${stamp},Imported ${stamp},office@example.com`]));
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();

  await page.goto(address('/masters/parties'));
  await page.getByRole('searchbox').fill(`Imported ${stamp}`);
  await expect(page.getByRole('link', { name: `A${stamp}` })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

test('a comment stands beside the document', async ({ page }) => {
  await signIn(page);
  await page.goto(address('/masters/parties'));
  await page.locator('.row-link').first().click();
  const text = `Asked for terms ${fresh()}`;
  await page.getByRole('textbox', { name: 'Add comment' }).fill(text);
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(page.locator('.comments')).toContainText(text);
});

test('dark is kept', async ({ page }) => {
  await signIn(page);
  await page.getByLabel('Appearance').selectOption('dark');
  await expect(page.locator('html')).toHaveClass(/t_dark/);
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Navigation' })).toBeAttached();
  await expect(page.locator('html')).toHaveClass(/t_dark/);
});
