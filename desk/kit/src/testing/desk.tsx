import type { Company, DocumentMeta, Session } from '@business-m/sdk';
import { TamaguiProvider } from '@tamagui/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { DeskContext } from '../documents/desk';
import { ToastProvider } from '../Toast';
import { theme } from '../theme';

export const company: Company = {
  id: '00000000-0000-7000-8000-00000000000a',
  code: 'GIFTS',
  name: 'Online Gifts',
  currency: 'GBP',
  country: 'GB',
  zone: 'Europe/London',
};

const session: Session = { user: 'tester', permissions: ['*'], expiresAt: '2030-01-01T00:00:00Z' };

/** Shows a page as it stands in the Desk, at an address. */
export function show(page: ReactNode, types: DocumentMeta[], from: Company = company, address = '/') {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const desk = { session, companies: [from], company: from, types, slots: [] };
  const root = createRootRoute({
    component: () => (
      <DeskContext.Provider value={desk}>
        <main>
          <Outlet />
        </main>
      </DeskContext.Provider>
    ),
  });
  const at = (path: string, component: () => ReactNode) =>
    createRoute({ getParentRoute: () => root, path, component: component as () => never });
  const router = createRouter({
    routeTree: root.addChildren([at('/', () => page), at('$', () => <p>elsewhere</p>)]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(
    <TamaguiProvider config={theme} defaultTheme="light">
      <QueryClientProvider client={queries}>
        <ToastProvider>
          <RouterProvider router={router as never} />
        </ToastProvider>
      </QueryClientProvider>
    </TamaguiProvider>,
  );
  return { router, queries };
}

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: Headers;
}

type Reply = (call: Received) => { status?: number; body?: unknown; etag?: string } | undefined;

/** A server of a few answers; all that it was sent is kept. */
export function serve(reply: Reply): Received[] {
  const received: Received[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://desk.test');
    const call: Received = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {},
      headers: new Headers(init.headers),
    };
    received.push(call);
    const { status = 200, body, etag } = reply(call) ?? { status: 404, body: { title: 'not.there', status: 404 } };
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Response(status === 204 ? null : text, { status, headers: etag ? { ETag: etag } : {} });
  });
  return received;
}
