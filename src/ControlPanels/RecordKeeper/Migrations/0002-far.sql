-- What became of an attempt, unique by T: a tombstone makes a late commit fail, a commit a late tombstone.
create table record.far_outcome (
  attempt text primary key,
  outcome text not null check (outcome in ('Committed', 'Aborted')),
  answer text,
  at timestamptz not null default now()
);

create trigger far_outcome_append_only before update or delete or truncate on record.far_outcome
  for each statement execute function record.append_only();
revoke update, delete, truncate on record.far_outcome from m_lane;

-- The other rows of the far protocol, by kind: self, peer, reopening, attempt, confirm, counter, reservation, seal,
-- inbox. Waiting: a confirmation without acknowledgement, a reservation without outcome.
create table record.far_row (
  kind text not null,
  id text not null,
  attempt text,
  key text,
  peer text,
  waiting boolean not null,
  body jsonb not null,
  primary key (kind, id)
);
create index far_row_attempt on record.far_row (attempt) where attempt is not null;
create index far_row_key on record.far_row (key) where kind = 'attempt';
create index far_row_peer on record.far_row (peer) where peer is not null;
create index far_row_waiting on record.far_row (id) where waiting;
