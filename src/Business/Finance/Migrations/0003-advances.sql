-- What is left of a receipt's advance, and how often it was allocated since.
alter table finance.receipt
  add column advance_open numeric(24,4) not null default 0,
  add column base_advance_open numeric(24,4) not null default 0,
  add column allocated int not null default 0;
