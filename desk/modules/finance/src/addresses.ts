/** Where documents of the ledger's kinds are shown. */
const ADDRESSES: Record<string, string> = {
  'sales-invoice': '/finance/sales-invoices',
  'credit-note': '/finance/credit-notes',
  receipt: '/finance/receipts',
};

export const addressOfItem = ({ kind, id }: { kind: string; id: string }) =>
  ADDRESSES[kind] && `${ADDRESSES[kind]}/${id}`;
