import { type DocumentMeta, documents, type Loaded, Problem } from '@business-m/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listKey } from '../desk';
import { isBlock } from '../values';

interface Options {
  meta: DocumentMeta;
  base: Loaded | undefined;
  ask: (title: string, text: string, yes: string) => Promise<boolean>;
  onChanged: () => Promise<void>;
  onGone: () => Promise<void>;
  onRefused: (text: string) => void;
}

export type Taking = 'block' | 'lift' | 'remove';

/** Taking a document out of use: a master is blocked, and the block lifted again; what nothing stands on is removed. */
export function useTaking({ meta, base, ask, onChanged, onGone, onRefused }: Options) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const offered = takingOf(meta, base);
  const take = async () => {
    if (!base || !offered) return;
    const text = t(offered === 'remove' ? 'form.removeAsk' : 'form.blockAsk', { label: meta.label });
    if (offered !== 'lift' && !(await ask(t(`form.${offered}`), text, t(`form.${offered}`)))) return;
    try {
      if (offered === 'lift') await documents.patch(meta.path, base.document.id, { blocked: false }, base.etag);
      else await documents.remove(meta.path, base.document.id);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      onRefused(fault.message);
      return;
    }
    void queries.invalidateQueries({ queryKey: listKey(meta.type) });
    if (meta.type === 'record.field') void queries.invalidateQueries({ queryKey: ['meta'] });
    await (offered === 'remove' ? onGone() : onChanged());
  };
  return { offered, take };
}

function takingOf(meta: DocumentMeta, base: Loaded | undefined): Taking | undefined {
  if (!base || meta.writes === 'owner') return undefined;
  if (!meta.fields.some(isBlock)) return meta.may.includes('delete') ? 'remove' : undefined;
  if (base.document.blocked === true) return meta.may.includes('change') ? 'lift' : undefined;
  return meta.may.includes('delete') ? 'block' : undefined;
}
