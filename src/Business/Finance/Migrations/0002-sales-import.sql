-- Files of sales that were imported.
create table finance.sales_import (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  file text not null,
  file_hash text not null,
  map text not null,
  map_hash text not null,
  state text not null,
  rows int not null,
  invoices int not null,
  credit_notes int not null,
  journals int not null,
  stock_adjustments int not null,
  refused int not null
);
create index sales_import_file on finance.sales_import (company, file_hash);

-- Which document came from which import: written in the commit of the document.
create table finance.imported_document (
  import uuid not null references finance.sales_import,
  document uuid not null,
  number text not null,
  kind text not null,
  primary key (import, document)
);
