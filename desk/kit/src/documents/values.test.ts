import type { Document, DocumentMeta } from '@business-m/sdk';
import { expect, it } from 'vitest';
import { compareDecimals } from './rules';
import { conflictAt, createBody, isOffered, patchBody, placeOf, rebase, toForm } from './values';

const meta: DocumentMeta = {
  type: 'masters.item',
  context: 'masters',
  label: 'Item',
  plural: 'Items',
  path: '/api/masters/items',
  scope: 'company',
  may: ['read', 'add', 'change'],
  writes: 'generic',
  fields: [
    { name: 'code', label: 'Code', kind: 'text', createOnly: true },
    { name: 'price', label: 'Price', kind: 'decimal' },
    { name: 'days', label: 'Days', kind: 'whole' },
    { name: 'sold', label: 'Sold', kind: 'flag' },
    { name: 'hsn', label: 'HSN', kind: 'text', countries: ['IN'] },
    { name: 'cost', label: 'Cost', kind: 'decimal', readOnly: true },
  ],
  children: [
    {
      name: 'units',
      label: 'Units',
      fields: [
        { name: 'unit', label: 'Unit', kind: 'text' },
        { name: 'factor', label: 'Factor', kind: 'decimal' },
      ],
    },
  ],
};

const saved: Document = {
  id: 'i1',
  code: 'A1',
  price: '2.50',
  days: 3,
  sold: true,
  cost: '1.00',
  units: [
    { id: 'u1', unit: 'box', factor: '12' },
    { id: 'u2', unit: 'pallet', factor: '480' },
    { id: 'u3', unit: 'bag', factor: '6' },
  ],
};

it('a new document has what is filled in, and nothing of other countries or of the server', () => {
  const form = toForm(meta, { id: '', code: 'A1', price: '2.50', days: 3, hsn: '8517', cost: '9' });
  const place = { company: 'c1', country: 'GB' };
  expect(createBody(meta, form, place, 'i1').values).toEqual({
    id: 'i1',
    company: 'c1',
    code: 'A1',
    price: '2.50',
    days: 3,
    sold: false,
    units: [],
  });
});

it('numbers are sent plain, however they were grouped', () => {
  const form = toForm(meta, saved);
  form.fields.price = '1,250.50';
  form.fields.days = '1 000';
  expect(patchBody(meta, saved, form, 'GB')?.values).toEqual({ price: '1250.50', days: 1000 });
});

it('nothing changed is nothing sent', () => {
  expect(patchBody(meta, saved, toForm(meta, saved), 'GB')).toBeUndefined();
});

it('a patch has the fields that differ; what was emptied is null', () => {
  const form = toForm(meta, saved);
  form.fields.price = '2.75';
  form.fields.days = '';
  expect(patchBody(meta, saved, form, 'GB')?.values).toEqual({ price: '2.75', days: null });
});

it('lines are changed by id, added without one, removed by name; others stay', () => {
  const form = toForm(meta, saved);
  const [box, , bag] = form.lines.units ?? [];
  if (!box || !bag) throw new Error('no lines');
  bag.values.factor = '7';
  form.lines.units = [box, bag, { id: '', values: { unit: 'crate', factor: '24' } }];
  const body = patchBody(meta, saved, form, 'GB');
  expect(body?.values).toEqual({
    units: [
      { id: 'u3', factor: '7' },
      { unit: 'crate', factor: '24' },
      { id: 'u2', removed: true },
    ],
  });
  // units[0] of what was sent is the second line on the page
  expect(placeOf('units[0].factor', meta, body?.sentLines ?? {})).toBe('lines.units.1.values.factor');
  expect(placeOf('units[1].unit', meta, body?.sentLines ?? {})).toBe('lines.units.2.values.unit');
  expect(placeOf('units[2].unit', meta, body?.sentLines ?? {})).toBeUndefined();
});

it('a draft of an owner is sent whole, with its company; its lines have no ids', () => {
  const owned: DocumentMeta = { ...meta, writes: 'owner' };
  const draft: Document = {
    ...saved,
    company: 'c1',
    units: [
      { unit: 'box', factor: '12' },
      { unit: 'bag', factor: '6' },
    ] as unknown as Document[],
  };
  const form = toForm(owned, draft);
  expect(patchBody(owned, draft, form, 'GB')).toBeUndefined();
  const [box] = form.lines.units ?? [];
  if (box) box.values.factor = '13';
  expect(patchBody(owned, draft, form, 'GB')?.values).toEqual({
    company: 'c1',
    price: '2.50',
    days: 3,
    sold: true,
    units: [
      { unit: 'box', factor: '13' },
      { unit: 'bag', factor: '6' },
    ],
  });
});

it('a refusal of a field that the form has not stands nowhere in it', () => {
  expect(placeOf('price', meta, {})).toBe('fields.price');
  expect(placeOf('company', meta, {})).toBeUndefined();
});

it('a verb is offered in the states that it names, to who may', () => {
  const submit = { name: 'submit', label: 'Submit', may: true, when: { field: 'status', values: ['draft'] } };
  expect(isOffered(submit, { id: '1', status: 'draft' })).toBe(true);
  expect(isOffered(submit, { id: '1', status: 'posted' })).toBe(false);
  expect(isOffered({ ...submit, may: false }, { id: '1', status: 'draft' })).toBe(false);
});

it('decimals are compared by their digits', () => {
  // 2^53 + 1 is no binary double: 9007199254740993 would be read as ...992
  expect(compareDecimals('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
  expect(compareDecimals('-2.5', '-2.49')).toBeLessThan(0);
  expect(compareDecimals('10', '9.99')).toBeGreaterThan(0);
  expect(compareDecimals('1.50', '1.5')).toBe(0);
});

const now: Document = {
  ...saved,
  price: '2.60',
  days: 5,
  units: [
    { id: 'u1', unit: 'box', factor: '10' },
    { id: 'u3', unit: 'bag', factor: '6' },
    { id: 'u4', unit: 'tin', factor: '1' },
  ],
};

it('my changes go on top of theirs, and theirs that I did not touch stay', () => {
  const mine = toForm(meta, saved);
  mine.fields.price = '2.75';
  mine.lines.units?.push({ id: '', values: { unit: 'crate', factor: '24' } });
  const next = rebase(meta, saved, mine, now, { price: 'mine' });
  expect(patchBody(meta, now, next, 'GB')?.values).toEqual({
    price: '2.75',
    units: [{ unit: 'crate', factor: '24' }],
  });
});

it('where theirs is taken nothing of mine is left', () => {
  const mine = toForm(meta, saved);
  mine.fields.price = '2.75';
  const [box] = mine.lines.units ?? [];
  if (box) box.values.factor = '13';
  const next = rebase(meta, saved, mine, now, { price: 'theirs', 'units/u1/factor': 'theirs' });
  expect(patchBody(meta, now, next, 'GB')).toBeUndefined();
});

it('a line that they removed comes back as a new one where mine is kept, and stays away otherwise', () => {
  const mine = toForm(meta, saved);
  const pallet = mine.lines.units?.[1];
  if (pallet) pallet.values.factor = '500';
  const kept = rebase(meta, saved, mine, now, { 'units/u2': 'mine' });
  expect(patchBody(meta, now, kept, 'GB')?.values).toEqual({ units: [{ unit: 'pallet', factor: '500' }] });
  expect(patchBody(meta, now, rebase(meta, saved, mine, now, { 'units/u2': 'theirs' }), 'GB')).toBeUndefined();
});

it('a line that I removed and they changed goes or stays as I choose', () => {
  const mine = toForm(meta, saved);
  mine.lines.units = mine.lines.units?.filter((l) => l.id !== 'u1') ?? [];
  const gone = rebase(meta, saved, mine, now, { 'units/u1/factor': 'mine' });
  expect(patchBody(meta, now, gone, 'GB')?.values).toEqual({ units: [{ id: 'u1', removed: true }] });
  expect(patchBody(meta, now, rebase(meta, saved, mine, now, { 'units/u1/factor': 'theirs' }), 'GB')).toBeUndefined();
});

it('a conflict in a line is told by the names of table and column', () => {
  const mine = toForm(meta, saved);
  expect(conflictAt(meta, mine, 'units/u2/factor')).toMatchObject({ label: 'Units, 2, Factor', mine: '480' });
  expect(conflictAt(meta, mine, 'version')).toBeUndefined();
});
