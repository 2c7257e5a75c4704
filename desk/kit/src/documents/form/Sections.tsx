import type { DocumentMeta, FieldDefinition, Loaded } from '@business-m/sdk';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Card } from '../../layout';
import { type FormValues, isBlock, isShown, isWritable, type Surroundings, toDraft } from '../values';
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
  const shown = meta.fields.filter((f) => isShown(f, country) && (base || isWritable(f, true)) && !isBlock(f));
  const names = [...new Set(shown.map((f) => f.section ?? ''))].sort((a, b) => Number(a !== '') - Number(b !== ''));
  const asked = (f: FieldDefinition) => (meta.series && f.name === meta.code ? { ...f, required: false } : f);
  const field = (f: FieldDefinition) =>
    mayWrite && isWritable(f, !base) ? (
      <FormField key={f.name} control={form.control} name={`fields.${f.name}`} field={asked(f)} />
    ) : (
      <ReadField key={f.name} field={f} value={toDraft(f, base?.document[f.name])} />
    );
  return (
    <>
      {names.map((name) => (
        <Card key={name} padded>
          <h2>{name || t('form.general')}</h2>
          <div className="fields">{shown.filter((f) => (f.section ?? '') === name).map(field)}</div>
        </Card>
      ))}
      {(meta.children ?? []).map((child) => {
        const columns = child.fields.filter((f) => isShown(f, country) && (base || isWritable(f, true)));
        return (
          <Card key={child.name} padded>
            <h2>{child.label}</h2>
            <ChildTable
              child={child}
              fields={columns}
              control={form.control}
              writable={(f, lineIsNew) => mayWrite && isWritable(f, lineIsNew)}
              at={at}
            />
          </Card>
        );
      })}
    </>
  );
}
