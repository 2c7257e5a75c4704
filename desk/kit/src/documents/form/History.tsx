import { type DocumentMeta, documents, type Loaded, type Value } from '@business-m/sdk';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatValue } from '../../format';
import { ErrorText, Loading } from '../../states';

/** What was changed, by whom and when; the newest first. */
export function History({ meta, loaded }: { meta: DocumentMeta; loaded: Loaded }) {
  const { t } = useTranslation();
  const id = loaded.document.id;
  const history = useQuery({
    queryKey: ['beside', meta.type, id, 'history'],
    queryFn: () => documents.history(meta.path, id),
  });
  if (history.isError) return <ErrorText>{history.error.message}</ErrorText>;
  if (!history.data) return <Loading />;
  const read = (name: string, value: Value) => {
    const field = meta.fields.find((f) => f.name === name);
    const text = field
      ? formatValue(field, value, loaded.names, [t('yes'), t('no')])
      : value === null || value === undefined
        ? ''
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
    return text || '—';
  };
  return (
    <ol className="history">
      {history.data.map((change) => (
        <li key={`${change.version} ${change.at} ${change.action}`}>
          <div>
            <strong>{change.by}</strong> <span className="muted">{formatMoment(change.at)}</span>
          </div>
          <div className="muted">{change.action}</div>
          {change.fields.length > 0 && (
            <ul>
              {change.fields.map((f) => (
                <li key={f.field}>
                  {labelOf(meta, f.field)}: <del>{read(f.field, f.before)}</del> → <ins>{read(f.field, f.after)}</ins>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

function labelOf(meta: DocumentMeta, path: string): string {
  const [child, ...rest] = path.split(/[.[]/);
  return (
    meta.fields.find((f) => f.name === path)?.label ??
    [meta.children?.find((c) => c.name === child)?.label ?? child, ...rest.map((r) => r.replace(']', ''))].join(' ')
  );
}
