import type { ChildDefinition, DocumentMeta, FieldDefinition, Loaded } from '@business-m/sdk';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Card } from '../../layout';
import { type FormValues, isBlock, isShown, isTyped, isWritable, linesOf, type Surroundings, toDraft } from '../values';
import { ChildTable } from './ChildTable';
import { FormField, ReadField } from './FormField';

interface SectionsProps {
  meta: DocumentMeta;
  base: Loaded | undefined;
  form: UseFormReturn<FormValues>;
  mayWrite: boolean;
  country: string | undefined;
  at: Surroundings;
}

/** The fields of a document by section, then its lines. */
export function Sections({ meta, base, form, mayWrite, country, at }: SectionsProps) {
  const { t } = useTranslation();
  const hasControl = (f: FieldDefinition) => mayWrite && isTyped(f) && isWritable(f, !base);
  const isInHeading = (f: FieldDefinition) =>
    f.readOnly && [meta.number, meta.title, 'status'].includes(f.name) && base !== undefined;
  const linesAreTyped = (c: ChildDefinition) => mayWrite && c.fields.some((f) => isTyped(f) && isWritable(f, true));
  const hasValue = (f: FieldDefinition) => {
    const value = base?.document[f.name];
    return isTyped(f) && value !== null && value !== undefined && value !== '' && !(f.readOnly && value === false);
  };
  const shown = meta.fields.filter(
    (f) => isShown(f, country) && !isBlock(f) && !isInHeading(f) && (hasControl(f) || hasValue(f)),
  );
  const children = (meta.children ?? []).filter(
    (c) => linesAreTyped(c) || (base && linesOf(base.document, c).length > 0),
  );
  const names = [...new Set(shown.map((f) => f.section ?? ''))].sort((a, b) => Number(a !== '') - Number(b !== ''));
  const section = (name: string) => shown.filter((f) => (f.section ?? '') === name);
  const isResult = (name: string) => {
    const fields = meta.fields.filter((f) => f.section === name);
    return fields.filter((f) => f.readOnly).length > fields.length / 2;
  };
  const asked = (f: FieldDefinition) => (meta.series && f.name === meta.code ? { ...f, required: false } : f);
  const card = (name: string) => (
    <Card key={name} padded>
      <h2>{name || t('form.general')}</h2>
      <div className="fields">
        {section(name).map((f) =>
          hasControl(f) ? (
            <FormField key={f.name} control={form.control} name={`fields.${f.name}`} field={asked(f)} />
          ) : (
            <ReadField key={f.name} field={f} value={toDraft(f, base?.document[f.name])} />
          ),
        )}
      </div>
    </Card>
  );
  // Sums stand below the lines that they are of.
  return (
    <>
      {names.filter((name) => name === '' || !isResult(name)).map(card)}
      {children.sort(byNeed).map((child) => (
        <Card key={child.name} padded>
          <h2>{child.label}</h2>
          <ChildTable
            child={child}
            fields={child.fields.filter((f) => isTyped(f) && isShown(f, country) && (base || isWritable(f, true)))}
            control={form.control}
            writable={(f, lineIsNew) => mayWrite && isWritable(f, lineIsNew || meta.writes === 'owner')}
            at={at}
          />
        </Card>
      ))}
      {names.filter((name) => name !== '' && isResult(name)).map(card)}
    </>
  );
}

// Lines that must be filled in come before those that are rare.
const byNeed = (a: ChildDefinition, b: ChildDefinition) => Number(isNeeded(b)) - Number(isNeeded(a));
const isNeeded = (child: ChildDefinition) => child.fields.some((f) => f.required && !f.readOnly);
