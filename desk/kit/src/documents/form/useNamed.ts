import {
  type Document,
  type DocumentMeta,
  type DocumentSummary,
  documents,
  type Loaded,
  type Names,
} from '@business-m/sdk';
import { useQueries } from '@tanstack/react-query';
import { useDesk } from '../desk';
import { linesOf } from '../values';

// So many ids that the address of a question stays below the 8 kB that servers read.
const ASKED_AT_ONCE = 100;

const inParts = (ids: string[]) =>
  Array.from({ length: Math.ceil(ids.length / ASKED_AT_ONCE) }, (_, part) =>
    ids.slice(part * ASKED_AT_ONCE, (part + 1) * ASKED_AT_ONCE),
  );

/** Ids that links of a document hold and that it came without a name for, by the type that they lead to. */
export function withoutName(meta: DocumentMeta, { document, names }: Loaded): Map<string, string[]> {
  const ids = new Map<string, Set<string>>();
  const note = (fields: DocumentMeta['fields'], values: Document) => {
    for (const field of fields) {
      const value = values[field.name];
      if (field.kind !== 'link' || field.byCode || !field.target || typeof value !== 'string' || value in names)
        continue;
      ids.set(field.target, (ids.get(field.target) ?? new Set()).add(value));
    }
  };
  note(meta.fields, document);
  for (const child of meta.children ?? []) for (const line of linesOf(document, child)) note(child.fields, line);
  return new Map([...ids].map(([target, values]) => [target, [...values]]));
}

const nameOfRow = (type: DocumentSummary, row: Document) =>
  [...new Set([type.code, type.title].map((f) => (f ? String(row[f] ?? '') : '')))].filter(Boolean).join(' ');

/** The names of what a document's links lead to: those that came with it, and those that are asked for here. */
export function useNamed(meta: DocumentMeta, loaded: Loaded | undefined): Names {
  const { types } = useDesk();
  const asked = loaded
    ? [...withoutName(meta, loaded)].flatMap(([target, ids]) => {
        const type = types.find((t) => t.type === target);
        return type ? inParts(ids).map((part) => ({ type, ids: part })) : [];
      })
    : [];
  return useQueries({
    queries: asked.map(({ type, ids }) => ({
      queryKey: ['names', type.type, ids],
      queryFn: async (): Promise<Names> => {
        const { rows } = await documents.list(type.path, {
          company: type.scope === 'company' ? String(loaded?.document.company) : undefined,
          take: ids.length,
          filter: ['id', 'in', ids],
          fields: [type.code, type.title].filter((f) => f !== undefined),
        });
        return Object.fromEntries(rows.map((row) => [row.id, nameOfRow(type, row)]));
      },
      staleTime: 60_000,
    })),
    combine: (answers) => Object.assign({}, loaded?.names, ...answers.map((a) => a.data)) as Names,
  });
}
