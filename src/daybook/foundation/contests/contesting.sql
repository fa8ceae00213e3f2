-- Who may contest, who settles, and what follows from it, held by the database.

create function daybook.contestable(kind text) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select k.kept_in from daybook.kept k
     where k.kind = contestable.kind and k.key_type = 'uuid' and k.person = 'person_id'
$$;

create function daybook.settles() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whose contests the viewer settles: of people on the unit, or on the case, they lead.
    return (
        select coalesce(array_agg(led.person_id), '{}') from (
            select unnest(daybook.reach('wing', 'write')) as person_id
            intersect
            select unnest(daybook.reach('identity', 'write'))
            union
            select k.person_id from cases_case k
             where k.lead_id = daybook.viewer()
               and k.closed_at is null and k.ends_on >= current_date
        ) led);
end $$;

create trigger contests_contest_stands before insert on contests_contest
    for each row execute function daybook.contest_what_stands();

create function daybook.settle_as_another() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    about contests_contest;
begin
    select * into about from contests_contest c where c.id = new.contest_id;
    if about.person_id <> new.person_id then
        raise exception 'It is about somebody else.' using errcode = 'check_violation';
    end if;
    if about.author_id = new.settled_by_id then
        raise exception 'Whoever wrote the record does not settle it.'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger contests_settlement_by_another before insert on contests_settlement
    for each row execute function daybook.settle_as_another();

create function daybook.owe_recipients() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whoever received what was wrong is told: all of it, or single records with this one.
    if new.outcome <> 'stands' then
        insert into contests_correction
            (id, contest_id, disclosure_id, person_id, kind, outcome, owed_at, told_how)
        select gen_random_uuid(), c.id, d.id, c.person_id, c.kind, new.outcome, new.settled_at, ''
          from contests_contest c join disclosures_disclosure d on d.person_id = c.person_id
         where c.id = new.contest_id and (d.keys = '{}' or c.record::text = any(d.keys));
    end if;
    return null;
end $$;
create trigger contests_settlement_owes after insert on contests_settlement
    for each row execute function daybook.owe_recipients();

create function daybook.tell_once() returns trigger language plpgsql as $$
begin
    if old.told_at is not null and to_jsonb(old) <> to_jsonb(new) then
        raise exception 'They were told already.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger contests_correction_told_once before update on contests_correction
    for each row execute function daybook.tell_once();

revoke all on function daybook.contestable(text), daybook.settles() from public;
grant execute on function daybook.contestable(text), daybook.settles()
    to daybook_app, daybook_wide, daybook_author;
