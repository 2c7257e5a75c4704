import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { Combobox, type ComboOption } from './Combobox';

const all: ComboOption[] = ['Amber', 'Birch', 'Cedar'].map((label) => ({ value: label.toLowerCase(), label }));

function Chosen({ onPick, wait }: { onPick: (value: string | undefined) => void; wait?: Promise<void> }) {
  const [chosen, setChosen] = useState<ComboOption>();
  const [found, setFound] = useState<ComboOption[]>();
  const search = async (text: string | undefined) => {
    setFound(undefined);
    await wait;
    setFound(all.filter((o) => o.label.toLowerCase().includes((text ?? '').toLowerCase())));
  };
  return (
    <Combobox
      id="c"
      label="Customer"
      value={chosen?.value ?? ''}
      shown={chosen?.label ?? ''}
      options={found ?? []}
      loading={!found}
      onSearch={(text) => void search(text)}
      onPick={(option) => {
        setChosen(option);
        onPick(option?.value);
      }}
    />
  );
}

it('follows the pattern: arrows move among the options, Enter takes one, the input names it', async () => {
  const picked = vi.fn();
  render(<Chosen onPick={picked} />);
  const user = userEvent.setup();
  const input = screen.getByRole('combobox', { name: 'Customer' });
  await user.tab();
  expect(input.getAttribute('aria-expanded')).toBe('false');
  await user.keyboard('{ArrowDown}');
  expect(await screen.findAllByRole('option')).toHaveLength(3);
  expect(input.getAttribute('aria-expanded')).toBe('true');
  await user.keyboard('{ArrowDown}');
  const second = screen.getByRole('option', { name: 'Birch' });
  expect(second.getAttribute('aria-selected')).toBe('true');
  expect(input.getAttribute('aria-activedescendant')).toBe(second.id);
  await user.keyboard('{Enter}');
  expect(picked).toHaveBeenCalledWith('birch');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(screen.getByDisplayValue('Birch')).toBe(input);
});

it('Escape gives up what was typed', async () => {
  const picked = vi.fn();
  render(<Chosen onPick={picked} />);
  const user = userEvent.setup();
  await user.type(screen.getByRole('combobox'), 'ced');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('');
  expect(picked).not.toHaveBeenCalled();
});

it('who types faster than the answer comes gets the first of what is found', async () => {
  const picked = vi.fn();
  let answer: () => void = () => undefined;
  const wait = new Promise<void>((done) => {
    answer = done;
  });
  render(<Chosen onPick={picked} wait={wait} />);
  const user = userEvent.setup();
  await user.type(screen.getByRole('combobox'), 'ced');
  await user.tab();
  expect(picked).not.toHaveBeenCalled();
  answer();
  await vi.waitFor(() => expect(picked).toHaveBeenCalledWith('cedar'));
});

it('an emptied input is no choice any more', async () => {
  const picked = vi.fn();
  render(<Chosen onPick={picked} />);
  const user = userEvent.setup();
  await user.type(screen.getByRole('combobox'), 'amb{Enter}');
  await vi.waitFor(() => expect(picked).toHaveBeenCalledWith('amber'));
  await user.clear(screen.getByRole('combobox'));
  await user.tab();
  expect(picked).toHaveBeenLastCalledWith(undefined);
});
