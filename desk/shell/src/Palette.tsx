import { Dialog } from '@business-m/kit';
import { addressOf, useDesk } from '@business-m/kit/documents';
import { documents } from '@business-m/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigationOf } from './navigation';

interface Target {
  key: string;
  label: string;
  detail: string;
  to: string;
}

const TYPING_PAUSE_MS = 150;

/** Ctrl-K: pages by name, and documents by what is written in them. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const { targets, searching } = useTargets(text);
  const go = (target: Target | undefined) => {
    if (!target) return;
    onClose();
    void navigate({ to: target.to });
  };
  const move = (event: KeyboardEvent, to: number) => {
    event.preventDefault();
    setActive(Math.max(0, Math.min(targets.length - 1, to)));
  };
  return (
    <Dialog title={t('shell.search')} onClose={onClose} wide>
      <input
        className="input"
        type="text"
        role="combobox"
        aria-label={t('shell.searchHelp')}
        placeholder={t('shell.searchHelp')}
        aria-expanded="true"
        aria-controls="palette"
        aria-autocomplete="list"
        aria-activedescendant={targets[active] ? `palette-${active}` : undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(event, active + 1);
          else if (event.key === 'ArrowUp') move(event, active - 1);
          else if (event.key === 'Enter') {
            event.preventDefault();
            go(targets[active]);
          }
        }}
      />
      <div id="palette" role="listbox" aria-label={t('shell.searchHelp')} className="palette">
        {targets.map((target, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's focus stays in the input
          <div
            key={target.key}
            id={`palette-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className="option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(target)}
          >
            <span>{target.label}</span>
            <span className="option-detail">{target.detail}</span>
          </div>
        ))}
        {targets.length === 0 && (
          <div role="option" aria-selected="false" aria-disabled="true" tabIndex={-1} className="option none">
            {t(searching ? 'loading' : 'shell.searchNothing')}
          </div>
        )}
      </div>
    </Dialog>
  );
}

function useTargets(text: string): { targets: Target[]; searching: boolean } {
  const { t } = useTranslation();
  const desk = useDesk();
  const [late, setLate] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setLate(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['search', desk.company?.id, late],
    queryFn: ({ signal }) => documents.search(desk.company?.id, late, signal),
    enabled: late.length > 0,
    placeholderData: keepPreviousData,
  });
  const wanted = text.trim().toLowerCase();
  const pages = navigationOf(desk, t).flatMap((group) => [
    ...group.types.map((type) => ({ key: type.type, label: type.plural, detail: group.label, to: addressOf(type) })),
    ...group.links.map((link) => ({ key: link.path, label: link.label, detail: group.label, to: link.path })),
  ]);
  const hits = late === '' || wanted === '' ? [] : (found.data ?? []);
  const ofDocuments = hits.flatMap((hit) => {
    const type = desk.types.find((d) => d.type === hit.type);
    if (!type) return [];
    const label = hit.title ?? hit.code ?? hit.id;
    const detail = [hit.title ? hit.code : undefined, type.label].filter(Boolean).join(' · ');
    return [{ key: hit.id, label, detail, to: `${addressOf(type)}/${hit.id}` }];
  });
  const matching = pages.filter((p) => p.label.toLowerCase().includes(wanted));
  return { targets: [...matching, ...ofDocuments].slice(0, 40), searching: found.isFetching || late !== text.trim() };
}
