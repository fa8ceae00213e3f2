-- What can be contested: a record that stands, with the rights of whoever takes it down. One they
-- can't read is none.

create or replace function daybook.contest_what_stands() returns trigger language plpgsql as $$
declare
    entry jsonb;
begin
    execute format('select to_jsonb(r) from %I r where r.id = $1 and r.person_id = $2',
                   daybook.contestable(new.kind)) into entry using new.record, new.person_id;
    if entry is null or entry ->> 'struck_at' is not null
       or entry ->> 'withdrawn_at' is not null then
        raise exception 'There is no such record.' using errcode = 'foreign_key_violation';
    end if;
    new.author_id := coalesce(
        entry ->> 'author_id', entry ->> 'written_by_id', entry ->> 'told_by_id',
        entry ->> 'offered_by_id', entry ->> 'raised_by_id', entry ->> 'made_by_id',
        entry ->> 'decided_by_id', entry ->> 'opened_by_id')::bigint;
    return new;
end $$;
