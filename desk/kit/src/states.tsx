import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Column, Txt } from './layout';

/** Where there is nothing yet: says so, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Column alignItems="center" padding="$6" gap="$3">
      <Txt strong>{title}</Txt>
      {children}
    </Column>
  );
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status">
      {t('loading')}
    </div>
  );
}

/** What went wrong, read out when it appears. */
export function ErrorText({ children, id }: { children: ReactNode; id?: string }) {
  return (
    <div className="error-text" role="alert" id={id}>
      {children}
    </div>
  );
}
