import { createContext, useContext } from 'react';

interface Naming {
  names: Record<string, string>;
  company: string | undefined;
  /** Of amounts. */
  currency?: string | undefined;
}

/** What links of the document lead to, as a person reads them, and the company whose documents they may lead to. */
export const NamesContext = createContext<Naming>({ names: {}, company: undefined });

export const useNames = () => useContext(NamesContext);
