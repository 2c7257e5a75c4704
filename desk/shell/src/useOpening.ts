import type { Desk } from '@business-m/kit/documents';
import { type Company, companies, currentSession, documents } from '@business-m/sdk';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { modules } from './modules';

const COMPANY_KEY = 'desk.company';
const slots = modules.flatMap((m) => m.slots ?? []);

export interface Opening {
  signedOut: boolean;
  failure: string | undefined;
  desk: Desk | undefined;
  chooseCompany: (id: string) => void;
}

/** Who is signed in, for which companies, and what there is: asked once, before the first page is shown. */
export function useOpening(): Opening {
  const session = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await currentSession()) ?? null,
    staleTime: 60_000,
  });
  const enabled = Boolean(session.data);
  const types = useQuery({ queryKey: ['meta'], queryFn: documents.types, enabled, staleTime: 60_000 });
  const all = useQuery({ queryKey: ['companies'], queryFn: companies, enabled, staleTime: 60_000 });
  const [chosen, setChosen] = useState(() => localStorage.getItem(COMPANY_KEY));
  const chooseCompany = useCallback((id: string) => {
    localStorage.setItem(COMPANY_KEY, id);
    setChosen(id);
  }, []);
  const desk = useMemo<Desk | undefined>(() => {
    if (!session.data || !types.data || !all.data) return undefined;
    return {
      session: session.data,
      companies: all.data,
      company: all.data.find((c: Company) => c.id === chosen) ?? all.data[0],
      types: types.data.documents,
      slots,
    };
  }, [session.data, types.data, all.data, chosen]);
  const fault = session.error ?? types.error ?? all.error;
  const signedOut = session.data === null;
  return { signedOut, failure: signedOut ? undefined : fault?.message, desk, chooseCompany };
}
