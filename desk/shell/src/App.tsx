import { ToastProvider, theme } from '@business-m/kit';
import { Problem } from '@business-m/sdk';
import { TamaguiProvider } from '@tamagui/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { AppearanceContext, useAppearance } from './appearance';
import { makeRouter } from './router';

const ended = (fault: unknown) => {
  if (fault instanceof Problem && fault.signInRequired) queries.setQueryData(['session'], null);
};

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: ended }),
  mutationCache: new MutationCache({ onError: ended }),
  defaultOptions: {
    // The client repeats by itself what may be repeated.
    queries: { retry: false, staleTime: 5_000 },
  },
});

const router = makeRouter();

export function App() {
  const appearance = useAppearance();
  return (
    <TamaguiProvider config={theme} defaultTheme={appearance.shown}>
      <AppearanceContext.Provider value={appearance}>
        <QueryClientProvider client={queries}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </QueryClientProvider>
      </AppearanceContext.Provider>
    </TamaguiProvider>
  );
}
