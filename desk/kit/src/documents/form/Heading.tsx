import type { DocumentMeta, Loaded } from '@business-m/sdk';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, toneOf } from '../../Badge';
import { inSentence } from '../../format';
import { PageTitle } from '../../PageTitle';
import { addressOf } from '../desk';

interface HeadingProps {
  meta: DocumentMeta;
  loaded: Loaded | undefined;
  isDirty: boolean;
  children: ReactNode;
}

/** Which document it is, in which state, and what can be done with it. */
export function Heading({ meta, loaded, isDirty, children }: HeadingProps) {
  const { t } = useTranslation();
  const { document } = loaded ?? {};
  const read = (field: string | undefined) => (field && document?.[field] ? String(document[field]) : '');
  const name = document
    ? read(meta.number) || read(meta.title) || read(meta.code) || t('form.unnamed', { label: meta.label })
    : t('form.new', { label: inSentence(meta.label) });
  const status = meta.fields.find((f) => f.name === 'status');
  const state = document?.status ? String(document.status) : '';
  return (
    <header className="page-head">
      <div className="page-name">
        <Link to={addressOf(meta)} className="crumb">
          {meta.plural}
        </Link>
        <div className="title-row">
          <PageTitle>{name}</PageTitle>
          {state && (
            <Badge tone={toneOf(state)}>{status?.options?.find((o) => o.value === state)?.label ?? state}</Badge>
          )}
          {document?.blocked === true && <Badge tone="danger">{t('form.blocked')}</Badge>}
          {isDirty && <Badge tone="warning">{t('form.unsaved')}</Badge>}
        </div>
      </div>
      {children}
    </header>
  );
}
