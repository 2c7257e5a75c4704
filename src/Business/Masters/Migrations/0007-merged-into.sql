-- A list is sorted by any indexed field, and a partial index sorts nothing.
drop index masters.party_merged_into_at;
create index party_merged_into_at on masters.party (company, merged_into, id);
