import {
  type Company,
  type DocumentMeta,
  type DocumentSummary,
  documents,
  type Loaded,
  type Session,
} from '@business-m/sdk';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { SlotFill } from '../module';

/** What every page knows: who is signed in, for which company, and what there is. */
export interface Desk {
  session: Session;
  companies: Company[];
  company: Company | undefined;
  types: DocumentSummary[];
  slots: SlotFill[];
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('This page stands outside of the Desk.');
  return desk;
}

/** Whether the one who is signed in has a permission; `finance.*` holds all of finance's. */
export function holds(permissions: readonly string[], permission: string): boolean {
  return permissions.some(
    (p) => p === permission || p === '*' || (p.endsWith('.*') && permission.startsWith(p.slice(0, -1))),
  );
}

export const useMay = (permission: string | undefined) => {
  const { session } = useDesk();
  return permission === undefined || holds(session.permissions, permission);
};

export const useType = (type: string | undefined): DocumentSummary | undefined =>
  useDesk().types.find((t) => t.type === type);

const META_FRESH_MS = 5 * 60_000;

export const metaKey = (type: string) => ['meta', type] as const;
export const listKey = (type: string) => ['list', type] as const;
export const documentKey = (type: string, id: string) => ['document', type, id] as const;

export const useMeta = (type: string | undefined) =>
  useQuery<DocumentMeta>({
    queryKey: metaKey(type ?? ''),
    queryFn: () => documents.meta(type ?? ''),
    enabled: type !== undefined,
    staleTime: META_FRESH_MS,
  });

// A form under work is not replaced behind its user's back: what changed meanwhile is told when it is saved.
export const useDocument = (summary: DocumentSummary | undefined, id: string | undefined) =>
  useQuery<Loaded>({
    queryKey: documentKey(summary?.type ?? '', id ?? ''),
    queryFn: () => documents.get(summary?.path ?? '', id ?? ''),
    enabled: summary !== undefined && id !== undefined,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });

/** The address in the Desk of a type's list: /api/masters/parties is at /masters/parties. */
export const addressOf = (summary: Pick<DocumentSummary, 'path'>) => summary.path.replace(/^\/api/, '');
