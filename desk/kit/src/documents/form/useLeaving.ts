import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

type Ask = (title: string, text: string, yes: string) => Promise<boolean>;

/** Asks before a page with unsaved changes is left. */
export function useLeaving(dirty: boolean, ask: Ask) {
  const { t } = useTranslation();
  const free = useRef(false);
  useBlocker({
    shouldBlockFn: async () => {
      if (!dirty || free.current) return false;
      return !(await ask(t('leave.title'), t('leave.text'), t('leave.yes')));
    },
    enableBeforeUnload: () => dirty && !free.current,
  });
  return {
    /** Goes elsewhere without asking: what was typed is saved, or given up on purpose. */
    async freely(go: () => Promise<unknown>) {
      free.current = true;
      try {
        await go();
      } finally {
        free.current = false;
      }
    },
  };
}
