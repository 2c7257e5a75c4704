import { call, type Intent } from './http';
import type { DocumentMeta, DocumentSummary } from './meta';

export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };
export type Values = Record<string, Value>;

/** A document as it travels: its fields, its child lines, and what every document has. */
export interface Document extends Values {
  id: string;
}

export type Names = Record<string, string>;

/** One document with the ETag that a change of it is made against. */
export interface Loaded {
  document: Document;
  names: Names;
  etag: string | undefined;
}

export type Term = [string, ...unknown[]];

export interface ListQuery {
  company?: string | undefined;
  take?: number | undefined;
  after?: string | undefined;
  sort?: string | undefined;
  fields?: string[] | undefined;
  filter?: Term | undefined;
  search?: string | undefined;
  totals?: string[] | undefined;
}

export interface Page {
  rows: Document[];
  names: Names;
  next?: string;
  totals?: Record<string, string | number>;
}

export interface Change {
  version: number;
  at: string;
  by: string;
  action: string;
  fields: { field: string; before?: Value; after?: Value }[];
}

export type NoteKind = 'comment' | 'tag' | 'assignment' | 'follow' | 'attachment';

export interface Note {
  id: string;
  kind: NoteKind;
  text?: string;
  user?: string;
  url?: string;
  at: string;
  by: string;
}

export interface Found {
  type: string;
  id: string;
  code?: string;
  title?: string;
}

export interface ImportOutcome {
  id?: string;
  columns: { column: string; field?: string }[];
  rows: number;
  added: number;
  changed: number;
  refused: number;
  errors: { row: number; column?: string; code: string; detail: string }[];
}

export function queryString(query: Record<string, string | number | boolean | undefined>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') words.set(name, String(value));
  }
  const text = words.toString();
  return text ? `?${text}` : '';
}

const asWords = (query: ListQuery) =>
  queryString({
    company: query.company,
    take: query.take,
    after: query.after,
    sort: query.sort,
    fields: query.fields?.join(','),
    filter: query.filter && JSON.stringify(query.filter),
    search: query.search,
    totals: query.totals?.join(','),
  });

const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

const loaded = ({ value, etag }: { value: Document; etag: string | undefined }): Loaded => ({
  document: value,
  names: (value.names as Names | undefined) ?? {},
  etag: etag ?? (value.version === undefined ? undefined : `"${String(value.version)}"`),
});

/** The generic calls of docs/documents.md. `path` is the type's address, such as /api/masters/parties. */
export const documents = {
  async types(): Promise<{ version: number; documents: DocumentSummary[] }> {
    return (await call<{ version: number; documents: DocumentSummary[] }>('/api/meta')).value;
  },

  async meta(type: string): Promise<DocumentMeta> {
    return (await call<DocumentMeta>(`/api/meta/${encodeURIComponent(type)}`)).value;
  },

  async list(path: string, query: ListQuery, signal?: AbortSignal): Promise<Page> {
    const { value } = await call<Page>(path + asWords(query), withSignal(signal));
    return { ...value, names: value.names ?? {} };
  },

  async get(path: string, id: string, asOf?: string): Promise<Loaded> {
    return loaded(await call<Document>(`${path}/${id}${queryString({ asOf })}`));
  },

  async create(path: string, values: Values, intent: Intent): Promise<Loaded> {
    return loaded(await call<Document>(path, { method: 'POST', body: values, intent }));
  },

  async patch(path: string, id: string, values: Values, ifMatch: string | undefined): Promise<Loaded> {
    return loaded(await call<Document>(`${path}/${id}`, { method: 'PATCH', body: values, ifMatch }));
  },

  async verb(path: string, id: string, verb: string, values: Values, intent: Intent): Promise<void> {
    await call(`${path}/${id}/${verb}`, { method: 'POST', body: values, intent });
  },

  async remove(path: string, id: string): Promise<void> {
    await call(`${path}/${id}`, { method: 'DELETE' });
  },

  async history(path: string, id: string): Promise<Change[]> {
    return (await call<{ changes: Change[] }>(`${path}/${id}/history`)).value.changes;
  },

  async notes(path: string, id: string): Promise<Note[]> {
    return (await call<{ notes: Note[] }>(`${path}/${id}/notes`)).value.notes;
  },

  async addNote(path: string, id: string, note: Partial<Note>, intent: Intent): Promise<void> {
    await call(`${path}/${id}/notes`, { method: 'POST', body: note, intent });
  },

  async removeNote(path: string, id: string, note: string): Promise<void> {
    await call(`${path}/${id}/notes/${note}`, { method: 'DELETE' });
  },

  async search(company: string | undefined, q: string, signal?: AbortSignal): Promise<Found[]> {
    const { value } = await call<{ found: Found[] }>(`/api/search${queryString({ company, q })}`, withSignal(signal));
    return value.found;
  },

  async importFile(
    path: string,
    file: File,
    options: { company?: string | undefined; dryRun: boolean; map?: Record<string, string> | undefined },
  ): Promise<ImportOutcome> {
    const query = queryString({
      company: options.company,
      file: file.name,
      dryRun: options.dryRun,
      map: options.map && JSON.stringify(options.map),
    });
    return (await call<ImportOutcome>(`${path}/import${query}`, { method: 'POST', file })).value;
  },

  async undoImport(path: string, id: string, intent: Intent): Promise<void> {
    await call(`${path}/import/${id}/undo`, { method: 'POST', intent });
  },

  /** Where a browser downloads the list from. */
  exportAddress(path: string, format: 'csv' | 'xlsx', query: ListQuery): string {
    const words = asWords({ ...query, take: undefined, after: undefined });
    return `${path}/export${words ? `${words}&` : '?'}format=${format}`;
  },
};
