import type { Document, DocumentMeta } from '@business-m/sdk';

/** Metadata as the server sends it, for tests. */
export const partyMeta: DocumentMeta = {
  type: 'masters.party',
  context: 'masters',
  label: 'Party',
  plural: 'Parties',
  path: '/api/masters/parties',
  scope: 'company',
  title: 'name',
  code: 'code',
  may: ['read', 'add', 'change', 'delete'],
  writes: 'generic',
  search: true,
  fields: [
    { name: 'code', label: 'Code', kind: 'text', required: true, createOnly: true, inList: true },
    { name: 'name', label: 'Name', kind: 'text', required: true, inList: true },
    { name: 'creditLimit', label: 'Credit limit', kind: 'decimal', scale: 2, inList: true },
    {
      name: 'gstin',
      label: 'GSTIN',
      kind: 'text',
      countries: ['IN'],
      checks: [{ kind: 'pattern', message: '15 characters of the tax office' }],
    },
  ],
};

export const invoiceMeta: DocumentMeta = {
  type: 'finance.sales-invoice',
  context: 'finance',
  label: 'Sales invoice',
  plural: 'Sales invoices',
  path: '/api/finance/sales-invoices',
  scope: 'company',
  number: 'number',
  may: ['read', 'add', 'change'],
  writes: 'owner',
  fields: [
    { name: 'number', label: 'Number', kind: 'text', readOnly: true, inList: true },
    {
      name: 'status',
      label: 'Status',
      kind: 'choice',
      readOnly: true,
      inList: true,
      options: [
        { value: 'draft', label: 'Draft' },
        { value: 'posted', label: 'Posted' },
      ],
    },
    { name: 'party', label: 'Customer', kind: 'link', target: 'masters.party', required: true, inList: true },
    { name: 'issueDate', label: 'Issue date', kind: 'date', required: true, default: 'today' },
  ],
  children: [
    {
      name: 'lines',
      label: 'Lines',
      fields: [
        { name: 'description', label: 'Description', kind: 'text' },
        { name: 'quantity', label: 'Quantity', kind: 'decimal', required: true },
      ],
    },
  ],
  verbs: [
    {
      name: 'submit',
      label: 'Submit',
      may: true,
      when: { field: 'status', values: ['draft'] },
      fields: [{ name: 'postingDate', label: 'Posting date', kind: 'date', required: true, default: 'today' }],
    },
  ],
};

export const party: Document = { id: 'p1', company: 'c', version: 4, code: 'C1', name: 'Amber', creditLimit: '500.00' };
