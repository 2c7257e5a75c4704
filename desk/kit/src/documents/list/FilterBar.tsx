import type { DocumentMeta, FieldDefinition } from '@business-m/sdk';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Input } from '../../inputs';
import { LinkInput } from '../form/LinkInput';
import { type FilterItem, filterable, type Operation, operationsOf } from './filters';

interface FilterBarProps {
  meta: DocumentMeta;
  items: FilterItem[];
  onChange: (items: FilterItem[]) => void;
}

/** What the rows must be like: a field, how it is compared, and with what; all of it must hold. */
export function FilterBar({ meta, items, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const fields = filterable(meta);
  const first = fields[0];
  if (!first) return null;
  const put = (at: number, item: FilterItem) => onChange(items.map((old, i) => (i === at ? item : old)));
  return (
    <fieldset className="filters">
      <legend className="unseen">{t('list.filters')}</legend>
      {items.map((item, at) => (
        <FilterLine
          key={at}
          at={at}
          fields={fields}
          item={item}
          onChange={(next) => put(at, next)}
          onRemove={() => onChange(items.filter((_, i) => i !== at))}
        />
      ))}
      <Button
        icon="plus"
        look="quiet"
        onPress={() => onChange([...items, [first.name, operationsOf(first)[0] ?? 'eq', '']])}
      >
        {t('list.addFilter')}
      </Button>
    </fieldset>
  );
}

interface FilterLineProps {
  at: number;
  fields: FieldDefinition[];
  item: FilterItem;
  onChange: (item: FilterItem) => void;
  onRemove: () => void;
}

function FilterLine({ at, fields, item, onChange, onRemove }: FilterLineProps) {
  const { t } = useTranslation();
  const id = useId();
  const [name, operation, value] = item;
  const field = fields.find((f) => f.name === name);
  const toField = (next: FieldDefinition | undefined) =>
    next && onChange([next.name, operationsOf(next)[0] ?? 'eq', '']);
  return (
    <div className="filter">
      <select
        className="input"
        aria-label={t('list.filterField', { at: at + 1 })}
        value={name}
        onChange={(event) => toField(fields.find((f) => f.name === event.target.value))}
      >
        {fields.map((f) => (
          <option key={f.name} value={f.name}>
            {f.label}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={t('list.filterOperation', { at: at + 1 })}
        value={operation}
        onChange={(event) => onChange([name, event.target.value as Operation, value])}
      >
        {(field ? operationsOf(field) : []).map((o) => (
          <option key={o} value={o}>
            {t(`list.operation.${o}`)}
          </option>
        ))}
      </select>
      {field && operation !== 'empty' && (
        <FilterValue
          id={id}
          field={field}
          value={value}
          at={at}
          onChange={(next) => onChange([name, operation, next])}
        />
      )}
      <Button icon="close" look="quiet" label={t('list.removeFilter', { at: at + 1 })} onPress={onRemove} />
    </div>
  );
}

interface FilterValueProps {
  id: string;
  field: FieldDefinition;
  value: string;
  at: number;
  onChange: (value: string) => void;
}

function FilterValue({ id, field, value, at, onChange }: FilterValueProps) {
  const { t } = useTranslation();
  const label = t('list.filterValue', { at: at + 1 });
  const yesNo: FieldDefinition = {
    ...field,
    kind: 'choice',
    options: [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ],
  };
  const asked = field.kind === 'flag' ? yesNo : { ...field, required: false };
  const Control = field.kind === 'link' ? LinkInput : Input;
  return <Control id={id} field={asked} label={label} value={value} onChange={(next) => onChange(String(next))} />;
}
