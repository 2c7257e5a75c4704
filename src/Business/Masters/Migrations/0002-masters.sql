create table masters.company (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null unique,
  name text not null,
  currency text not null,
  country text not null,
  zone text not null,
  fiscal_year_start_month int not null
);

create table masters.branch (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  name text not null,
  unique (company, code)
);

create table masters.party (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  name text not null,
  country text,
  blocked boolean not null,
  party_group text,
  unique (company, code)
);

create table masters.item (
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
  unit text not null,
  blocked boolean not null,
  item_group text,
  unique (company, code)
);

-- value: units of to_currency for one from_currency.
create table masters.exchange_rate (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  from_currency text not null,
  to_currency text not null,
  day date not null,
  value numeric(24,12) not null check (value > 0),
  source text not null,
  unique (company, from_currency, to_currency, day)
);
