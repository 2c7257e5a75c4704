import { createContext, useCallback, useContext, useMemo, useState, useSyncExternalStore } from 'react';

const CHOICES = ['system', 'light', 'dark'] as const;
export type AppearanceChoice = (typeof CHOICES)[number];

const KEY = 'desk.appearance';

const darkSystem = () => window.matchMedia('(prefers-color-scheme: dark)');
const subscribe = (changed: () => void) => {
  const media = darkSystem();
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};

const remembered = (): AppearanceChoice => CHOICES.find((c) => c === localStorage.getItem(KEY)) ?? 'system';

export interface Appearance {
  choice: AppearanceChoice;
  choose: (choice: AppearanceChoice) => void;
  shown: 'light' | 'dark';
}

/** Dark or light: as the system is, unless the user chose one in this browser. */
export function useAppearance(): Appearance {
  const [choice, setChoice] = useState(remembered);
  const systemIsDark = useSyncExternalStore(subscribe, () => darkSystem().matches);
  const choose = useCallback((next: AppearanceChoice) => {
    localStorage.setItem(KEY, next);
    setChoice(next);
  }, []);
  const shown = choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice;
  return useMemo(() => ({ choice, choose, shown }), [choice, choose, shown]);
}

export const AppearanceContext = createContext<Appearance>({
  choice: 'system',
  choose: () => undefined,
  shown: 'light',
});

export const useChosenAppearance = () => useContext(AppearanceContext);
export const appearanceChoices = CHOICES;
