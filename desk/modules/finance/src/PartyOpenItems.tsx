import { Badge, Card, ErrorText, formatDate, formatDecimal, Loading, Row, Txt } from '@business-m/kit';
import { api, broughtBy, type Loaded } from '@business-m/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOfItem } from './addresses';

const SHOWN = 8;

/** What a party owes, beside its document. */
export default function PartyOpenItems({ loaded }: { loaded: Loaded }) {
  const { t } = useTranslation();
  const { id, company } = loaded.document;
  const report = useQuery({
    queryKey: ['open-items', company, id],
    queryFn: async () => {
      const query = { company: String(company), party: id };
      return broughtBy(await api.GET('/api/finance/reports/open-items', { params: { query } }));
    },
  });
  const { data } = report;
  return (
    <Card padded>
      <h2>{t('finance.openItems')}</h2>
      {report.error && <ErrorText>{report.error.message}</ErrorText>}
      {report.isPending && <Loading />}
      {data?.items.length === 0 && <Txt muted>{t('finance.nothingOpen')}</Txt>}
      {data && data.items.length > 0 && (
        <>
          <ul className="plain-list">
            {data.items.slice(0, SHOWN).map((item) => (
              <li key={item.id}>
                <Row apart>
                  <span>
                    <Link to={addressOfItem(item) ?? '/finance/reports/open-items'}>{item.number ?? item.kind}</Link>{' '}
                    <span className="muted">{formatDate(item.dueDate ?? item.date)}</span>{' '}
                    {item.overdue && <Badge tone="danger">{t('finance.overdue')}</Badge>}
                  </span>
                  <span className="figure">{`${formatDecimal(item.open)} ${item.currency}`}</span>
                </Row>
              </li>
            ))}
          </ul>
          <Row apart>
            <Txt strong>{t('finance.total')}</Txt>
            <Txt strong className="figure">{`${formatDecimal(data.baseTotal)} ${data.currency}`}</Txt>
          </Row>
        </>
      )}
    </Card>
  );
}
