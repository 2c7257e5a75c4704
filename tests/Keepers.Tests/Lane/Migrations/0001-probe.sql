create table probe.note (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  number text,
  text text,
  amount numeric(24,4) not null,
  unique (company, code)
);
create table probe.note_line (
  note_id uuid not null references probe.note,
  ordinal int not null,
  text text not null,
  primary key (note_id, ordinal)
);
