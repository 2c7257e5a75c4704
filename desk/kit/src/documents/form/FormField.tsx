import type { FieldDefinition } from '@business-m/sdk';
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { describedBy, Field } from '../../Field';
import { formatValue } from '../../format';
import { type Draft, Input } from '../../inputs';
import { helpOf, wrongWith } from '../rules';
import { LinkInput } from './LinkInput';
import { useNames } from './names';

interface Place<Form extends FieldValues> {
  control: Control<Form>;
  name: FieldPath<Form>;
  field: FieldDefinition;
}

/** The control of one field, bound to the form, and what is wrong with it. In a table its label is read, not shown. */
export function useBound<Form extends FieldValues>({ control, name, field }: Place<Form>, label?: string) {
  const { t } = useTranslation();
  const { field: bound, fieldState } = useController({
    control,
    name,
    rules: { validate: (value) => wrongWith(field, value as Draft, t) ?? true },
  });
  const id = idOf(name);
  const error = fieldState.error?.message;
  const Bare = field.kind === 'link' ? LinkInput : Input;
  const input = (
    <Bare
      id={id}
      field={field}
      value={bound.value as Draft}
      onChange={bound.onChange}
      onBlur={bound.onBlur}
      label={label}
      invalid={fieldState.invalid}
      describedBy={describedBy(id, label ? undefined : helpOf(field), error)}
      inputRef={bound.ref}
    />
  );
  return { input, error, id };
}

export const idOf = (name: string) => `f-${name.replaceAll('.', '-')}`;

/** A field with its label, help and error. */
export function FormField<Form extends FieldValues>(place: Place<Form>) {
  const { field } = place;
  const { input, error, id } = useBound(place);
  return (
    <Field
      id={id}
      label={field.label}
      required={field.required && field.kind !== 'flag'}
      help={helpOf(field)}
      error={error}
      wide={field.kind === 'longText'}
    >
      {input}
    </Field>
  );
}

/** A field that is read only, as text. */
export function ReadField({ field, value }: { field: FieldDefinition; value: Draft }) {
  const text = useReadable(field, value);
  return (
    <div className={field.kind === 'longText' ? 'field wide' : 'field'}>
      <div className="field-label">{field.label}</div>
      <div className={field.kind === 'decimal' || field.kind === 'whole' ? 'field-value figure' : 'field-value'}>
        {text || '—'}
      </div>
    </div>
  );
}

export function useReadable(field: FieldDefinition, value: Draft) {
  const { t } = useTranslation();
  const { names, currency } = useNames();
  return formatValue(field, value, names, [t('yes'), t('no')], currency);
}
