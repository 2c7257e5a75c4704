import { createContext, useContext } from 'react';

interface Naming {
  names: Record<string, string>;
  company: string | undefined;
  /** Of amounts. */
  currency?: string | undefined;
  /** Controls whose typed text is still looked for: saving waits for them. */
  waiting?: Set<string> | undefined;
}

/** What links of the document lead to, as a person reads them, and the company whose documents they may lead to. */
export const NamesContext = createContext<Naming>({ names: {}, company: undefined });

export const useNames = () => useContext(NamesContext);

const WAIT_MS_MAX = 5_000;
const LOOK_EACH_MS = 40;

/** Waits until what was typed into links is found, or clearly is not. */
export async function settled(waiting: Set<string>): Promise<void> {
  for (let waited = 0; waiting.size > 0 && waited < WAIT_MS_MAX; waited += LOOK_EACH_MS) {
    await new Promise((done) => setTimeout(done, LOOK_EACH_MS));
  }
}
