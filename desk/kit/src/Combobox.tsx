import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface ComboOption {
  value: string;
  label: string;
  detail?: string | undefined;
}

export interface ComboboxProps {
  id: string;
  label?: string | undefined;
  /** The chosen value, and what is read for it. */
  value: string;
  shown: string;
  options: ComboOption[];
  loading?: boolean | undefined;
  onSearch: (text: string | undefined) => void;
  onPick: (option: ComboOption | undefined) => void;
  onBlur?: (() => void) | undefined;
  required?: boolean | undefined;
  invalid?: boolean | undefined;
  describedBy?: string | undefined;
  inputRef?: ((input: HTMLInputElement | null) => void) | undefined;
}

/** Search as you type: the combobox of the ARIA practices guide, with the focus in the input and a list below it. */
export function Combobox(props: ComboboxProps) {
  const { id, shown, options, onSearch, onPick } = props;
  const { t } = useTranslation();
  const listId = useId();
  const input = useRef<HTMLInputElement | null>(null);
  const [text, setText] = useState<string>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const typed = text !== undefined;
  const [pending, setPending] = useState(false);

  const close = () => {
    setOpen(false);
    setText(undefined);
    setPending(false);
    onSearch(undefined);
  };
  const show = (search: string) => {
    setOpen(true);
    setActive(0);
    onSearch(search);
  };
  const pick = (option: ComboOption | undefined) => {
    onPick(option);
    close();
  };
  const move = (event: KeyboardEvent, to: number) => {
    event.preventDefault();
    if (open) setActive(Math.max(0, Math.min(options.length - 1, to)));
    else show(text ?? '');
  };
  const wait = () => {
    setOpen(false);
    setPending(true);
  };
  const settleTyped = (option: ComboOption | undefined) => {
    if (!typed) return;
    if (text === '') pick(undefined);
    else if (option) pick(option);
    else if (props.loading) wait();
    else close();
  };
  const keyDown = (event: KeyboardEvent) => {
    const option = open ? options[active] : undefined;
    // Keys that save or move the document on take what is typed here as chosen.
    if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
      settleTyped(option);
      return;
    }
    if (event.key === 'ArrowDown') move(event, active + 1);
    else if (event.key === 'ArrowUp') move(event, active - 1);
    else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (option) pick(option);
      else setPending(Boolean(props.loading && text));
    } else if (event.key === 'Tab' && typed && text && option) pick(option);
    else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const left = () => {
    if (typed && text === '' && props.value) onPick(undefined);
    if (typed && text && props.loading) wait();
    else if (open || typed) close();
    props.onBlur?.();
  };

  // Who types faster than the answer comes gets the first of what is found.
  const settle = useRef(pick);
  settle.current = (option) => (option ? pick(option) : close());
  const [first] = options;
  useEffect(() => {
    if (pending && !props.loading) settle.current(first);
  }, [pending, props.loading, first]);

  return (
    <div className="combobox">
      <input
        ref={(element) => {
          input.current = element;
          props.inputRef?.(element);
        }}
        id={id}
        className="input"
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && options[active] ? `${listId}-${active}` : undefined}
        aria-required={props.required || undefined}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        value={text ?? shown}
        onChange={(event) => {
          setText(event.target.value);
          show(event.target.value);
        }}
        onFocus={(event) => event.target.select()}
        onClick={() => open || show('')}
        onKeyDown={keyDown}
        onBlur={left}
      />
      {open && (
        <Options
          id={listId}
          label={props.label ?? t('combobox.choices')}
          anchor={input.current}
          options={options}
          active={active}
          empty={props.loading ? t('loading') : t('combobox.nothing')}
          onPick={pick}
        />
      )}
    </div>
  );
}

interface OptionsProps {
  id: string;
  label: string;
  anchor: HTMLInputElement | null;
  options: ComboOption[];
  active: number;
  empty: string;
  onPick: (option: ComboOption) => void;
}

function Options({ id, label, anchor, options, active, empty, onPick }: OptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !anchor) return undefined;
    const place = () => {
      const box = anchor.getBoundingClientRect();
      const below = window.innerHeight - box.bottom;
      const width = Math.min(Math.max(box.width, 260), window.innerWidth - 16);
      element.style.width = `${width}px`;
      element.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
      element.style.maxHeight = `${Math.max(120, Math.min(320, Math.max(below, box.top) - 12))}px`;
      const up = below < 180 && box.top > below;
      element.style.top = up ? 'auto' : `${box.bottom + 2}px`;
      element.style.bottom = up ? `${window.innerHeight - box.top + 2}px` : 'auto';
    };
    // In the top layer nothing that scrolls around the input can cut it off.
    if ('showPopover' in element) element.showPopover();
    place();
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [anchor]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  });
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} popover="manual" className="options">
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's focus stays in the input
        <div
          key={option.value}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className="option"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
          <span>{option.label}</span>
          {option.detail && <span className="option-detail">{option.detail}</span>}
        </div>
      ))}
      {options.length === 0 && (
        <div role="option" aria-selected="false" aria-disabled="true" tabIndex={-1} className="option none">
          {empty}
        </div>
      )}
    </div>
  );
}
