-- Where the far protocol's rows were when this context began, or was last restored, and how many steps it has taken: a
-- database that is elsewhere, or has taken fewer steps than its host has seen, was restored. One row, once it began.
create table record.far_home (
  single boolean primary key default true check (single),
  place text not null,
  mark bigint not null
);
revoke delete, truncate on record.far_home from m_lane;
