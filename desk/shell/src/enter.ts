import type { Session } from '@business-m/sdk';
import type { QueryClient } from '@tanstack/react-query';

/** Another one sits at the desk now, or nobody: what was read for the one before is forgotten. */
export function changeSession(queries: QueryClient, session: Session | null) {
  queries.setQueryData(['session'], session);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
}
