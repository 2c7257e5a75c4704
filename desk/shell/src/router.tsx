import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './Frame';
import { modules } from './modules';
import { Broken, NotFound } from './pages/Faults';

/** The addresses of the Desk: pages of modules, and for every document type its list, its form and its import. */
export function makeRouter() {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
  const page = (path: string, load: () => Promise<{ default: React.ComponentType }>) =>
    createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });
  const ofModules = modules.flatMap((m) => m.routes ?? []).map((r) => page(r.path, r.load));
  const list = createRoute({
    getParentRoute: () => root,
    path: '/$context/$documents',
    component: lazyRouteComponent(() => import('./pages/Documents'), 'ListRoute'),
  });
  return createRouter({
    routeTree: root.addChildren([
      page('/', () => import('./pages/Home')),
      ...ofModules,
      list,
      createRoute({
        getParentRoute: () => root,
        path: '/$context/$documents/new',
        component: lazyRouteComponent(() => import('./pages/Documents'), 'NewRoute'),
      }),
      createRoute({
        getParentRoute: () => root,
        path: '/$context/$documents/import',
        component: lazyRouteComponent(() => import('./pages/Documents'), 'ImportRoute'),
      }),
      createRoute({
        getParentRoute: () => root,
        path: '/$context/$documents/$id',
        component: lazyRouteComponent(() => import('./pages/Documents'), 'DocumentRoute'),
      }),
    ]),
    defaultErrorComponent: Broken,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}
