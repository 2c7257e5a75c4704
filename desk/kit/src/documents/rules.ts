import type { FieldDefinition } from '@business-m/sdk';
import type { TFunction } from 'i18next';
import { type Draft, plainNumber } from '../inputs';

const beyond = (text: string, bound: number | string | undefined, sign: 1 | -1) =>
  bound !== undefined && compareDecimals(text, String(bound)) * sign > 0;

/** Which of two decimals is greater, without making binary numbers of them. */
export function compareDecimals(a: string, b: string): number {
  const [negativeA, negativeB] = [a.startsWith('-'), b.startsWith('-')];
  if (negativeA !== negativeB) return negativeA ? -1 : 1;
  const [wholeA = '', partA = ''] = a.replace('-', '').split('.');
  const [wholeB = '', partB = ''] = b.replace('-', '').split('.');
  const whole = Math.max(wholeA.length, wholeB.length);
  const part = Math.max(partA.length, partB.length);
  const textA = wholeA.padStart(whole, '0') + partA.padEnd(part, '0');
  const textB = wholeB.padStart(whole, '0') + partB.padEnd(part, '0');
  const order = textA < textB ? -1 : textA > textB ? 1 : 0;
  return negativeA ? -order : order;
}

/** What is wrong with the shape of a value; the rest the server knows. */
export function wrongWith(field: FieldDefinition, draft: Draft, t: TFunction): string | undefined {
  if (field.kind === 'flag') return undefined;
  const typed = String(draft ?? '');
  if (typed.trim() === '') return field.required ? t('rules.required', { label: field.label }) : undefined;
  if (field.kind !== 'whole' && field.kind !== 'decimal') return undefined;
  const text = plainNumber(typed);
  const scale = field.kind === 'whole' ? 0 : (field.scale ?? 4);
  const shape = scale === 0 ? /^-?\d{1,20}$/ : new RegExp(`^-?\\d{1,20}(\\.\\d{1,${scale}})?$`);
  if (!shape.test(text)) return scale === 0 ? t('rules.whole') : t('rules.decimal', { scale });
  if (beyond(text, field.min, -1)) return t('rules.min', { min: field.min });
  if (beyond(text, field.max, 1)) return t('rules.max', { max: field.max });
  return undefined;
}

/** What stands beside a field: its own help, else what its checks ask for. */
export function helpOf(field: FieldDefinition): string | undefined {
  const texts = [field.help, ...(field.help ? [] : (field.checks ?? []).map((c) => c.message))].filter(Boolean);
  return texts.length > 0 ? texts.join(' ') : undefined;
}
