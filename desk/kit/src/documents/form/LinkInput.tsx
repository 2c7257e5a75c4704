import {
  type Document,
  type DocumentMeta,
  type DocumentSummary,
  documents,
  type FieldDefinition,
  type ListQuery,
  type Term,
} from '@business-m/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Combobox, type ComboOption } from '../../Combobox';
import { nameOf } from '../../format';
import { Input, type InputProps } from '../../inputs';
import { useMeta, useType } from '../desk';
import { isBlock } from '../values';
import { useNames } from './names';

const CHOICES = 20;
const TYPING_PAUSE_MS = 150;

function optionOf(type: DocumentSummary, field: FieldDefinition, row: Document): ComboOption {
  const code = type.code ? String(row[type.code] ?? '') : '';
  const title = type.title ? String(row[type.title] ?? '') : '';
  return {
    value: field.byCode ? code : row.id,
    label: title || code || row.id,
    detail: title && code !== title ? code : undefined,
  };
}

/** A field that leads to another document: searched among that type's own list. */
export function LinkInput(props: InputProps) {
  const target = useType(props.field.target);
  return target ? <Search {...props} target={target} /> : <Input {...props} field={{ ...props.field, kind: 'text' }} />;
}

function Search(props: InputProps & { target: DocumentSummary }) {
  const { field, target, value } = props;
  const { names, company, waiting } = useNames();
  const [text, setText] = useState<string>();
  const [picked, setPicked] = useState<ComboOption>();
  const { id } = props;
  useEffect(() => {
    if (text) waiting?.add(id);
    else waiting?.delete(id);
    return () => void waiting?.delete(id);
  }, [text, id, waiting]);
  const search = useLate(text?.trim());
  const meta = useMeta(search === undefined ? undefined : target.type).data;
  const found = useQuery({
    queryKey: ['choices', target.type, target.scope === 'company' ? company : '', search],
    queryFn: ({ signal }) =>
      documents.list(
        target.path,
        {
          company: target.scope === 'company' ? company : undefined,
          take: CHOICES,
          fields: [target.code, target.title].filter((f) => f !== undefined),
          ...(meta ? choicesLike(meta, search ?? '') : {}),
        },
        signal,
      ),
    enabled: meta !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const chosen = String(value);
  const shown = chosen === '' ? '' : picked?.value === chosen ? picked.label : nameOf(field, chosen, names);
  const settled = search === text?.trim() && found.data !== undefined && !found.isPlaceholderData;
  return (
    <Combobox
      id={props.id}
      label={props.label}
      value={chosen}
      shown={shown}
      options={settled ? (found.data?.rows ?? []).map((row) => optionOf(target, field, row)) : []}
      loading={!settled || found.isFetching}
      onSearch={setText}
      onPick={(option) => {
        setPicked(option);
        props.onChange(option?.value ?? '');
      }}
      onBlur={props.onBlur}
      required={field.required}
      invalid={props.invalid}
      describedBy={props.describedBy}
      inputRef={props.inputRef}
    />
  );
}

/** What is asked for: words where the type is searched by words, else a part of its code or title; nothing blocked. */
export function choicesLike(meta: DocumentMeta, text: string): Pick<ListQuery, 'search' | 'filter'> {
  const open: Term[] = meta.fields.some(isBlock) ? [['blocked', 'eq', false]] : [];
  if (text !== '' && !meta.search) {
    const parts = [meta.code, meta.title].filter((f) => f !== undefined);
    const like = parts.map((f): Term => [f, 'like', `%${text}%`]);
    const [first] = like;
    if (first) open.push(like.length > 1 ? ['or', ...like] : first);
  }
  const [only] = open;
  const filter: Term | undefined = open.length > 1 ? ['and', ...open] : only;
  return { search: (meta.search && text) || undefined, filter };
}

function useLate(value: string | undefined) {
  const [late, setLate] = useState(value);
  useEffect(() => {
    if (value === '' || value === undefined) {
      setLate(value);
      return undefined;
    }
    const timer = setTimeout(() => setLate(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return late;
}
