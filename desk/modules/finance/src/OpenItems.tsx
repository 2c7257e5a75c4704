import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorText,
  formatDate,
  formatDecimal,
  Loading,
  PageTitle,
  Table,
} from '@business-m/kit';
import { useDesk } from '@business-m/kit/documents';
import { api, broughtBy, type Schemas } from '@business-m/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOfItem } from './addresses';

type Item = Schemas['OpenItemRow'];

/** As many are drawn at once; the rest on demand. The total is of all. */
const ROWS_MAX = 100;

/** What customers owe: the posted documents that are not settled yet. */
export default function OpenItems() {
  const { t } = useTranslation();
  const { company } = useDesk();
  const [shown, setShown] = useState(ROWS_MAX);
  const report = useQuery({
    queryKey: ['open-items', company?.id],
    queryFn: async () =>
      broughtBy(
        await api.GET('/api/finance/reports/open-items', { params: { query: { company: company?.id ?? '' } } }),
      ),
    enabled: Boolean(company),
  });
  const { data } = report;
  const named = (item: Item) => {
    const address = addressOfItem(item);
    const name = item.number ?? item.kind;
    return address ? (
      <Link to={address} className="row-link">
        {name}
      </Link>
    ) : (
      name
    );
  };
  return (
    <>
      <header className="page-head">
        <PageTitle>{t('finance.openItems')}</PageTitle>
      </header>
      {report.error && <ErrorText>{report.error.message}</ErrorText>}
      <Card>
        {!data && !report.error && <Loading />}
        {data?.items.length === 0 && <EmptyState title={t('finance.nothingOpen')} />}
        {data && data.items.length > 0 && (
          <Table
            label={t('finance.openItems')}
            columns={[
              { key: 'number', header: t('finance.number'), cell: named, foot: t('finance.total') },
              { key: 'kind', header: t('finance.kind'), cell: (r) => r.kind, foot: '' },
              { key: 'date', header: t('finance.date'), cell: (r) => formatDate(r.date), foot: '' },
              {
                key: 'due',
                header: t('finance.due'),
                cell: (r) => (
                  <>
                    {r.dueDate && formatDate(r.dueDate)}{' '}
                    {r.overdue && <Badge tone="danger">{t('finance.overdue')}</Badge>}
                  </>
                ),
                foot: '',
              },
              {
                key: 'amount',
                header: t('finance.amount'),
                numeric: true,
                cell: (r) => `${formatDecimal(r.amount)} ${r.currency}`,
                foot: '',
              },
              {
                key: 'open',
                header: t('finance.open'),
                numeric: true,
                cell: (r) => `${formatDecimal(r.open)} ${r.currency}`,
                foot: `${formatDecimal(data.baseTotal)} ${data.currency}`,
              },
            ]}
            rows={data.items.slice(0, shown)}
            rowKey={(r) => r.id}
          />
        )}
      </Card>
      {data && data.items.length > shown && (
        <div className="list-foot">
          <span className="muted" role="status">
            {t('list.shown', { count: shown })}
          </span>
          <Button onPress={() => setShown(shown + ROWS_MAX)}>{t('list.more')}</Button>
        </div>
      )}
    </>
  );
}
