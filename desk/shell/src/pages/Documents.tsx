import { useDesk } from '@business-m/kit/documents';
import { DocumentList, DocumentPage, ImportPage, type ListView, viewOf } from '@business-m/kit/documents/pages';
import type { DocumentSummary } from '@business-m/sdk';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { NotFound } from './Faults';

function useRoute(): { type: DocumentSummary | undefined; id: string | undefined } {
  const { types } = useDesk();
  const { context, documents, id } = useParams({ strict: false }) as Record<string, string | undefined>;
  return { type: types.find((t) => t.path === `/api/${context}/${documents}`), id };
}

export function ListRoute() {
  const { type } = useRoute();
  const search = viewOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  if (!type) return <NotFound />;
  const show = (view: ListView) => void navigate({ to: '.', search: view as never, replace: true });
  return <DocumentList type={type} view={search} onView={show} />;
}

export function NewRoute() {
  const { type } = useRoute();
  return type?.may.includes('add') ? <DocumentPage key={type.type} type={type} id={undefined} /> : <NotFound />;
}

export function DocumentRoute() {
  const { type, id } = useRoute();
  return type ? <DocumentPage key={id} type={type} id={id} /> : <NotFound />;
}

export function ImportRoute() {
  const { type } = useRoute();
  return type?.may.includes('import') ? <ImportPage key={type.type} type={type} /> : <NotFound />;
}
