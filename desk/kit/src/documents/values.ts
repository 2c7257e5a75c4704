import {
  type ChildDefinition,
  type Document,
  type DocumentMeta,
  type FieldDefinition,
  newId,
  type Value,
  type Values,
  type VerbDefinition,
} from '@business-m/sdk';
import { type Draft, plainNumber } from '../inputs';

export type Drafts = Record<string, Draft>;

/** A line of a child table. The id is empty until the line is saved. */
export interface Line {
  id: string;
  values: Drafts;
}

/** What a form holds while it is edited. */
export interface FormValues {
  fields: Drafts;
  lines: Record<string, Line[]>;
}

/** What is sent, and at which line of the form each line of it stands: refusals name the line that was sent. */
export interface Body {
  values: Values;
  sentLines: Record<string, number[]>;
}

export const isShown = (field: FieldDefinition, country: string | undefined) =>
  !field.countries?.length || (country !== undefined && field.countries.includes(country));

export const isWritable = (field: FieldDefinition, isNew: boolean) => !field.readOnly && (isNew || !field.createOnly);

/** Whether a form has a control for it. What is of its owner's own shape travels as it came. */
export const isTyped = (field: FieldDefinition) => field.kind !== 'json';

/** Whether it says that a master is blocked: that is done with buttons, not typed. */
export const isBlock = (field: FieldDefinition) => field.name === 'blocked' && field.kind === 'flag';

/** Whether a document's state lets a verb be used. */
export function isOffered(verb: VerbDefinition, document: Document): boolean {
  if (verb.may === false) return false;
  const { field, values } = verb.when ?? {};
  return !field || !values || values.includes(String(document[field] ?? ''));
}

/** What a verb asks for. Confirmations are not among it: the server asks for them where they are needed. */
export const askedOf = (verb: VerbDefinition) =>
  (verb.fields ?? []).filter((f) => !(f.kind === 'flag' && f.name.endsWith('Confirmed')));

/** Whether a verb is begun with a dialog. */
export const asksOf = (verb: VerbDefinition) =>
  askedOf(verb).length > 0 || (verb.children ?? []).length > 0 || verb.danger === true;

/** A verb's fields as if they were a document's, for what reads forms. */
export const formOfVerb = (verb: VerbDefinition): Pick<DocumentMeta, 'fields' | 'children'> => ({
  fields: askedOf(verb),
  children: verb.children ?? [],
});

export function toDraft(field: FieldDefinition, value: Value): Draft {
  if (field.kind === 'flag') return value === true || value === 'true';
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function toWire(field: FieldDefinition, draft: Draft | undefined): Value {
  if (field.kind === 'flag') return draft === true || draft === 'true';
  const text = String(draft ?? '');
  if (text.trim() === '') return null;
  if (field.kind === 'json') return JSON.parse(text) as Value;
  if (field.kind === 'decimal') return plainNumber(text);
  if (field.kind !== 'whole') return text;
  const digits = plainNumber(text);
  return /^-?\d{1,10}$/.test(digits) ? Number(digits) : digits;
}

/** What a new document takes from its surroundings. */
export interface Surroundings {
  today: string;
  /** The company's currency. */
  currency?: string | undefined;
}

export function defaultOf(field: FieldDefinition, { today, currency }: Surroundings): Draft {
  if (field.kind === 'date' && field.default === 'today') return today;
  if (field.name === 'currency' && field.required && field.default === undefined) return currency ?? '';
  return toDraft(field, field.default);
}

const draftsOf = (fields: FieldDefinition[], values: Values): Drafts =>
  Object.fromEntries(fields.map((f) => [f.name, toDraft(f, values[f.name])]));

export const defaultsOf = (fields: FieldDefinition[], at: Surroundings): Drafts =>
  Object.fromEntries(fields.map((f) => [f.name, defaultOf(f, at)]));

export const linesOf = (document: Document, child: ChildDefinition): Document[] =>
  Array.isArray(document[child.name]) ? (document[child.name] as Document[]) : [];

export function toForm(meta: DocumentMeta, document: Document): FormValues {
  const children = meta.children ?? [];
  return {
    fields: draftsOf(meta.fields, document),
    lines: Object.fromEntries(
      children.map((c) => [
        c.name,
        linesOf(document, c).map((line) => ({ id: line.id ?? '', values: draftsOf(c.fields, line) })),
      ]),
    ),
  };
}

export function newForm(meta: Pick<DocumentMeta, 'fields' | 'children'>, at: Surroundings): FormValues {
  return {
    fields: defaultsOf(meta.fields, at),
    lines: Object.fromEntries((meta.children ?? []).map((c) => [c.name, []])),
  };
}

const given = (fields: FieldDefinition[], drafts: Drafts): Values =>
  Object.fromEntries(
    fields.map((f) => [f.name, toWire(f, drafts[f.name])] as const).filter(([, value]) => value !== null),
  );

/** All that may be written and is not empty: a new document, or the draft that takes the place of an owner's draft. */
export function wholeOf(
  meta: Pick<DocumentMeta, 'fields' | 'children'>,
  form: FormValues,
  isNew: boolean,
  country: string | undefined,
): Body {
  const fields = meta.fields.filter((f) => isWritable(f, isNew) && isShown(f, country));
  const values = given(fields, form.fields);
  const sentLines: Record<string, number[]> = {};
  for (const child of meta.children ?? []) {
    const columns = child.fields.filter((f) => isWritable(f, true) && isShown(f, country));
    if (columns.length === 0) continue;
    const lines = form.lines[child.name] ?? [];
    values[child.name] = lines.map((line) => given(columns, line.values));
    sentLines[child.name] = lines.map((_, at) => at);
  }
  return { values, sentLines };
}

export function createBody(
  meta: DocumentMeta,
  form: FormValues,
  place: { company: string | undefined; country: string | undefined },
  id = newId(),
): Body {
  const { values, sentLines } = wholeOf(meta, form, true, place.country);
  return { values: { id, ...(meta.scope === 'company' ? { company: place.company } : {}), ...values }, sentLines };
}

function changesOf(fields: FieldDefinition[], before: Values, drafts: Drafts): Values {
  const changed: Values = {};
  for (const field of fields) {
    if (!isWritable(field, false)) continue;
    if (toDraft(field, before[field.name]) !== (drafts[field.name] ?? '')) {
      changed[field.name] = toWire(field, drafts[field.name]);
    }
  }
  return changed;
}

/** What differs from what was loaded; undefined: nothing. A draft whose owner writes it is sent whole. */
export function patchBody(
  meta: DocumentMeta,
  before: Document,
  form: FormValues,
  country: string | undefined,
): Body | undefined {
  const values: Values = changesOf(meta.fields, before, form.fields);
  if (meta.writes === 'owner') {
    if (Object.keys(values).length === 0 && sameLines(meta, toForm(meta, before), form)) return undefined;
    const whole = wholeOf(meta, form, false, country);
    return { ...whole, values: { company: before.company, ...whole.values } };
  }
  const sentLines: Record<string, number[]> = {};
  for (const child of meta.children ?? []) {
    const sent = changedLines(child, linesOf(before, child), form.lines[child.name] ?? []);
    if (sent.lines.length === 0) continue;
    values[child.name] = sent.lines;
    sentLines[child.name] = sent.from;
  }
  return Object.keys(values).length === 0 ? undefined : { values, sentLines };
}

const sameLines = (meta: DocumentMeta, one: FormValues, other: FormValues) =>
  (meta.children ?? []).every((child) => {
    const read = (form: FormValues) =>
      (form.lines[child.name] ?? []).map((line) => child.fields.map((f) => line.values[f.name] ?? ''));
    return JSON.stringify(read(one)) === JSON.stringify(read(other));
  });

function changedLines(child: ChildDefinition, before: Document[], lines: Line[]) {
  const sent: Values[] = [];
  const from: number[] = [];
  lines.forEach((line, at) => {
    const old = before.find((b) => b.id === line.id);
    const changes = old
      ? changesOf(child.fields, old, line.values)
      : given(
          child.fields.filter((f) => isWritable(f, true)),
          line.values,
        );
    if (old && Object.keys(changes).length === 0) return;
    sent.push(old ? { id: line.id, ...changes } : changes);
    from.push(at);
  });
  for (const gone of before.filter((b) => !lines.some((l) => l.id === b.id))) {
    sent.push({ id: gone.id, removed: true });
    from.push(-1);
  }
  return { lines: sent, from };
}

/** Where in the form a refusal's field stands: `units[1].factor` is the factor of the second line that was sent. */
export function placeOf(
  path: string,
  meta: Pick<DocumentMeta, 'fields' | 'children'>,
  sentLines: Record<string, number[]>,
): string | undefined {
  const line = /^(\w+)\[(\d+)\](?:\.(\w+))?$/.exec(path);
  if (line) {
    const [, child = '', sent = '', field] = line;
    const at = sentLines[child]?.[Number(sent)] ?? -1;
    const fields = meta.children?.find((c) => c.name === child)?.fields;
    const name = field ?? fields?.[0]?.name;
    if (at < 0 || !fields?.some((f) => f.name === name)) return undefined;
    return `lines.${child}.${at}.values.${name}`;
  }
  return meta.fields.some((f) => f.name === path) ? `fields.${path}` : undefined;
}

export type Choice = 'theirs' | 'mine';

/** What I changed since `before`, on top of what stands there now. Where both changed the same, the choice of that path
 * holds: `name`, `units/LINE/factor`, or `units/LINE` for a line that one of us removed. */
export function rebase(
  meta: DocumentMeta,
  before: Document,
  mine: FormValues,
  theirs: Document,
  choices: Record<string, Choice>,
): FormValues {
  const next = toForm(meta, theirs);
  const keeps = (path: string) => choices[path] !== 'theirs';
  for (const name of Object.keys(changesOf(meta.fields, before, mine.fields))) {
    if (keeps(name)) next.fields[name] = mine.fields[name] ?? '';
  }
  for (const child of meta.children ?? []) {
    const old = linesOf(before, child);
    const own = mine.lines[child.name] ?? [];
    const place = (line: string, field?: string) => [child.name, line, ...(field ? [field] : [])].join('/');
    const standing = (next.lines[child.name] ?? []).filter((line) => {
      const removed = old.some((o) => o.id === line.id) && !own.some((o) => o.id === line.id);
      return !removed || [...child.fields.map((f) => place(line.id, f.name)), place(line.id)].some((p) => !keeps(p));
    });
    for (const line of own) {
      const was = old.find((o) => o.id === line.id);
      const stands = standing.find((l) => l.id === line.id);
      if (!was) standing.push(line);
      else if (stands) {
        for (const name of Object.keys(changesOf(child.fields, was, line.values))) {
          if (keeps(place(line.id, name))) stands.values[name] = line.values[name] ?? '';
        }
      } else if (choices[place(line.id)] === 'mine') standing.push({ id: '', values: line.values });
    }
    next.lines[child.name] = standing;
  }
  return next;
}

/** What a conflict is about: a field of the document, a field of a line, or a whole line. */
export function conflictAt(meta: DocumentMeta, mine: FormValues, path: string) {
  const [name = '', line, column] = path.split('/');
  if (!line) {
    const field = meta.fields.find((f) => f.name === name);
    return field && { label: field.label, field, mine: mine.fields[name] ?? '' };
  }
  const child = meta.children?.find((c) => c.name === name);
  if (!child) return undefined;
  const at = (mine.lines[name] ?? []).findIndex((l) => l.id === line);
  const field = child.fields.find((f) => f.name === column);
  const label = [child.label, at < 0 ? undefined : String(at + 1), field?.label].filter(Boolean).join(', ');
  return { label, field, mine: at < 0 ? undefined : (mine.lines[name]?.[at]?.values[column ?? ''] ?? '') };
}
