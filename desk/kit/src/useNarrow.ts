import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('(max-width: 719px)');

const subscribe = (changed: () => void) => {
  const media = query();
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};

/** Whether the page is as narrow as a phone: tables become cards then. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => query().matches);
