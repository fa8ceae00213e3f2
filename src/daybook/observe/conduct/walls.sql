-- A wall unlike every other: the writer and the custodian, and nobody in between. No reach, no
-- case, no rank opens it, and whoever looks at the whole service sees no more than anybody else.

create function daybook.custodian() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = 'complaints-custodian'
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

create function daybook.may_tell_the_custodian() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
          join access_accessright r on r.role = a.role and r.compartment = 'complaints' and r.writes
         where a.staff_id = daybook.viewer()
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

create function daybook.conduct_outcomes() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    custodian boolean := daybook.custodian();
    seen uuid[];
begin
    -- The custodian's, from the day it arrived; the governor's of that establishment and
    -- oversight's, once it is closed. Never of what was written about the viewer.
    select coalesce(array_agg(o.id), '{}') into seen
      from conduct_outcome o join conduct_observation s on s.id = o.observation_id
     where s.about_id is distinct from me
       and (custodian or (o.closed_at is not null and exists (
            select from access_assignment a
             where a.staff_id = me
               and a.since <= now() and (a.until is null or a.until > now())
               and (a.role = 'oversight'
                    or (a.role = 'governor' and a.establishment_id = o.establishment_id)))));
    return seen;
end $$;

create function daybook.harmed(observations uuid[])
returns table (observation uuid, given_name text, family_name text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    custodian boolean := daybook.custodian();
begin
    -- The name of the one person whom an observation names, for those who read it: neither the
    -- custodian nor, after a move, the writer reaches that person in any other way.
    return query
        select s.id, p.given_name::text, p.family_name::text
          from conduct_observation s join people_person p on p.id = s.person_id
         where s.id = any(harmed.observations)
           and (s.written_by_id = me or (custodian and s.about_id is distinct from me));
end $$;

revoke all on function daybook.custodian(), daybook.may_tell_the_custodian(),
    daybook.conduct_outcomes(), daybook.harmed(uuid[]) from public;
grant execute on function daybook.custodian(), daybook.may_tell_the_custodian(),
    daybook.conduct_outcomes(), daybook.harmed(uuid[])
    to daybook_app, daybook_wide, daybook_author;

alter table conduct_observation enable row level security;
grant select, insert on conduct_observation to daybook_app, daybook_wide;
grant select on conduct_observation to daybook_author;
create policy seen_by_the_custodian on conduct_observation for select to daybook_app
    using ((select daybook.custodian()) and about_id is distinct from (select daybook.viewer()));
create policy seen_as_one_s_own on conduct_observation for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy told_the_custodian on conduct_observation for insert to daybook_app
    with check (
        written_by_id = (select daybook.viewer()) and (select daybook.may_tell_the_custodian())
        and case when person_id is null then true
            else person_id = any((select daybook.reach('identity', 'read'))::bigint[]) end);
create policy told_the_custodian_from_everywhere on conduct_observation for insert to daybook_wide
    with check (
        written_by_id = (select daybook.viewer()) and (select daybook.may_tell_the_custodian())
        and case when person_id is null then true
            else (select daybook.everywhere('identity', 'read')) end);

alter table conduct_outcome enable row level security;
grant select, insert, update (words, closed_at, closed_by_id) on conduct_outcome to daybook_app;
grant select on conduct_outcome to daybook_wide, daybook_author;
create policy seen_by_those_it_is_for on conduct_outcome for select to daybook_app, daybook_wide
    using (id = any((select daybook.conduct_outcomes())::uuid[]));
-- The writer's own: whoever sees an observation as theirs sees what came of it.
create policy seen_by_the_writer on conduct_outcome for select to daybook_author
    using (exists (select from conduct_observation s where s.id = observation_id));
create policy received_by_the_custodian on conduct_outcome for insert to daybook_app
    with check (
        (select daybook.custodian()) and received_by_id = (select daybook.viewer())
        and exists (select from conduct_observation s
                     where s.id = observation_id
                       and s.establishment_id = conduct_outcome.establishment_id));
create policy closed_by_the_custodian on conduct_outcome for update to daybook_app
    using ((select daybook.custodian())
           and exists (select from conduct_observation s where s.id = observation_id))
    with check ((select daybook.custodian()) and closed_by_id = (select daybook.viewer()));

create function daybook.keep_outcome() returns trigger language plpgsql as $$
declare
    closed conduct_outcome;
begin
    if tg_op = 'UPDATE' and old.closed_at is null then
        closed := old;
        closed.words := new.words;
        closed.closed_at := new.closed_at;
        closed.closed_by_id := new.closed_by_id;
        if new is not distinct from closed then
            return new;
        end if;
    end if;
    raise exception 'An outcome is closed once, and stays as it was given.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger conduct_outcome_kept before update or delete
    on conduct_outcome for each row execute function daybook.keep_outcome();
create trigger conduct_observation_signed_now before insert
    on conduct_observation for each row execute function daybook.sign_now();
