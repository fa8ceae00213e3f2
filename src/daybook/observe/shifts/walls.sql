-- The questions only this app's policies ask, and the locks on what was signed.

create function daybook.sent()
returns table (person_id bigint, unit_id bigint, given_name text, family_name text,
               known_as text, left_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whom the viewer's units sent elsewhere in the last three days: a name and when, never
    -- where to. A release ends it; whoever the viewer still reaches is no farewell.
    return query
        select distinct on (p.id) p.id, s.unit_id, p.given_name::text, p.family_name::text,
               p.known_as::text, s.ended_at
          from access_assignment a
          join access_accessright r on r.role = a.role and r.compartment = 'wing'
                                   and r.reach = 'unit' and r.writes
          join people_stay s on s.unit_id = a.unit_id and s.ended_at > now() - interval '72 hours'
          join people_stay elsewhere on elsewhere.person_id = s.person_id
                                    and elsewhere.ended_at is null
          join people_person p on p.id = s.person_id
         where a.staff_id = daybook.viewer()
           and a.since <= now() and (a.until is null or a.until > now())
           and s.person_id <> all(daybook.reach('identity', 'read'))
         order by p.id, s.ended_at desc;
end $$;

create function daybook.sent_people() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select coalesce(array_agg(s.person_id), '{}') from daybook.sent() s);
end $$;

create function daybook.took_part_unseen(events uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    reached bigint[] := daybook.reach('wing', 'read');
    unseen uuid[];
begin
    -- Of events the viewer may read: those in which somebody out of reach took part. Who, or
    -- how many, stays unsaid.
    if daybook.everywhere('wing', 'read') then
        return '{}';
    end if;
    select coalesce(array_agg(distinct p.event_id), '{}') into unseen
      from shifts_eventpart p
     where p.event_id = any(took_part_unseen.events) and p.person_id <> all(reached)
       and p.struck_at is null
       and exists (select from shifts_eventpart mine
                    where mine.event_id = p.event_id and mine.person_id = any(reached)
                      and mine.struck_at is null);
    return unseen;
end $$;

create function daybook.supports() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    known uuid[];
begin
    -- About staff: seen by the colleague it is about, and by whoever leads the unit.
    select coalesce(array_agg(id), '{}') into known from (
        select p.id from shifts_staffpart p where p.staff_id = me
        union
        select p.id
          from access_assignment a join shifts_staffpart p on p.unit_id = a.unit_id
         where a.staff_id = me and a.role = 'head-of-unit'
           and a.since <= now() and (a.until is null or a.until > now())
    ) mine;
    return known;
end $$;

revoke all on function daybook.sent(), daybook.sent_people(), daybook.took_part_unseen(uuid[]),
    daybook.supports() from public;
grant execute on function daybook.sent(), daybook.sent_people(), daybook.took_part_unseen(uuid[]),
    daybook.supports() to daybook_app, daybook_wide, daybook_author;

create function daybook.sign_now() returns trigger language plpgsql as $$
begin
    -- Nobody dates a signature; a filling or an import runs as the owner and brings its times.
    if session_user <> 'daybook_owner' and not daybook.moves_here(to_jsonb(new))
       and abs(extract(epoch from new.written_at - now())) > 300 then
        raise exception 'It is signed when it is saved.' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function daybook.keep_request() returns trigger language plpgsql as $$
declare
    ended shifts_request;
begin
    if tg_op = 'UPDATE' then
        if daybook.seals(to_jsonb(old), to_jsonb(new)) then
            return new;
        end if;
        ended := old;
        ended.ended_at := new.ended_at;
        if new is not distinct from ended and old.ended_at is null and exists (
            select from shifts_requeststep s
             where s.request_id = old.id and s.kind in ('kept', 'told') and s.struck_at is null
        ) then
            return new;
        end if;
    end if;
    raise exception 'What was asked stays as it was written; it ends once it is kept or answered.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger shifts_request_kept before update or delete
    on shifts_request for each row execute function daybook.keep_request();

create function daybook.keep_support() returns trigger language plpgsql as $$
declare
    offered shifts_staffpart;
begin
    if tg_op = 'UPDATE' then
        offered := old;
        if old.offered_at is null then
            offered.offered_by_id := new.offered_by_id;
            offered.offered_at := new.offered_at;
        end if;
        if old.taken_up is null then
            offered.taken_up := new.taken_up;
        end if;
        if new is not distinct from offered then
            return new;
        end if;
    end if;
    raise exception 'An offer of support is made once, and answered once.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger shifts_staffpart_kept before update or delete
    on shifts_staffpart for each row execute function daybook.keep_support();
