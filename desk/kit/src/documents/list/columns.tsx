import type { Document, DocumentMeta, FieldDefinition, Names, Page } from '@business-m/sdk';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { Badge, toneOf } from '../../Badge';
import { formatDecimal, formatValue } from '../../format';
import type { Column } from '../../Table';
import { addressOf } from '../desk';

/** The fields that a list shows if nobody chose others. */
export function usualFields(meta: DocumentMeta): string[] {
  const marked = meta.fields.filter((f) => f.inList).map((f) => f.name);
  if (marked.length > 0) return marked;
  const naming = [meta.number, meta.code, meta.title].filter((n) => n !== undefined);
  return naming.length > 0 ? naming : meta.fields.slice(0, 4).map((f) => f.name);
}

export const choosable = (meta: DocumentMeta) => meta.fields.filter((f) => f.kind !== 'json' && f.kind !== 'longText');

export const isSum = (field: FieldDefinition) => field.kind === 'decimal';

interface Options {
  meta: DocumentMeta;
  fields: FieldDefinition[];
  names: Names;
  totals: Page['totals'] | undefined;
  sortable: boolean;
  /** Of amounts in rows that name none. */
  usualCurrency: string | undefined;
  t: TFunction;
}

/** The columns of a list. The first one opens the document. */
export function columnsOf({ meta, fields, names, totals, sortable, usualCurrency, t }: Options): Column<Document>[] {
  const words: [string, string] = [t('yes'), t('no')];
  return fields.map((field, at) => ({
    key: field.name,
    header: field.label,
    numeric: field.kind === 'decimal' || field.kind === 'whole',
    sortable: sortable && !field.sensitive,
    foot: totals ? footOf(field, at, totals, t) : undefined,
    cell: (row) => {
      const currency = typeof row.currency === 'string' ? row.currency : usualCurrency;
      const text = formatValue(field, row[field.name], names, words, currency);
      if (at === 0) {
        return (
          <Link to={`${addressOf(meta)}/${row.id}`} className="row-link">
            {text || t('list.unnamed')}
          </Link>
        );
      }
      if (field.kind === 'choice' && field.name === 'status' && text) {
        return <Badge tone={toneOf(String(row[field.name]))}>{text}</Badge>;
      }
      return text;
    },
  }));
}

function footOf(field: FieldDefinition, at: number, totals: NonNullable<Page['totals']>, t: TFunction) {
  if (at === 0) return t('list.count', { count: Number(totals.count ?? 0) });
  const sum = totals[field.name];
  return sum === undefined ? '' : formatDecimal(String(sum), 2);
}
