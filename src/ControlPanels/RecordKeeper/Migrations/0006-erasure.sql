-- Personal data is erased from what stands beside the audit chain; the chain itself stays as it is.
create table record.erasure (
  company uuid not null,
  document uuid not null,
  seq bigint not null,
  reason text not null,
  at timestamptz not null,
  done_at timestamptz,
  primary key (company, document)
);

-- Links whose values were erased in part: the digest of what is left.
create table record.erased_value (
  company uuid not null,
  seq bigint not null,
  digest bytea not null,
  primary key (company, seq)
);

revoke delete, truncate on record.erasure from m_lane;
revoke insert, update, delete, truncate on record.erased_value from m_lane;

-- The changes of a link without the values of these documents; the same text where none of them is among them.
create function record.without(changes text, keys text[]) returns text language sql immutable as $$
  select case when bool_or(hit) then jsonb_agg(case when hit then jsonb_strip_nulls(jsonb_build_object(
      'table', change -> 'table', 'erased', true,
      'before', case when change ? 'before' then jsonb_build_object('id', change #> '{before,id}') end,
      'after', case when change ? 'after' then jsonb_build_object('id', change #> '{after,id}') end))
    else change end order by place)::text else changes end
  from (select change, place, coalesce(change #>> '{after,id}', change #>> '{before,id}') = any (keys) as hit
    from jsonb_array_elements(changes::jsonb) with ordinality as one (change, place)) all_of_them
$$;

-- Runs as the owner: the lane itself may not change values.
create function record.erase(now timestamptz) returns bigint language plpgsql security definer
  set search_path = pg_catalog as $$
declare
  ordered record;
  keys text[];
  done bigint := 0;
begin
  perform pg_advisory_xact_lock(7003019);
  for ordered in select company, seq, array_agg(document::text) as documents from record.erasure
    where done_at is null group by company, seq
  loop
    keys := ordered.documents || array(select id::text from record.note where document::text = any (ordered.documents));
    delete from record.note where document = any (ordered.documents::uuid[]);
    update record.import_row set before = null where document = any (ordered.documents::uuid[]);
    delete from record.answer a where exists (select from unnest(keys) k
      where position(convert_to(k, 'UTF8') in a.body) > 0 or position(convert_to(k, 'UTF8') in a.request) > 0);
    with found as (
      select v.seq, record.without(v.changes, keys) as changes from record.audit_value v
      where v.company = ordered.company and v.seq < ordered.seq
        and exists (select from unnest(keys) k where position(k in v.changes) > 0)
    ), erased as (
      update record.audit_value v set changes = f.changes from found f
      where v.company = ordered.company and v.seq = f.seq and v.changes <> f.changes
      returning v.seq, sha256(v.salt || convert_to(v.changes, 'UTF8')) as digest
    )
    insert into record.erased_value (company, seq, digest) select ordered.company, seq, digest from erased
    on conflict (company, seq) do update set digest = excluded.digest;
    update record.erasure set done_at = now
    where company = ordered.company and seq = ordered.seq and done_at is null;
    done := done + 1;
  end loop;
  return done;
end $$;
revoke execute on function record.erase(timestamptz) from public;
grant execute on function record.erase(timestamptz) to m_lane;
