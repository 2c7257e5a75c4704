-- The book-keeper's tables. Amounts are never negative: a side is a column or a flag. What is posted stays for ever.
create table ledger.books (
  company uuid primary key,
  currency text not null,
  dimensions text[] not null
);

create table ledger.account (
  id int generated always as identity primary key,
  company uuid not null,
  code text collate "C" not null,
  name text not null,
  type text not null check (type in ('Asset', 'Liability', 'Equity', 'Income', 'Expense')),
  currency text,
  is_group boolean not null,
  closed boolean not null,
  limit_scope text check (limit_scope in ('Account', 'Party')),
  max_debit numeric,
  max_credit numeric,
  unique (company, code)
);

create table ledger.period (
  id int generated always as identity primary key,
  company uuid not null,
  code text collate "C" not null,
  first_day date not null,
  last_day date not null,
  state text not null check (state in ('Open', 'Closing', 'Closed')),
  adjustment boolean not null,
  unique (company, code),
  check (first_day <= last_day)
);

-- seal: SHA-256 of the canonical text of the journal and its lines; mark of a posting: the first four bytes of that of
-- its line. The seal tells that something was altered, the mark which line.
create table ledger.journal (
  id uuid primary key,
  company uuid not null,
  recorded_seq bigint not null,
  ordinal int not null,
  recorded_at timestamptz not null,
  date date not null,
  period int not null,
  source_kind text not null,
  source_id uuid not null,
  source_number text,
  text text,
  adjustment boolean not null,
  reverses uuid,
  reservation uuid,
  lines int not null,
  seal bytea not null
);
create unique index journal_recorded on ledger.journal (company, recorded_seq, ordinal);
create unique index journal_reverses on ledger.journal (reverses) where reverses is not null;
create index journal_source on ledger.journal (source_id);

create table ledger.posting (
  journal uuid not null,
  ordinal int not null,
  account int not null,
  period int not null,
  date date not null,
  credit boolean not null,
  amount numeric not null check (amount >= 0),
  currency text not null,
  base_amount numeric not null check (base_amount >= 0),
  recorded_seq bigint not null,
  mark int not null,
  party text collate "C",
  text text,
  dimensions jsonb,
  primary key (journal, ordinal)
);
create index posting_account on ledger.posting (account, date);
create index posting_party on ledger.posting (party, journal) where party is not null;

-- Sums of postings, maintained with them.
create table ledger.balance (
  account int not null,
  period int not null,
  currency text not null,
  debit numeric not null,
  credit numeric not null,
  base_debit numeric not null,
  base_credit numeric not null,
  primary key (account, period, currency)
) with (fillfactor = 50);

create table ledger.party_balance (
  account int not null,
  party text collate "C" not null,
  period int not null,
  currency text not null,
  debit numeric not null,
  credit numeric not null,
  base_debit numeric not null,
  base_credit numeric not null,
  primary key (account, party, period, currency)
) with (fillfactor = 70);

create table ledger.dimension_balance (
  account int not null,
  dimension text collate "C" not null,
  value text collate "C" not null,
  period int not null,
  currency text not null,
  debit numeric not null,
  credit numeric not null,
  base_debit numeric not null,
  base_credit numeric not null,
  primary key (account, dimension, value, period, currency)
) with (fillfactor = 70);

-- Reservations are kept when they are confirmed or released; only their state changes, once.
create table ledger.reservation (
  id uuid primary key,
  company uuid not null,
  date date not null,
  period int not null,
  source_kind text not null,
  source_id uuid not null,
  source_number text,
  text text,
  adjustment boolean not null,
  seal bytea not null,
  reserved_seq bigint not null,
  state text not null check (state in ('Reserved', 'Confirmed', 'Released')),
  resolved_seq bigint,
  journal uuid,
  part numeric
);
create index reservation_open on ledger.reservation (company) where state = 'Reserved';

create table ledger.reservation_line (
  reservation uuid not null,
  ordinal int not null,
  account int not null,
  credit boolean not null,
  amount numeric not null check (amount >= 0),
  currency text not null,
  base_amount numeric not null check (base_amount >= 0),
  party text collate "C",
  text text,
  dimensions jsonb,
  primary key (reservation, ordinal)
);
create index reservation_line_account on ledger.reservation_line (account);

-- What is reserved on an account (party '') and on each party of it.
create table ledger.reserved (
  account int not null,
  party text collate "C" not null,
  currency text not null,
  debit numeric not null,
  credit numeric not null,
  base_debit numeric not null,
  base_credit numeric not null,
  primary key (account, party, currency)
) with (fillfactor = 50);

create function ledger.append_only() returns trigger language plpgsql as $$
begin
  raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = '42501',
    hint = 'A correction is a reversal and a new entry.';
end $$;

create trigger journal_append_only before update or delete or truncate on ledger.journal
  for each statement execute function ledger.append_only();
create trigger posting_append_only before update or delete or truncate on ledger.posting
  for each statement execute function ledger.append_only();
create trigger reservation_line_append_only before update or delete or truncate on ledger.reservation_line
  for each statement execute function ledger.append_only();

revoke update, delete, truncate on ledger.journal, ledger.posting, ledger.reservation_line from m_lane;
revoke delete, truncate on ledger.books, ledger.account, ledger.period, ledger.reservation, ledger.balance,
  ledger.party_balance, ledger.dimension_balance, ledger.reserved from m_lane;
revoke update on ledger.reservation from m_lane;
grant update (state, resolved_seq, journal, part) on ledger.reservation to m_lane;

-- The canonical text of a line: what the seal is made of, after the header.
create function ledger.line_text(code text, credit boolean, amount numeric, currency text, base_amount numeric,
  party text, line_text text, dimensions jsonb) returns text language sql immutable as $$
  select chr(30) || code || chr(31) || case when credit then 'C' else 'D' end || chr(31) || trim_scale(amount)::text
    || chr(31) || currency || chr(31) || trim_scale(base_amount)::text || chr(31) || coalesce(party, '') || chr(31)
    || coalesce(line_text, '')
    || coalesce((select string_agg(chr(31) || d.key || '=' || d.value, '' order by d.key collate "C")
         from jsonb_each_text(dimensions) d), '')
$$;

create function ledger.mark(line_text text) returns int language sql immutable as $$
  select ('x' || encode(substr(sha256(convert_to(line_text, 'UTF8')), 1, 4), 'hex'))::bit(32)::int
$$;

create function ledger.header_text(id uuid, company uuid, date date, source_kind text, source_id uuid, header text,
  adjustment boolean, reverses uuid, reservation uuid) returns text language sql stable as $$
  select id || chr(31) || company || chr(31) || to_char(date, 'YYYY-MM-DD') || chr(31) || source_kind || chr(31) || source_id
    || chr(31) || coalesce(header, '') || chr(31) || case when adjustment then 'a' else '-' end
    || chr(31) || coalesce(reverses::text, '') || chr(31) || coalesce(reservation::text, '')
$$;

-- What the audit chain seals of the ledger under one recorded sequence of a company; null: nothing.
create function ledger.digest(of_company uuid, of_seq bigint) returns bytea language sql stable as $$
  select sha256(string_agg(piece, ''::bytea order by kind, ordinal, id)) from (
    select 1 as kind, j.ordinal, j.id, j.seal as piece from ledger.journal j
      where j.company = of_company and j.recorded_seq = of_seq
    union all
    select 2, 0, r.id, r.seal from ledger.reservation r where r.company = of_company and r.reserved_seq = of_seq
    union all
    select 3, 0, r.id, convert_to(r.id || r.state, 'UTF8') from ledger.reservation r
      where r.company = of_company and r.resolved_seq = of_seq) pieces
$$;
