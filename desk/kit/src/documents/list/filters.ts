import type { DocumentMeta, FieldDefinition, FieldKind, Term } from '@business-m/sdk';

export const OPERATIONS = ['contains', 'eq', 'ne', 'ge', 'le', 'empty'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One line of the filter bar, as it stands in the page's address. */
export type FilterItem = [field: string, operation: Operation, value: string];

/** What a list is asked for; it stands in the page's address, so that a view can be sent to somebody. */
export interface ListView {
  q?: string | undefined;
  sort?: string | undefined;
  filters?: FilterItem[] | undefined;
  totals?: boolean | undefined;
}

const BY_KIND: Partial<Record<FieldKind, Operation[]>> = {
  text: ['contains', 'eq', 'empty'],
  longText: ['contains', 'empty'],
  whole: ['eq', 'ge', 'le', 'empty'],
  decimal: ['eq', 'ge', 'le', 'empty'],
  date: ['ge', 'le', 'eq', 'empty'],
  moment: ['ge', 'le', 'empty'],
  flag: ['eq'],
  choice: ['eq', 'ne', 'empty'],
  link: ['eq', 'empty'],
};

export const operationsOf = (field: FieldDefinition): Operation[] => BY_KIND[field.kind] ?? ['eq'];

export const filterable = (meta: DocumentMeta) =>
  meta.fields.filter((f) => (f.inList || f.indexed) && f.kind !== 'json' && !f.sensitive);

const isComplete = ([, operation, value]: FilterItem) => operation === 'empty' || value !== '';

function termOf([name, operation, value]: FilterItem, fields: FieldDefinition[]): Term | undefined {
  const field = fields.find((f) => f.name === name);
  if (!field) return undefined;
  if (operation === 'empty') return [name, 'null'];
  if (operation === 'contains') return [name, 'like', `%${value}%`];
  const sent = field.kind === 'flag' ? value === 'true' : field.kind === 'whole' ? Number(value) : value;
  return [name, operation, sent];
}

/** The filter as the server takes it; undefined: everything. */
export function filterTerm(items: FilterItem[] | undefined, meta: DocumentMeta): Term | undefined {
  const terms = (items ?? [])
    .filter(isComplete)
    .map((item) => termOf(item, meta.fields))
    .filter((term) => term !== undefined);
  if (terms.length < 2) return terms[0];
  return ['and', ...terms];
}

/** What may stand in an address, whoever wrote it. */
export function viewOf(search: Record<string, unknown>): ListView {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const items = Array.isArray(search.filters) ? search.filters.filter(isItem) : [];
  return {
    q: text(typeof search.q === 'number' ? String(search.q) : search.q),
    sort: text(search.sort),
    filters: items.length > 0 ? items : undefined,
    totals: search.totals === true ? true : undefined,
  };
}

const isItem = (item: unknown): item is FilterItem =>
  Array.isArray(item) &&
  item.length === 3 &&
  item.every((part) => typeof part === 'string') &&
  OPERATIONS.some((o) => o === item[1]);
