import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { serve, show } from '../../testing/desk';
import { invoiceMeta, partyMeta } from '../../testing/invoice';
import { DocumentList } from './DocumentList';
import { filterTerm, type ListView, viewOf } from './filters';

function Listed() {
  const [view, setView] = useState<ListView>({});
  return <DocumentList type={partyMeta} view={view} onView={setView} />;
}

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    id: `p${from + i}`,
    code: `C${from + i}`,
    name: `Party ${from + i}`,
    creditLimit: '1234567.5',
  }));

const parties = () =>
  serve(({ path, query }) => {
    if (path.startsWith('/api/meta/')) return { body: partyMeta };
    return query.get('after')
      ? { body: { rows: rows(50, 60), names: {} } }
      : {
          body: {
            rows: rows(0, 50),
            names: {},
            next: 'MORE',
            totals: query.get('totals') ? { count: 60, creditLimit: '74074050.00' } : undefined,
          },
        };
  });

const asked = (received: ReturnType<typeof parties>) => received.filter((c) => c.path === partyMeta.path);

it('has the columns of the metadata; the first opens the document', async () => {
  const received = parties();
  show(<Listed />, [partyMeta]);
  const first = await screen.findByRole('link', { name: 'C0' });
  expect(first.getAttribute('href')).toBe('/masters/parties/p0');
  expect(screen.getAllByRole('columnheader').map((h) => h.textContent)).toEqual(['Code', 'Name', 'Credit limit']);
  expect(screen.getAllByText('1,234,567.5')).toHaveLength(50);
  expect(asked(received)[0]?.query.get('company')).toBe('00000000-0000-7000-8000-00000000000a');
});

it('loads the next page after the cursor of the one before', async () => {
  const received = parties();
  show(<Listed />, [partyMeta]);
  await userEvent.click(await screen.findByRole('button', { name: 'Load more' }));
  expect(await screen.findByText('60 rows shown')).toBeTruthy();
  expect(asked(received)[1]?.query.get('after')).toBe('MORE');
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
});

it('sorts by a head: up, down, and not any more', async () => {
  const received = parties();
  show(<Listed />, [partyMeta]);
  const press = async () => userEvent.click(await screen.findByRole('button', { name: 'Name' }));
  await press();
  await waitFor(() => expect(asked(received).at(-1)?.query.get('sort')).toBe('name'));
  await press();
  await waitFor(() => expect(asked(received).at(-1)?.query.get('sort')).toBe('-name'));
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
});

it('searches what is typed, without sort or totals', async () => {
  const received = parties();
  show(<Listed />, [partyMeta]);
  await userEvent.type(await screen.findByRole('searchbox'), 'amber');
  await waitFor(() => expect(asked(received).at(-1)?.query.get('search')).toBe('amber'));
  expect(asked(received).at(-1)?.query.has('sort')).toBe(false);
});

it('asks for totals where they are wanted, and shows them', async () => {
  const received = parties();
  show(<Listed />, [partyMeta]);
  await userEvent.click(await screen.findByRole('button', { name: 'Totals' }));
  expect(await screen.findByText('74,074,050.00')).toBeTruthy();
  expect(screen.getByText('60 rows')).toBeTruthy();
  expect(asked(received).at(-1)?.query.get('totals')).toBe('count,creditLimit');
});

it('shows the columns that were chosen, and remembers them', async () => {
  const received = parties();
  show(<Listed />, [partyMeta]);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Columns' }));
  const dialog = screen.getByRole('dialog');
  await user.click(within(dialog).getByLabelText('Credit limit'));
  await user.click(within(dialog).getByRole('button', { name: 'Show' }));
  await waitFor(() => expect(screen.getAllByRole('columnheader')).toHaveLength(2));
  expect(asked(received).at(-1)?.query.get('fields')).toBe('code,name');
  expect(JSON.parse(localStorage.getItem('desk.columns.masters.party') ?? '')).toEqual(['code', 'name']);
});

it('a filter is a term as the server takes it', () => {
  expect(filterTerm([['name', 'contains', 'amb']], partyMeta)).toEqual(['name', 'like', '%amb%']);
  expect(
    filterTerm(
      [
        ['status', 'eq', 'draft'],
        ['issueDate', 'ge', '2026-01-01'],
        ['party', 'eq', ''],
      ],
      invoiceMeta,
    ),
  ).toEqual(['and', ['status', 'eq', 'draft'], ['issueDate', 'ge', '2026-01-01']]);
  expect(filterTerm([], partyMeta)).toBeUndefined();
});

it('an address that somebody wrote by hand does no harm', () => {
  expect(
    viewOf({ q: 12, sort: ['x'], filters: [['a', 'drop', 'b'], 'x', ['name', 'eq', 'y']], totals: 'yes' }),
  ).toEqual({
    q: '12',
    sort: undefined,
    filters: [['name', 'eq', 'y']],
    totals: undefined,
  });
});
