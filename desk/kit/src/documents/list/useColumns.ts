import type { DocumentMeta, FieldDefinition } from '@business-m/sdk';
import { useState } from 'react';
import { choosable, usualFields } from './columns';

const keyOf = (meta: DocumentMeta) => `desk.columns.${meta.type}`;

function remembered(meta: DocumentMeta): string[] | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(meta)) ?? 'null');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}

/** Which columns a list shows; the choice is kept in this browser. */
export function useColumns(meta: DocumentMeta) {
  const [chosen, setChosen] = useState(() => remembered(meta));
  const known = (names: string[]) =>
    names.map((name) => meta.fields.find((f) => f.name === name)).filter((f): f is FieldDefinition => f !== undefined);
  const usual = usualFields(meta);
  const fields = known(chosen ?? usual);
  return {
    fields: fields.length > 0 ? fields : known(usual),
    choosable: choosable(meta),
    choose(names: string[] | undefined) {
      setChosen(names);
      if (names) localStorage.setItem(keyOf(meta), JSON.stringify(names));
      else localStorage.removeItem(keyOf(meta));
    },
  };
}
