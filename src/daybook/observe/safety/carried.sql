-- A concern that was touched where the network didn't reach. It must call, whoever brings it and
-- wherever the person has gone meanwhile: so not today's reach decides, but the author's at the
-- moment the list they carried was drawn.

create function daybook.carried_place(author uuid, person bigint, carried_at timestamptz)
returns table (staff_id bigint, establishment_id bigint, unit_id bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if daybook.viewer() is null then
        raise exception 'Nobody is looking.' using errcode = 'insufficient_privilege';
    end if;
    -- Where somebody is now, or was last; the unit only while they live on it.
    return query
        select w.id, place.establishment_id, case when place.ended_at is null then place.id end
          from staff_staff w
         cross join lateral (
               select u.id, u.establishment_id, s.ended_at
                 from people_stay s join places_unit u on u.id = s.unit_id
                where s.person_id = carried_place.person
                order by s.ended_at desc nulls first, s.began_at desc
                limit 1) place
         where w.key = carried_place.author
           and exists (
               select from people_stay s
                 join places_unit u on u.id = s.unit_id
                 join access_assignment a on a.staff_id = w.id
                  and (a.unit_id = u.id or a.establishment_id = u.establishment_id)
                where s.person_id = carried_place.person
                  and s.began_at <= carried_at and (s.ended_at is null or s.ended_at > carried_at)
                  and a.since <= carried_at and (a.until is null or a.until > carried_at));
end $$;

-- 'raised', 'known' where it has arrived before, or 'other' where the key stands for another one.
create function daybook.raise_carried(
    key uuid, author uuid, person bigint, kind text, noticed_at timestamptz,
    written_at timestamptz, carried_at timestamptz, called bigint[]
) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    place record;
begin
    select * into place from daybook.carried_place(author, person, carried_at);
    if not found then
        raise exception 'Its author did not carry this person.'
            using errcode = 'insufficient_privilege';
    end if;
    insert into safety_concern (id, person_id, establishment_id, kind, words, raised_by_id,
                                raised_at, noticed_at, written_at, ended_how, ended_words)
    values (key, person, place.establishment_id, kind, '', place.staff_id,
            now(), noticed_at, least(written_at, now()), '', '')
    on conflict do nothing;
    if not found then
        perform from safety_concern c
          where c.id = key and c.person_id = person and c.raised_by_id = place.staff_id;
        return case when found then 'known' else 'other' end;
    end if;
    insert into safety_call (id, concern_id, person_id, step, staff_id, called_at)
    select gen_random_uuid(), key, person, 'called', staff, now()
      from unnest(called) as called_now(staff);
    return 'raised';
end $$;

revoke all on function
    daybook.carried_place(uuid, bigint, timestamptz),
    daybook.raise_carried(uuid, uuid, bigint, text, timestamptz, timestamptz, timestamptz, bigint[])
    from public;
grant execute on function
    daybook.carried_place(uuid, bigint, timestamptz),
    daybook.raise_carried(uuid, uuid, bigint, text, timestamptz, timestamptz, timestamptz, bigint[])
    to daybook_app, daybook_wide;
