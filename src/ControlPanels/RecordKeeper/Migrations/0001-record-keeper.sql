-- Heads of the audit chains, one per company (the zero id is the installation). The lane locks them first.
create table record.head (
  company uuid primary key,
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null
) with (fillfactor = 50);

-- Gap-free series: the last number given.
create table record.series (
  company uuid not null,
  code text not null,
  last bigint not null,
  primary key (company, code)
) with (fillfactor = 50);

create table record.number_given (
  company uuid not null,
  series text not null,
  value bigint not null,
  number text not null,
  document uuid not null,
  primary key (company, series, value)
);

-- One link per business transaction and company. values_digest = sha256(salt, changes); the values stand beside.
create table record.audit (
  company uuid not null,
  seq bigint not null,
  at timestamptz not null,
  unit uuid not null,
  actor text not null,
  action text not null,
  values_digest bytea not null,
  effects_digest bytea,
  hash bytea not null,
  primary key (company, seq)
);

create table record.audit_value (
  company uuid not null,
  seq bigint not null,
  salt bytea not null,
  changes text not null,
  primary key (company, seq)
);

-- Answers kept under an Idempotency-Key, 30 days.
create table record.answer (
  scope text not null,
  key text not null,
  fingerprint bytea not null,
  request bytea not null,
  status int not null,
  content_type text not null,
  body bytea not null,
  at timestamptz not null,
  primary key (scope, key)
);
create index answer_at on record.answer using brin (at);

create table record.outbox (
  id uuid primary key,
  company uuid not null,
  subject text not null,
  body text not null,
  at timestamptz not null
);

create table record.inbox (
  handler text not null,
  id uuid not null,
  at timestamptz not null,
  primary key (handler, id)
);

create function record.append_only() returns trigger language plpgsql as $$
begin
  raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = '42501',
    hint = 'A correction is a reversal and a new entry.';
end $$;

create trigger audit_append_only before update or delete or truncate on record.audit
  for each statement execute function record.append_only();
create trigger number_append_only before update or delete or truncate on record.number_given
  for each statement execute function record.append_only();

revoke update, delete, truncate on record.audit, record.number_given, record.audit_value from m_lane;
