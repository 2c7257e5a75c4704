import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { company, type Received, serve, show } from '../../testing/desk';
import { invoiceMeta, party, partyMeta } from '../../testing/invoice';
import { DocumentPage } from './DocumentPage';

const metaOf = ({ path }: Received) =>
  path === '/api/meta/masters.party'
    ? { body: partyMeta }
    : path === '/api/meta/finance.sales-invoice'
      ? { body: invoiceMeta }
      : undefined;

const openParty = () => show(<DocumentPage type={partyMeta} id="p1" />, [partyMeta]);

describe('a saved document', () => {
  it('sends what was changed, with the version that it was changed from', async () => {
    const received = serve((call) => metaOf(call) ?? { body: party, etag: '"4"' });
    openParty();
    const user = userEvent.setup();
    const name = await screen.findByLabelText(/^Name/);
    await user.clear(name);
    await user.type(name, 'Amber & Sons');
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() => expect(received.some((c) => c.method === 'PATCH')).toBe(true));
    const patch = received.find((c) => c.method === 'PATCH');
    expect(patch?.body).toEqual({ name: 'Amber & Sons' });
    expect(patch?.headers.get('If-Match')).toBe('"4"');
  });

  it('shows what may not be changed as text, and fields of other countries not at all', async () => {
    serve((call) => metaOf(call) ?? { body: party, etag: '"4"' });
    openParty();
    expect(await screen.findByText('C1')).toBeTruthy();
    expect(screen.queryByLabelText(/^Code/)).toBeNull();
    expect(screen.queryByLabelText(/GSTIN/)).toBeNull();
  });

  it('shows a refusal at its field', async () => {
    const detail = 'There is another party of that name';
    serve(
      (call) =>
        metaOf(call) ??
        (call.method === 'PATCH'
          ? { status: 409, body: { title: 'taken', status: 409, code: 'masters.party.taken', detail, field: 'name' } }
          : { body: party, etag: '"4"' }),
    );
    openParty();
    const user = userEvent.setup();
    const name = await screen.findByLabelText(/^Name/);
    await user.type(name, '!');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const said = await screen.findByText(detail);
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(name.getAttribute('aria-describedby')?.split(' ')).toContain(said.id);
    expect(document.activeElement).toBe(name);
  });

  it('refuses a number of the wrong shape before it is sent', async () => {
    const received = serve((call) => metaOf(call) ?? { body: party, etag: '"4"' });
    openParty();
    const user = userEvent.setup();
    const limit = await screen.findByLabelText(/^Credit limit/);
    await user.clear(limit);
    await user.type(limit, '1,250.555');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/up to 2 decimals/)).toBeTruthy();
    expect(received.some((c) => c.method === 'PATCH')).toBe(false);
  });
});

describe('two who change the same field', () => {
  const theirs = { ...party, name: 'Amber Ltd', creditLimit: '900.00', version: 5 };
  const stale = {
    status: 412,
    body: {
      title: 'stale',
      status: 412,
      code: 'record.document.stale',
      field: 'name',
      conflicts: [{ field: 'name', by: 'anna', at: '2026-02-03T10:00:00Z', theirs: 'Amber Ltd' }],
    },
  };

  const conflicting = () => {
    const received = serve((call) => {
      const known = metaOf(call);
      if (known) return known;
      if (call.method === 'PATCH') {
        return call.headers.get('If-Match') === '"4"' ? stale : { body: { ...theirs, ...call.body, version: 6 } };
      }
      const patched = received.filter((c) => c.method === 'PATCH').length;
      return patched === 0 ? { body: party, etag: '"4"' } : { body: theirs, etag: '"5"' };
    });
    return received;
  };

  const saveMine = async () => {
    openParty();
    const user = userEvent.setup();
    const name = await screen.findByLabelText(/^Name/);
    await user.clear(name);
    await user.type(name, 'Amber plc');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    return { user, dialog: await screen.findByRole('dialog') };
  };

  it('are told who, and to what', async () => {
    conflicting();
    const { dialog } = await saveMine();
    expect(within(dialog).getByText(/anna/)).toBeTruthy();
    expect(within(dialog).getByText('Amber Ltd')).toBeTruthy();
    expect(within(dialog).getByText('Amber plc')).toBeTruthy();
  });

  it('keep mine: it is saved over the newer version', async () => {
    const received = conflicting();
    const { user, dialog } = await saveMine();
    await user.click(within(dialog).getByLabelText(/Keep mine/));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(received.filter((c) => c.method === 'PATCH')).toHaveLength(2));
    const second = received.filter((c) => c.method === 'PATCH')[1];
    expect(second?.body).toEqual({ name: 'Amber plc' });
    expect(second?.headers.get('If-Match')).toBe('"5"');
  });

  it('take theirs: nothing is left to save', async () => {
    const received = conflicting();
    const { user, dialog } = await saveMine();
    await user.click(within(dialog).getByLabelText(/Take theirs/));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/^Name/).value).toBe('Amber Ltd'));
    expect(received.filter((c) => c.method === 'PATCH')).toHaveLength(1);
  });
});

describe('a field of a country', () => {
  it('stands in the form of its companies, with what its checks ask for', async () => {
    serve((call) => metaOf(call) ?? { body: party });
    show(<DocumentPage type={partyMeta} id={undefined} />, [partyMeta], { ...company, country: 'IN' });
    expect(await screen.findByLabelText(/GSTIN/)).toBeTruthy();
    expect(screen.getByText('15 characters of the tax office')).toBeTruthy();
  });
});

describe('an invoice', () => {
  it('is made and submitted by keyboard alone; the question of the server is asked', async () => {
    let posted = false;
    let made: Record<string, unknown> = {};
    const received = serve((call) => {
      const known = metaOf(call);
      if (known) return known;
      if (call.path === '/api/masters/parties') return { body: { rows: [party], names: {} } };
      if (call.path.endsWith('/submit')) {
        if (!call.body.futureConfirmed) {
          const detail = 'The posting date lies after today. Call again with futureConfirmed: true';
          return { status: 428, body: { title: 'future', status: 428, code: 'finance.future', detail } };
        }
        posted = true;
        return { body: {} };
      }
      if (call.method === 'POST') {
        made = { ...call.body, status: 'draft', version: 1 };
        return { status: 201, body: made, etag: '"1"' };
      }
      return {
        body: { ...made, status: posted ? 'posted' : 'draft', ...(posted ? { number: 'SI-1' } : {}) },
        etag: posted ? '"2"' : '"1"',
      };
    });
    const { router } = show(<DocumentPage type={invoiceMeta} id={undefined} />, [partyMeta, invoiceMeta]);
    const user = userEvent.setup();

    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: /Customer/ })));
    await user.keyboard('amb');
    await screen.findByRole('option', { name: /Amber/ });
    await user.keyboard('{Enter}');
    await user.tab();
    expect(document.activeElement).toBe(screen.getByLabelText(/Issue date/));
    await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Description, line 1')));
    await user.keyboard('Advice');
    await user.tab();
    await user.keyboard('2');
    await user.keyboard('{Control>}{Enter}{/Control}');

    const submit = await screen.findByRole('dialog', { name: /Submit/ });
    expect(within(submit).getByLabelText(/Posting date/)).toBe(document.activeElement);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('The posting date lies after today.');
    await user.keyboard('{Tab}{Enter}');

    await screen.findByText('elsewhere');
    expect(router.state.location.pathname).toBe(`/finance/sales-invoices/${String(made.id)}`);
    const created = received.find((c) => c.method === 'POST');
    expect(created?.body).toMatchObject({
      company: company.id,
      party: 'p1',
      lines: [{ description: 'Advice', quantity: '2' }],
    });
    const asked = received.filter((c) => c.path.endsWith('/submit'));
    expect(asked.map((c) => c.body.futureConfirmed)).toEqual([undefined, true]);
  });

  it('shows a refusal of a line in that line', async () => {
    serve((call) => {
      const known = metaOf(call);
      if (known) return known;
      const detail = 'The quantity is above zero';
      if (call.method === 'PATCH') {
        return { status: 400, body: { title: 'amount', status: 400, code: 'x', detail, field: 'lines[1].quantity' } };
      }
      const lines = [
        { id: 'l1', description: 'One', quantity: '1' },
        { id: 'l2', description: 'Two', quantity: '1' },
      ];
      return { body: { id: 'i1', company: company.id, status: 'draft', party: 'p1', issueDate: '2026-01-02', lines } };
    });
    show(<DocumentPage type={invoiceMeta} id="i1" />, [partyMeta, invoiceMeta]);
    const user = userEvent.setup();
    const quantity = await screen.findByLabelText('Quantity, line 2');
    await user.clear(quantity);
    await user.type(quantity, '-1');
    await user.keyboard('{Control>}s{/Control}');
    await screen.findByText('The quantity is above zero');
    expect(quantity.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByLabelText('Quantity, line 1').getAttribute('aria-invalid')).toBeNull();
  });
});
