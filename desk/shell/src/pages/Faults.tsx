import { Button, EmptyState, ErrorText, PageTitle } from '@business-m/kit';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle>{t('shell.notFound')}</PageTitle>
      <p className="muted">{t('shell.notFoundText')}</p>
    </>
  );
}

/** A page that failed to load or to draw itself. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('shell.broken')}>
      <ErrorText>{error instanceof Error ? error.message : String(error)}</ErrorText>
      {reset && <Button onPress={reset}>{t('shell.retry')}</Button>}
    </EmptyState>
  );
}
