import { type Document, type DocumentSummary, documents, type FieldDefinition } from '@business-m/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Combobox, type ComboOption } from '../../Combobox';
import { nameOf } from '../../format';
import { Input, type InputProps } from '../../inputs';
import { useType } from '../desk';
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
  const { names, company } = useNames();
  const [text, setText] = useState<string>();
  const [picked, setPicked] = useState<ComboOption>();
  const search = useLate(text?.trim());
  const found = useQuery({
    queryKey: ['choices', target.type, target.scope === 'company' ? company : '', search],
    queryFn: ({ signal }) =>
      documents.list(
        target.path,
        {
          company: target.scope === 'company' ? company : undefined,
          take: CHOICES,
          search: search || undefined,
          fields: [target.code, target.title].filter((f) => f !== undefined),
        },
        signal,
      ),
    enabled: search !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const chosen = String(value);
  const shown = chosen === '' ? '' : picked?.value === chosen ? picked.label : nameOf(field, chosen, names);
  const settled = search === text?.trim() && !found.isPlaceholderData;
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
