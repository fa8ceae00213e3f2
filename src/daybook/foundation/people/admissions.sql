-- Whoever lives nowhere is in nobody's reach: these are the only ways to find such a person by a
-- number, and to bring them in. Both answer those alone who lead a unit.

create function daybook.number_systems() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found text[];
begin
    -- The handful of systems, not the millions of numbers: one step of the index for each.
    with recursive each_of(system) as (
        (select i.system from people_identifier i order by i.system limit 1)
        union all
        select (select i.system from people_identifier i
                 where i.system > e.system order by i.system limit 1)
          from each_of e where e.system is not null
    )
    select coalesce(array_agg(system::text), '{}') into found
      from each_of where system is not null;
    return found;
end $$;

create function daybook.known_by(systems text[], numbers text[])
returns table (person_id bigint, given_name text, family_name text, known_as text, status text,
               lives_in text, left_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if daybook.units('identity', 'write') = '{}' then
        return;
    end if;
    return query
        select p.id, p.given_name::text, p.family_name::text, p.known_as::text,
               coalesce((select l.status::text from people_legalstatus l
                          where l.person_id = p.id and l.until is null), ''),
               coalesce((select e.name::text
                           from people_stay s join places_unit u on u.id = s.unit_id
                           join places_establishment e on e.id = u.establishment_id
                          where s.person_id = p.id and s.ended_at is null), ''),
               (select max(s.ended_at) from people_stay s where s.person_id = p.id)
          from people_person p
         where p.id in (select i.person_id
                          from unnest(known_by.systems, known_by.numbers) as asked (system, number)
                          join people_identifier i on i.system = asked.system
                           and i.number in (asked.number, upper(asked.number), lower(asked.number)))
         order by p.id;
end $$;

create function daybook.admit(
    admission text, person bigint, names jsonb, words text[], systems text[], numbers text[],
    status text, since date, unit bigint, cell bigint, at timestamptz, reason text,
    out outcome text, out person_id bigint, out stay bigint
) language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    held people_legalstatus;
begin
    select 'again', s.person_id, s.id into outcome, person_id, stay
      from people_stay s where s.source = admit.admission;
    if found then
        return;
    end if;
    if admit.unit <> all(daybook.units('identity', 'write'))
       or admit.unit <> all(daybook.units('identity', 'read')) then
        outcome := 'absent';
        return;
    end if;
    person_id := admit.person;
    if person_id is null then
        if exists (select from daybook.known_by(admit.systems, admit.numbers)) then
            outcome := 'known';
            return;
        end if;
        insert into people_person (given_name, family_name, known_as, pronoun, languages)
        select n.given_name, n.family_name, n.known_as, n.pronoun, n.languages
          from jsonb_to_record(admit.names) as n (given_name text, family_name text,
               known_as text, pronoun text, languages text[])
        returning id into person_id;
    else
        -- A number opens the way to somebody known, and to nobody else.
        perform from people_person p
          where p.id = person_id
            and p.id in (select k.person_id from daybook.known_by(admit.systems, admit.numbers) k)
            for update;
        if not found then
            outcome := 'absent';
            return;
        end if;
        if exists (select from people_stay s
                    where s.person_id = admit.person_id
                      and (s.ended_at is null or s.ended_at > admit.at)) then
            outcome := 'overtaken';
            return;
        end if;
        if exists (select from people_identifier i
                     join unnest(admit.systems, admit.numbers) as asked (system, number)
                       on i.system = asked.system and lower(i.number) <> lower(asked.number)
                    where i.person_id = admit.person_id) then
            outcome := 'number';
            return;
        end if;
    end if;
    insert into people_identifier (person_id, system, number)
    select admit.person_id, asked.system, asked.number
      from unnest(admit.systems, admit.numbers) as asked (system, number)
     where not exists (select from people_identifier i
                        where i.person_id = admit.person_id and i.system = asked.system);
    insert into people_searchword (person_id, word)
    select admit.person_id, w from unnest(admit.words) as w on conflict do nothing;
    select * into held from people_legalstatus l
     where l.person_id = admit.person_id order by l.since desc limit 1;
    if held.id is null or held.until is not null or held.status <> admit.status then
        if held.since >= admit.since then
            -- Two statuses never begin on one day: the older one keeps the days that are known.
            outcome := 'status';
            return;
        end if;
        update people_legalstatus l set until = admit.since - 1
         where l.id = held.id and l.until is null;
        insert into people_legalstatus (person_id, status, since)
        values (admit.person_id, admit.status, admit.since);
    end if;
    insert into people_stay (person_id, unit_id, cell_id, began_at, reason, source)
    values (admit.person_id, admit.unit, admit.cell, admit.at, admit.reason, admit.admission)
    returning id into stay;
    outcome := 'done';
end $$;

revoke all on function
    daybook.number_systems(), daybook.known_by(text[], text[]),
    daybook.admit(text, bigint, jsonb, text[], text[], text[], text, date, bigint, bigint,
                  timestamptz, text) from public;
grant execute on function
    daybook.number_systems(), daybook.known_by(text[], text[]),
    daybook.admit(text, bigint, jsonb, text[], text[], text[], text, date, bigint, bigint,
                  timestamptz, text) to daybook_app;
