-- What a contest settled as to be erased is proposed with it, by whoever settled it. It waits for
-- data protection like everything else that is to go: two people, and no hold.

create function daybook.propose_what_is_to_go() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if new.outcome = 'erased' then
        insert into retention_erasure
            (id, kind, person_key, keys, early, replayed, listed_at, proposed_by_id, proposed_at,
             reason)
        select new.id, c.kind, c.person_id, array[c.record::text], true, false, new.settled_at,
               new.settled_by_id, new.settled_at, 'Contested, and settled as to be erased.'
          from contests_contest c
         where c.id = new.contest_id
           -- Two contests of one record propose it once.
           and not exists (
               select from retention_erasure e
                where e.early and c.record::text = any(e.keys)
                  and e.kept_at is null and e.lapsed_at is null and e.erased_at is null);
    end if;
    return null;
end $$;
create trigger contests_settlement_proposes after insert on contests_settlement
    for each row execute function daybook.propose_what_is_to_go();

-- Whom to tell is known through the contest, and goes with it: so they are told before.
create function daybook.tell_before_it_goes() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.approved_at is null and new.approved_at is not null and new.early and not new.replayed
       and exists (
           select from contests_correction owed join contests_contest c on c.id = owed.contest_id
            where owed.told_at is null and c.person_id = new.person_key
              and c.record::text = any(new.keys)) then
        raise exception 'Recipients are to be told first.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger retention_erasure_tells_first before update on retention_erasure
    for each row execute function daybook.tell_before_it_goes();
