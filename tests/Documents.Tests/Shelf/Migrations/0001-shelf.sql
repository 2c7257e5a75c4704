create table shelf.author (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  name text not null,
  blocked boolean not null
);
create unique index author_code on shelf.author (company, code);

create table shelf.book (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null,
  title text not null,
  author uuid,
  binding text not null,
  price numeric(24,2),
  pages integer,
  published date,
  lent_until timestamptz,
  in_print boolean not null,
  cost numeric(24,2),
  note text,
  blocked boolean not null,
  search tsvector generated always as (to_tsvector('simple', code || ' ' || title)) stored
);
create unique index book_code on shelf.book (company, code);
create index book_author_at on shelf.book (company, author, id);
create index book_search on shelf.book using gin (search);

create table shelf.chapter (
  id uuid primary key,
  parent uuid not null references shelf.book,
  seq int not null,
  heading text not null,
  from_page integer
);
create index chapter_parent on shelf.chapter (parent);

create table shelf.leaflet (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  name text not null
);
