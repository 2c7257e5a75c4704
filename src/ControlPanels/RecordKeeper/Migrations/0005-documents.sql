-- Fields that administrators add at run time; each is a column x_NAME of its document's table.
create table record.field (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  document text not null,
  name text not null,
  label text not null,
  kind text not null,
  length integer,
  scale integer,
  required boolean not null,
  options text,
  target text,
  default_value text,
  in_list boolean not null,
  sensitive boolean not null,
  help text,
  section text,
  blocked boolean not null,
  purged boolean not null
);
create unique index field_document_name on record.field (document, name) where not purged;

-- Which link of the audit chain changed a document that was there before, and to which version.
create table record.change (
  document uuid not null,
  version int not null,
  company uuid not null,
  seq bigint not null,
  primary key (document, version)
);

-- Comments, tags, assignments, followers and attachments, on any document.
create table record.note (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  type text not null,
  document uuid not null,
  kind text not null,
  text text,
  user_name text,
  url text
);
create index note_document on record.note (document, id);
create index note_user on record.note (user_name, kind) where user_name is not null;

-- Files that were imported, and the documents that each made or changed: the version after it, and what was before.
create table record.import (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  type text not null,
  file text not null,
  file_hash text not null,
  rows integer not null,
  added integer not null,
  changed integer not null,
  undone boolean not null
);
create table record.import_row (
  import uuid not null,
  document uuid not null,
  version int not null,
  before jsonb,
  primary key (import, document)
);
