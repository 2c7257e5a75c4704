import createClient from 'openapi-fetch';
import type { components, paths } from './api.gen';
import { antiForgery } from './http';
import { newId } from './ids';
import { Problem } from './problem';

export type Schemas = components['schemas'];

/** The typed client of everything that docs/openapi.json describes. A refusal is thrown as a {@link Problem}. */
export const api = createClient<paths>({ credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    if (request.method === 'GET') return;
    const [name, token] = antiForgery();
    if (token) request.headers.set(name, token);
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newId());
    }
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.from(response);
  },
  onError() {
    return new Problem(0, { detail: 'The server cannot be reached.' });
  },
});

/** What a call of {@link api} brought. */
export function broughtBy<T>(answer: { data?: T }): T {
  if (answer.data === undefined) throw new Problem(0, { detail: 'The server answered nothing.' });
  return answer.data;
}
