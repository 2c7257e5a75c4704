-- The documents of Masters as they are declared. What was there stays: columns are added, indexes get the names that
-- follow from the declaration. search: the fields that full-text search finds.

alter table masters.user_account add search tsvector generated always as
  (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(display_name, ''))) stored;
create index user_account_search on masters.user_account using gin (search);

alter table masters.company
  add legal_name text,
  add default_branch uuid,
  add registration_number text,
  add line1 text,
  add line2 text,
  add city text,
  add region text,
  add postcode text,
  add email text,
  add phone text,
  add web text;
alter table masters.company rename constraint company_code_key to company_code;
alter table masters.company add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index company_search on masters.company using gin (search);

alter table masters.branch
  add country text,
  add email text,
  add phone text,
  add line1 text,
  add line2 text,
  add city text,
  add region text,
  add postcode text,
  add blocked boolean not null default false;
alter table masters.branch alter blocked drop default;
alter table masters.branch rename constraint branch_company_code_key to branch_code;
alter table masters.branch add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index branch_search on masters.branch using gin (search);

create index exchange_rate_day_at on masters.exchange_rate (company, day, id);

create table masters.country (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  code text not null, name text not null, blocked boolean not null
);
alter table masters.country add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index country_search on masters.country using gin (search);
create unique index country_code on masters.country (company, code);

create table masters.currency (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  code text not null, name text not null, digits int not null, blocked boolean not null
);
alter table masters.currency add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index currency_search on masters.currency using gin (search);
create unique index currency_code on masters.currency (company, code);

create table masters.unit_of_measure (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  code text not null, name text not null, symbol text, dimension text not null, blocked boolean not null
);
alter table masters.unit_of_measure add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, '') || ' ' || coalesce(symbol, ''))) stored;
create index unit_of_measure_search on masters.unit_of_measure using gin (search);
create unique index unit_of_measure_code on masters.unit_of_measure (company, code);
create index unit_of_measure_dimension_at on masters.unit_of_measure (company, dimension, id);

create table masters.party_group (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  code text not null, name text not null, parent_group text, blocked boolean not null
);
alter table masters.party_group add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index party_group_search on masters.party_group using gin (search);
create unique index party_group_code on masters.party_group (company, code);
create index party_group_parent_group_at on masters.party_group (company, parent_group, id);

alter table masters.party
  add kind text not null default 'Organisation',
  add legal_name text,
  add language text,
  add email text,
  add phone text,
  add web text,
  add note text,
  add erased boolean not null default false,
  add merged_into uuid;
alter table masters.party alter kind drop default, alter erased drop default;
alter table masters.party rename constraint party_company_code_key to party_code;
alter table masters.party add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, '')
    || ' ' || coalesce(legal_name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) stored;
create index party_search on masters.party using gin (search);
create index party_name_at on masters.party (company, name, id);
create index party_party_group_at on masters.party (company, party_group, id);
create index party_country_at on masters.party (company, country, id);
create index party_merged_into_at on masters.party (company, merged_into, id) where merged_into is not null;

create table masters.address (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  party uuid not null, name text, kind text not null, country text not null, is_default boolean not null,
  line1 text, line2 text, city text, region text, postcode text,
  blocked boolean not null
);
alter table masters.address add search tsvector generated always as
  (to_tsvector('simple', coalesce(name, ''))) stored;
create index address_search on masters.address using gin (search);
create index address_party_at on masters.address (company, party, id);

create table masters.contact (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  party uuid not null, name text not null, role text, email text, phone text, blocked boolean not null
);
alter table masters.contact add search tsvector generated always as
  (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) stored;
create index contact_search on masters.contact using gin (search);
create index contact_party_at on masters.contact (company, party, id);

create table masters.item_group (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  code text not null, name text not null, parent_group text, blocked boolean not null
);
alter table masters.item_group add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index item_group_search on masters.item_group using gin (search);
create unique index item_group_code on masters.item_group (company, code);
create index item_group_parent_group_at on masters.item_group (company, parent_group, id);

alter table masters.item
  add purchase_unit text,
  add sales_unit text,
  add gtin text,
  add hs_code text,
  add origin text,
  add tax_class text,
  add weight numeric(18,6),
  add weight_unit text,
  add lead_time_days int,
  add minimum_order_quantity numeric(18,6),
  add description text;
alter table masters.item rename constraint item_company_code_key to item_code;
alter table masters.item add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, '') || ' ' || coalesce(gtin, ''))) stored;
create index item_search on masters.item using gin (search);
create index item_name_at on masters.item (company, name, id);
create index item_kind_at on masters.item (company, kind, id);
create index item_item_group_at on masters.item (company, item_group, id);
create index item_gtin_at on masters.item (company, gtin, id);
create index item_hs_code_at on masters.item (company, hs_code, id);
create index item_tax_class_at on masters.item (company, tax_class, id);

create table masters.item_unit (
  id uuid primary key, parent uuid not null references masters.item, seq int not null,
  unit text not null, factor numeric(18,6) not null, gtin text
);
create index item_unit_parent on masters.item_unit (parent, seq);

create table masters.item_party_code (
  id uuid primary key, parent uuid not null references masters.item, seq int not null,
  party uuid not null, code text not null, name text
);
create index item_party_code_parent on masters.item_party_code (parent, seq);
create index item_party_code_party_at on masters.item_party_code (party, code);

create table masters.kit_component (
  id uuid primary key, parent uuid not null references masters.item, seq int not null,
  item uuid not null, quantity numeric(18,6) not null
);
create index kit_component_parent on masters.kit_component (parent, seq);
create index kit_component_item_at on masters.kit_component (item);

create table masters.price_list (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  code text not null, name text not null, currency text not null, includes_tax boolean not null,
  valid_from date, valid_to date, blocked boolean not null
);
alter table masters.price_list add search tsvector generated always as
  (to_tsvector('simple', coalesce(code, '') || ' ' || coalesce(name, ''))) stored;
create index price_list_search on masters.price_list using gin (search);
create unique index price_list_code on masters.price_list (company, code);

create table masters.price (
  id uuid primary key, company uuid not null, version int not null,
  created_at timestamptz not null, created_by text not null, changed_at timestamptz not null, changed_by text not null,
  price_list text not null, item uuid not null, unit text, minimum_quantity numeric(18,6) not null,
  value numeric(18,6) not null, valid_from date, valid_to date
);
create index price_price_list_at on masters.price (company, price_list, id);
create index price_item_at on masters.price (company, item, id);
create unique index price_once on masters.price
  (company, price_list, item, unit, minimum_quantity, valid_from) nulls not distinct;

-- Groups that parties and items name already.
insert into masters.party_group (id, company, version, created_at, created_by, changed_at, changed_by,
  code, name, blocked)
select gen_random_uuid(), company, 1, now(), 'system', now(), 'system', party_group, party_group, false
from (select distinct company, party_group from masters.party where party_group is not null) named;
insert into masters.item_group (id, company, version, created_at, created_by, changed_at, changed_by,
  code, name, blocked)
select gen_random_uuid(), company, 1, now(), 'system', now(), 'system', item_group, item_group, false
from (select distinct company, item_group from masters.item where item_group is not null) named;
