-- What a batch stood on without looking must hold when it is written: else nothing of it is, and it looks first.
create function record.insist(holds boolean, what text) returns int language plpgsql as $$
begin
  if holds then return 1; end if;
  raise exception '%', what using errcode = '40001';
end $$;
