import type { FieldDefinition, Names, Value } from '@business-m/sdk';

const locale = () => navigator.language || 'en';

/** A label within a sentence: small, unless it is an abbreviation. */
export const inSentence = (label: string) =>
  /^.[A-Z]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

/** A decimal as it travels, grouped for reading; exact, since no binary number is made of it. */
export function formatDecimal(text: string, decimalsMin = 0): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const decimals = Math.max(decimalsMin, text.split('.')[1]?.length ?? 0);
  const format = new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return format.format(text as `${number}`);
}

export function formatDate(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return text;
  return day.toLocaleDateString(locale(), { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

export function formatMoment(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return text;
  return moment.toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** The day it is in a zone, as yyyy-MM-dd. */
export function todayIn(zone: string | undefined, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(now);
}

/** What a link leads to, as a person reads it; what may not be read stays an id. */
export const nameOf = (field: FieldDefinition, value: string, names: Names) =>
  names[field.byCode ? `${field.target}/${value}` : value] ?? value;

/** Decimals of a currency in ISO 4217, as the browser knows them. */
function digitsOf(currency: string | undefined): number {
  try {
    const style = { style: 'currency', currency: currency ?? '' } as const;
    return new Intl.NumberFormat('en', style).resolvedOptions().minimumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Decimals that are shown at least: a field that says no scale of its own is an amount, or counted like one. */
const decimalsOf = (field: FieldDefinition, currency: string | undefined) =>
  field.scale === undefined && !/percent|rate/i.test(field.name) ? digitsOf(currency) : 0;

/** What a person reads for a value. */
export function formatValue(
  field: FieldDefinition,
  value: Value,
  names: Names,
  words: [yes: string, no: string],
  currency?: string,
) {
  if (value === null || value === undefined || value === '') return '';
  const text = String(value);
  switch (field.kind) {
    case 'decimal':
      return formatDecimal(text, decimalsOf(field, currency));
    case 'date':
      return formatDate(text);
    case 'moment':
      return formatMoment(text);
    case 'flag':
      return value === true || value === 'true' ? words[0] : words[1];
    case 'choice':
      return field.options?.find((o) => o.value === text)?.label ?? text;
    case 'link':
      return nameOf(field, text, names);
    case 'json':
      return typeof value === 'string' ? value : JSON.stringify(value);
    default:
      return text;
  }
}
