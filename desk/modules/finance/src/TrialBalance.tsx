import { Card, ErrorText, Field, formatDecimal, Loading, PageTitle, Table, Txt, todayIn } from '@business-m/kit';
import { useDesk } from '@business-m/kit/documents';
import { api, broughtBy } from '@business-m/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Every account with its balance as of a day; the two sums are equal. */
export default function TrialBalance() {
  const { t } = useTranslation();
  const { company } = useDesk();
  const [asOf, setAsOf] = useState(() => todayIn(company?.zone));
  const report = useQuery({
    queryKey: ['trial-balance', company?.id, asOf],
    queryFn: async () =>
      broughtBy(
        await api.GET('/api/finance/reports/trial-balance', {
          params: { query: { company: company?.id ?? '', asOf } },
        }),
      ),
    enabled: Boolean(company && asOf),
    placeholderData: keepPreviousData,
  });
  const { data } = report;
  const footed = (text: string | undefined) => (text === undefined ? '' : formatDecimal(text));
  return (
    <>
      <header className="page-head">
        <PageTitle>{t('finance.trialBalance')}</PageTitle>
        {data && <Txt muted>{t('finance.inCurrency', { currency: data.currency })}</Txt>}
      </header>
      <div className="toolbar">
        <Field id="as-of" label={t('finance.asOf')}>
          <input
            id="as-of"
            type="date"
            className="input"
            value={asOf}
            onChange={(event) => setAsOf(event.target.value)}
          />
        </Field>
      </div>
      {report.error && <ErrorText>{report.error.message}</ErrorText>}
      <Card>
        {!data && !report.error && <Loading />}
        {data && (
          <Table
            label={t('finance.trialBalance')}
            columns={[
              { key: 'account', header: t('finance.account'), cell: (r) => r.account, foot: t('finance.total') },
              { key: 'name', header: t('finance.name'), cell: (r) => r.name, foot: '' },
              {
                key: 'debit',
                header: t('finance.debit'),
                numeric: true,
                cell: (r) => formatDecimal(r.debit),
                foot: footed(data.totalDebit),
              },
              {
                key: 'credit',
                header: t('finance.credit'),
                numeric: true,
                cell: (r) => formatDecimal(r.credit),
                foot: footed(data.totalCredit),
              },
            ]}
            rows={data.rows}
            rowKey={(r) => r.account}
          />
        )}
      </Card>
    </>
  );
}
