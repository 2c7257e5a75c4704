import type { ChildDefinition, FieldDefinition } from '@business-m/sdk';
import { useRef } from 'react';
import { type Control, useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Column, Row } from '../../layout';
import { useNarrow } from '../../useNarrow';
import { defaultsOf, type FormValues, type Line, type Surroundings } from '../values';
import { FormField, ReadField, useBound, useReadable } from './FormField';

interface ChildTableProps {
  child: ChildDefinition;
  fields: FieldDefinition[];
  control: Control<FormValues>;
  writable: (field: FieldDefinition, lineIsNew: boolean) => boolean;
  at: Surroundings;
}

/** The lines of a document: a grid to type in; on a narrow page each line is a sheet of its own. */
export function ChildTable({ child, fields, control, writable, at: surroundings }: ChildTableProps) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const name = `lines.${child.name}` as const;
  const lines = useFieldArray({ control, name, keyName: 'key' });
  const adding = useRef<HTMLButtonElement>(null);
  const canAdd = fields.some((f) => writable(f, true));
  const add = () => {
    const first = fields.find((f) => writable(f, true));
    lines.append(
      { id: '', values: defaultsOf(child.fields, surroundings) },
      first ? { focusName: `${name}.${lines.fields.length}.values.${first.name}` } : {},
    );
  };
  const remove = (at: number) => {
    lines.remove(at);
    adding.current?.focus();
  };
  const shown = { name, fields, control, writable, lines: lines.fields as unknown as KeyedLine[], remove, canAdd };
  return (
    <Column>
      {lines.fields.length === 0 ? (
        <p className="muted">{t('form.noLines')}</p>
      ) : narrow ? (
        <Sheets {...shown} label={child.label} />
      ) : (
        <Grid {...shown} label={child.label} />
      )}
      {canAdd && (
        <Row>
          <Button icon="plus" label={t('form.addLineTo', { label: child.label })} onPress={add} buttonRef={adding}>
            {t('form.addLine')}
          </Button>
        </Row>
      )}
    </Column>
  );
}

type KeyedLine = Line & { key: string };

interface ShownLines {
  name: `lines.${string}`;
  label: string;
  fields: FieldDefinition[];
  control: Control<FormValues>;
  writable: (field: FieldDefinition, lineIsNew: boolean) => boolean;
  lines: KeyedLine[];
  remove: (at: number) => void;
  canAdd: boolean;
}

const isNumber = (field: FieldDefinition) => field.kind === 'decimal' || field.kind === 'whole';

function Grid({ name, label, fields, control, writable, lines, remove, canAdd }: ShownLines) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      <table className="table lines">
        <thead>
          <tr>
            <th scope="col" className="numeric">
              {t('form.lineNumber')}
            </th>
            {fields.map((f) => (
              <th key={f.name} scope="col" className={`${isNumber(f) ? 'numeric' : ''} kind-${f.kind}`}>
                {f.label}
                {f.required && f.kind !== 'flag' && writable(f, true) && <span aria-hidden="true"> *</span>}
              </th>
            ))}
            {canAdd && (
              <th scope="col">
                <span className="unseen">{t('form.remove')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={line.key}>
              <td className="numeric muted">{at + 1}</td>
              {fields.map((f) => (
                <td key={f.name} className={isNumber(f) ? 'numeric' : undefined}>
                  {writable(f, !line.id) ? (
                    <Cell control={control} name={`${name}.${at}.values.${f.name}`} field={f} at={at} />
                  ) : (
                    <Read field={f} line={line} />
                  )}
                </td>
              ))}
              {canAdd && (
                <td>
                  <Button
                    look="quiet"
                    icon="trash"
                    label={t('form.removeLine', { at: at + 1 })}
                    onPress={() => remove(at)}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface CellProps {
  control: Control<FormValues>;
  name: `lines.${string}.${number}.values.${string}`;
  field: FieldDefinition;
  at: number;
}

function Cell({ control, name, field, at }: CellProps) {
  const { t } = useTranslation();
  const { input, error, id } = useBound({ control, name, field }, t('form.inLine', { label: field.label, at: at + 1 }));
  return (
    <>
      {input}
      {error && (
        <div className="field-error" id={`${id}-error`}>
          {error}
        </div>
      )}
    </>
  );
}

function Read({ field, line }: { field: FieldDefinition; line: Line }) {
  return <>{useReadable(field, line.values[field.name] ?? '')}</>;
}

function Sheets({ name, label, fields, control, writable, lines, remove, canAdd }: ShownLines) {
  const { t } = useTranslation();
  return (
    <Column>
      {lines.map((line, at) => (
        <fieldset key={line.key} className="line-sheet">
          <legend>{t('form.line', { label, at: at + 1 })}</legend>
          <div className="fields">
            {fields.map((f) =>
              writable(f, !line.id) ? (
                <FormField key={f.name} control={control} name={`${name}.${at}.values.${f.name}`} field={f} />
              ) : (
                <ReadField key={f.name} field={f} value={line.values[f.name] ?? ''} />
              ),
            )}
          </div>
          {canAdd && (
            <Button icon="trash" look="quiet" onPress={() => remove(at)}>
              {t('form.removeLine', { at: at + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
    </Column>
  );
}
