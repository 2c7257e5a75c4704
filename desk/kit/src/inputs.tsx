import type { FieldDefinition } from '@business-m/sdk';
import { useTranslation } from 'react-i18next';

/** What a control holds while it is edited: text as it travels, or a flag. */
export type Draft = string | boolean;

export interface InputProps {
  id: string;
  field: FieldDefinition;
  value: Draft;
  onChange: (value: Draft) => void;
  onBlur?: (() => void) | undefined;
  label?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
  inputRef?: ((element: HTMLElement | null) => void) | undefined;
}

/** The control of a field that leads nowhere else; links have their own. */
export function Input(props: InputProps) {
  switch (props.field.kind) {
    case 'flag':
      return <Flag {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'longText':
      return <LongText {...props} />;
    case 'moment':
      return <Moment {...props} />;
    case 'date':
      return <Line {...props} type="date" />;
    case 'whole':
    case 'decimal':
      return <NumberLine {...props} />;
    default:
      return <Line {...props} type="text" />;
  }
}

const shared = ({ id, field, label, describedBy, invalid, inputRef, onBlur }: InputProps) => ({
  id,
  ref: inputRef,
  'aria-label': label,
  'aria-describedby': describedBy,
  'aria-invalid': invalid || undefined,
  'aria-required': (field.required && field.kind !== 'flag') || undefined,
  onBlur,
});

function Line(props: InputProps & { type: 'text' | 'date' }) {
  return (
    <input
      {...shared(props)}
      className="input"
      type={props.type}
      autoComplete="off"
      maxLength={props.type === 'text' ? (props.field.length ?? 1000) : undefined}
      value={String(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

/** A number is kept as text. Spaces and groups of three that people type are taken out when the field is left. */
function NumberLine(props: InputProps) {
  return (
    <input
      {...shared(props)}
      className="input numeric"
      type="text"
      inputMode={props.field.kind === 'whole' ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={String(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
      onBlur={() => {
        const plain = plainNumber(String(props.value));
        if (plain !== props.value) props.onChange(plain);
        props.onBlur?.();
      }}
    />
  );
}

export function plainNumber(text: string): string {
  const close = text.replace(/[\s\u00a0\u202f']/g, '');
  return /^-?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/.test(close) ? close.replaceAll(',', '') : close;
}

function LongText(props: InputProps) {
  return (
    <textarea
      {...shared(props)}
      className="input"
      rows={3}
      maxLength={props.field.length ?? 10_000}
      value={String(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function Flag(props: InputProps) {
  return (
    <input
      {...shared(props)}
      className="checkbox"
      type="checkbox"
      checked={props.value === true || props.value === 'true'}
      onChange={(event) => props.onChange(event.target.checked)}
    />
  );
}

function Choice(props: InputProps) {
  const { t } = useTranslation();
  const options = props.field.options ?? [];
  const value = String(props.value);
  const known = value === '' || options.some((o) => o.value === value);
  return (
    <select {...shared(props)} className="input" value={value} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">{props.field.required ? t('form.choose') : t('form.none')}</option>
      {!known && <option value={value}>{value}</option>}
      {options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  );
}

/** Shown and typed in the browser's own zone, kept in UTC. */
function Moment(props: InputProps) {
  return (
    <input
      {...shared(props)}
      className="input"
      type="datetime-local"
      value={localMoment(String(props.value))}
      onChange={(event) => {
        const moment = new Date(event.target.value);
        props.onChange(Number.isNaN(moment.getTime()) ? '' : moment.toISOString());
      }}
    />
  );
}

function localMoment(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return '';
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
