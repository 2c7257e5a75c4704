import type { DocumentSummary } from '@business-m/sdk';
import { useTranslation } from 'react-i18next';
import { ErrorText, Loading } from '../../states';
import { useDesk, useDocument, useMeta } from '../desk';
import { DocumentForm } from './DocumentForm';

/** A document of any type; without an id a new one. */
export function DocumentPage({ type, id }: { type: DocumentSummary; id: string | undefined }) {
  const { t } = useTranslation();
  const { company } = useDesk();
  const meta = useMeta(type.type);
  const document = useDocument(type, id);
  const fault = meta.error ?? document.error;
  if (fault) return <ErrorText>{fault.message}</ErrorText>;
  if (!meta.data || (id && !document.data)) return <Loading />;
  if (!id && type.scope === 'company' && !company) return <ErrorText>{t('company.none')}</ErrorText>;
  return <DocumentForm key={id ?? 'new'} meta={meta.data} loaded={id ? document.data : undefined} />;
}
