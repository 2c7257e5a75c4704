import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';
import { useNarrow } from './useNarrow';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  sortable?: boolean;
  foot?: ReactNode;
}

export interface TableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The field sorted by, `-` before it for descending. */
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
  onOpen?: (row: Row) => void;
}

/** Rows and columns; cards where the page is narrow. The first column names the row. */
export function Table<Row>(props: TableProps<Row>) {
  const narrow = useNarrow();
  return narrow ? <Cards {...props} /> : <Grid {...props} />;
}

function Grid<Row>({ label, columns, rows, rowKey, sort, onSort, onOpen }: TableProps<Row>) {
  const footed = columns.some((c) => c.foot !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((c) => (
              <Header key={c.key} column={c} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={onOpen ? 'openable' : undefined} onClick={openUnlessOn(row, onOpen)}>
              {columns.map((c) => (
                <td key={c.key} className={c.numeric ? 'numeric' : undefined}>
                  {c.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {footed && (
          <tfoot>
            <tr>
              {columns.map((c) => (
                <td key={c.key} className={c.numeric ? 'numeric' : undefined}>
                  {c.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

// A click on a link or button does what that says, and a selection of text is no click.
function openUnlessOn<Row>(row: Row, onOpen: ((row: Row) => void) | undefined) {
  if (!onOpen) return undefined;
  return (event: React.MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, input')) return;
    if (window.getSelection()?.toString()) return;
    onOpen(row);
  };
}

interface HeaderProps<Row> {
  column: Column<Row>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
}

function Header<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const up = sort === column.key;
  const down = sort === `-${column.key}`;
  const state = up ? 'ascending' : down ? 'descending' : 'none';
  const next = up ? `-${column.key}` : down ? undefined : column.key;
  const sortable = column.sortable && onSort;
  return (
    <th scope="col" className={column.numeric ? 'numeric' : undefined} aria-sort={sortable ? state : undefined}>
      {sortable ? (
        <button type="button" className="sort" onClick={() => onSort(next)}>
          {column.header}
          {up && <Icon name="up" />}
          {down && <Icon name="down" />}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function Cards<Row>({ label, columns, rows, rowKey, sort, onSort }: TableProps<Row>) {
  const [first, ...others] = columns;
  const feet = columns.filter((c) => c.foot !== undefined && c.foot !== '');
  return (
    <>
      {onSort && <SortChoice columns={columns} sort={sort} onSort={onSort} />}
      <ul className="cards" aria-label={label}>
        {rows.map((row) => (
          <li key={rowKey(row)} className="card-row">
            <div className="card-title">{first?.cell(row)}</div>
            <dl>
              {others
                .map((c) => ({ ...c, shown: c.cell(row) }))
                .filter((c) => c.shown !== '')
                .map((c) => (
                  <div key={c.key}>
                    <dt>{c.header}</dt>
                    <dd className={c.numeric ? 'numeric' : undefined}>{c.shown}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
      {feet.length > 0 && (
        <dl className="card-foot">
          {feet.map((c) => (
            <div key={c.key}>
              <dt>{c.header}</dt>
              <dd>{c.foot}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

interface SortChoiceProps<Row> {
  columns: Column<Row>[];
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}

function SortChoice<Row>({ columns, sort, onSort }: SortChoiceProps<Row>) {
  const { t } = useTranslation();
  const sortable = columns.filter((c) => c.sortable);
  if (sortable.length === 0) return null;
  return (
    <label className="sort-choice">
      <span>{t('list.sortBy')}</span>
      <select className="input" value={sort ?? ''} onChange={(e) => onSort(e.target.value || undefined)}>
        <option value="">{t('list.usualOrder')}</option>
        {sortable.flatMap((c) => [
          <option key={c.key} value={c.key}>{`${c.header} ↑`}</option>,
          <option key={`-${c.key}`} value={`-${c.key}`}>{`${c.header} ↓`}</option>,
        ])}
      </select>
    </label>
  );
}
