import { type Document, type DocumentMeta, type DocumentSummary, documents, type ListQuery } from '@business-m/sdk';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { inSentence } from '../../format';
import { Card } from '../../layout';
import { PageTitle } from '../../PageTitle';
import { EmptyState, ErrorText, Loading } from '../../states';
import { Table } from '../../Table';
import { addressOf, listKey, useDesk, useMeta } from '../desk';
import { NamesContext } from '../form/names';
import { ColumnChooser } from './ColumnChooser';
import { columnsOf, isSum } from './columns';
import { FilterBar } from './FilterBar';
import { filterable, filterTerm, type ListView } from './filters';
import { useColumns } from './useColumns';

const PAGE = 50;

interface ListProps {
  type: DocumentSummary;
  view: ListView;
  onView: (view: ListView) => void;
}

/** The one list: made from the metadata of a document type. */
export function DocumentList(props: ListProps) {
  const { t } = useTranslation();
  const { company } = useDesk();
  const meta = useMeta(props.type.type);
  if (meta.error) return <ErrorText>{meta.error.message}</ErrorText>;
  if (!meta.data) return <Loading />;
  if (props.type.scope === 'company' && !company) return <ErrorText>{t('company.none')}</ErrorText>;
  return <Listed key={props.type.type} {...props} meta={meta.data} />;
}

function Listed({ meta, view, onView }: ListProps & { meta: DocumentMeta }) {
  const { t } = useTranslation();
  const { company } = useDesk();
  const navigate = useNavigate();
  const columns = useColumns(meta);
  const [choosing, setChoosing] = useState(false);
  const [filtering, setFiltering] = useState(Boolean(view.filters));
  const searching = Boolean(view.q);
  const query: ListQuery = {
    company: meta.scope === 'company' ? company?.id : undefined,
    search: view.q,
    filter: filterTerm(view.filters, meta),
    sort: searching ? undefined : view.sort,
    fields: [...new Set(columns.fields.map((f) => f.name))],
  };
  const totals = view.totals && !searching ? ['count', ...columns.fields.filter(isSum).map((f) => f.name)] : undefined;
  const list = useRows(meta, { ...query, totals });
  const pages = list.data?.pages ?? [];
  const rows = pages.flatMap((p) => p.rows);
  const names = Object.assign({}, ...pages.map((p) => p.names)) as Record<string, string>;
  const open = (row: Document) => void navigate({ to: `${addressOf(meta)}/${row.id}` });
  return (
    <NamesContext.Provider value={{ names, company: company?.id }}>
      <header className="page-head">
        <PageTitle>{meta.plural}</PageTitle>
        <ListActions meta={meta} query={query} onNew={() => void navigate({ to: `${addressOf(meta)}/new` })} />
      </header>
      <div className="toolbar">
        {meta.search && <SearchBox value={view.q ?? ''} onSearch={(q) => onView({ ...view, q: q || undefined })} />}
        {filterable(meta).length > 0 && (
          <Button
            icon="filter"
            expanded={filtering}
            onPress={() => {
              setFiltering(!filtering);
              if (filtering && view.filters) onView({ ...view, filters: undefined });
            }}
          >
            {t('list.filter')}
          </Button>
        )}
        <Button icon="columns" onPress={() => setChoosing(true)}>
          {t('list.columns')}
        </Button>
        {!searching && (
          <Button
            pressed={Boolean(view.totals)}
            onPress={() => onView({ ...view, totals: view.totals ? undefined : true })}
          >
            {t('list.totals')}
          </Button>
        )}
      </div>
      {filtering && (
        <FilterBar meta={meta} items={view.filters ?? []} onChange={(filters) => onView({ ...view, filters })} />
      )}
      {list.error && <ErrorText>{list.error.message}</ErrorText>}
      <Card aria-busy={list.isFetching}>
        {list.isPending && <Loading />}
        {list.data && rows.length === 0 && <Nothing meta={meta} narrowed={searching || Boolean(view.filters)} />}
        {rows.length > 0 && (
          <Table
            label={meta.plural}
            columns={columnsOf({
              meta,
              fields: columns.fields,
              names,
              totals: pages[0]?.totals,
              sortable: !searching,
              usualCurrency: company?.currency,
              t,
            })}
            rows={rows}
            rowKey={(row) => row.id}
            sort={view.sort}
            onSort={(sort) => onView({ ...view, sort })}
            onOpen={open}
          />
        )}
      </Card>
      {rows.length > 0 && (
        <div className="list-foot">
          <span className="muted" role="status">
            {t('list.shown', { count: rows.length })}
          </span>
          {list.hasNextPage && (
            <Button busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
              {t('list.more')}
            </Button>
          )}
        </div>
      )}
      {choosing && (
        <ColumnChooser
          choosable={columns.choosable}
          chosen={columns.fields}
          onChoose={columns.choose}
          onClose={() => setChoosing(false)}
        />
      )}
    </NamesContext.Provider>
  );
}

const useRows = (meta: DocumentMeta, query: ListQuery) =>
  useInfiniteQuery({
    queryKey: [...listKey(meta.type), query],
    queryFn: ({ pageParam, signal }) =>
      documents.list(
        meta.path,
        { ...query, take: PAGE, after: pageParam, totals: pageParam ? undefined : query.totals },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

function Nothing({ meta, narrowed }: { meta: DocumentMeta; narrowed: boolean }) {
  const { t } = useTranslation();
  return <EmptyState title={narrowed ? t('list.nothingFound') : t('list.nothingYet', { plural: meta.plural })} />;
}

interface ListActionsProps {
  meta: DocumentMeta;
  query: ListQuery;
  onNew: () => void;
}

function ListActions({ meta, query, onNew }: ListActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className="actions">
      {meta.may.includes('import') && meta.writes !== 'owner' && (
        <Button icon="upload" onPress={() => void navigate({ to: `${addressOf(meta)}/import` })}>
          {t('list.import')}
        </Button>
      )}
      {meta.may.includes('export') && (
        <a className="button-link" download href={documents.exportAddress(meta.path, 'csv', query)}>
          {t('list.export')}
        </a>
      )}
      {meta.may.includes('add') && (
        <Button look="primary" icon="plus" onPress={onNew}>
          {t('list.new', { label: inSentence(meta.label) })}
        </Button>
      )}
    </div>
  );
}

const TYPING_PAUSE_MS = 250;

function SearchBox({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => latest.current(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <input
      type="search"
      className="input search-box"
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
