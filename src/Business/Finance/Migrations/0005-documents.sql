-- A party's roles: as one sells to it, and as one buys from it.
create table finance.customer (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  party uuid not null,
  name text,
  currency text,
  payment_terms text,
  payment_method text,
  credit_limit numeric(24,4),
  price_list text,
  tax_status text not null,
  tax_code text,
  sale_blocked boolean not null,
  payment_blocked boolean not null,
  block_reason text,
  note text,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored
);
create unique index customer_code on finance.customer (company, code);
create unique index customer_party on finance.customer (company, party);
create index customer_name_at on finance.customer (company, name, id);
create index customer_payment_terms_at on finance.customer (company, payment_terms, id);
create index customer_search on finance.customer using gin (search);

create table finance.supplier (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  party uuid not null,
  name text,
  currency text,
  payment_terms text,
  payment_method text,
  price_list text,
  tax_status text not null,
  tax_code text,
  purchase_blocked boolean not null,
  payment_blocked boolean not null,
  block_reason text,
  note text,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored
);
create unique index supplier_code on finance.supplier (company, code);
create unique index supplier_party on finance.supplier (company, party);
create index supplier_name_at on finance.supplier (company, name, id);
create index supplier_payment_terms_at on finance.supplier (company, payment_terms, id);
create index supplier_search on finance.supplier using gin (search);

-- Registrations for tax; their ids are columns that regions add.
create table finance.tax_registration (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  party uuid not null,
  address uuid,
  country text not null,
  name text not null,
  valid_from date not null,
  valid_to date,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(name, ''))) stored
);
create index tax_registration_party_at on finance.tax_registration (company, party, id);
create index tax_registration_address_at on finance.tax_registration (company, address, id);
create index tax_registration_country_at on finance.tax_registration (company, country, id);
create index tax_registration_search on finance.tax_registration using gin (search);

-- The company's own bank accounts (party null) and those of parties.
create table finance.bank_account (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  party uuid,
  name text not null,
  iban text,
  bic text,
  number text,
  holder text,
  currency text,
  account text,
  is_default boolean not null,
  state text not null,
  entered_by text,
  confirmed_by text,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(name, '') || ' '
    || coalesce(iban, '') || ' ' || coalesce(number, '') || ' ' || coalesce(holder, ''))) stored
);
create index bank_account_party_at on finance.bank_account (company, party, id);
create index bank_account_iban_at on finance.bank_account (company, iban, id);
create index bank_account_state_at on finance.bank_account (company, state, id);
create index bank_account_search on finance.bank_account using gin (search);

-- Payment terms; the books' settings keep a copy for decisions.
create table finance.payment_terms (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  name text not null,
  days int not null,
  rule text not null,
  day int,
  discount_percent numeric(24,4),
  discount_days int,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored
);
create unique index payment_terms_code on finance.payment_terms (company, code);
create index payment_terms_search on finance.payment_terms using gin (search);
create table finance.payment_instalment (
  id uuid primary key,
  parent uuid not null references finance.payment_terms,
  seq int not null,
  percent numeric(24,4) not null,
  days int not null,
  rule text not null,
  day int
);
create index payment_instalment_parent on finance.payment_instalment (parent);

create table finance.payment_method (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  name text not null,
  kind text not null,
  means text,
  clearing_account text,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored
);
create unique index payment_method_code on finance.payment_method (company, code);
create index payment_method_search on finance.payment_method using gin (search);

-- Tax codes; the books' settings keep a copy for decisions.
create table finance.tax_code (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  name text not null,
  category text not null,
  calculation text not null,
  due text not null,
  recoverable_percent numeric(24,4) not null,
  raises_next_base boolean not null,
  exemption_reason text,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored
);
create unique index tax_code_code on finance.tax_code (company, code);
create index tax_code_search on finance.tax_code using gin (search);
create table finance.tax_rate (
  id uuid primary key,
  parent uuid not null references finance.tax_code,
  seq int not null,
  valid_from date not null,
  percent numeric(24,4),
  amount numeric(24,4)
);
create index tax_rate_parent on finance.tax_rate (parent);
create table finance.tax_report_box (
  id uuid primary key,
  parent uuid not null references finance.tax_code,
  seq int not null,
  box text not null,
  counts text not null,
  sign text not null
);
create index tax_report_box_parent on finance.tax_report_box (parent);

alter table finance.settings add column payment_terms jsonb not null default '[]';

-- The codes that companies have so far. Categories without rates have no row of rates.
insert into finance.tax_code (id, company, version, created_at, created_by, changed_at, changed_by, code, name,
    category, calculation, due, recoverable_percent, raises_next_base, blocked)
  select gen_random_uuid(), s.company, 1, s.created_at, s.created_by, s.changed_at, s.changed_by, c->>'code',
    c->>'name', c->>'category', 'Percent', c->>'due', 100, false, false
  from finance.settings s cross join lateral jsonb_array_elements(s.tax_codes) c;
insert into finance.tax_rate (id, parent, seq, valid_from, percent)
  select gen_random_uuid(), t.id, r.seq, (r.rate->>'from')::date, (r.rate->>'percent')::numeric
  from finance.tax_code t join finance.settings s on s.company = t.company
    cross join lateral jsonb_array_elements(s.tax_codes) c
    cross join lateral jsonb_array_elements(c->'rates') with ordinality r(rate, seq)
  where c->>'code' = t.code and t.category in ('S', 'L', 'M', 'B');

-- Lists of transaction documents: by any date or number that they are sorted by, at any size. What only few rows have
-- (credit notes, drafts) has an index of its own, which the others do not pay for.
alter index finance.sales_invoice_date rename to sales_invoice_issue_date_at;
create index sales_invoice_due_date_at on finance.sales_invoice (company, due_date, id);
create index sales_invoice_number_at on finance.sales_invoice (company, number, id);
create index sales_invoice_credit_note_at on finance.sales_invoice (company, issue_date, id)
  where kind = 'CreditNote';
create index sales_invoice_draft_at on finance.sales_invoice (company, issue_date, id) where status = 'Draft';
create index receipt_received_on_at on finance.receipt (company, received_on, id);
create index receipt_number_at on finance.receipt (company, number, id);
alter index finance.journal_date rename to journal_posting_date_at;
create index journal_number_at on finance.journal (company, number, id);

-- As wide as the field of a document is declared; no row is written anew.
alter table finance.sales_invoice_line alter column percent type numeric(24,4);
