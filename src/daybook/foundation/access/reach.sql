-- The second wall's questions: who is looking, whom do they reach, and do they look everywhere.
-- One file, so that the whole of reach can be read in one sitting. These functions see tables
-- of several apps; a database has no import order, and a reader has one place to look.

-- Some of these tables are laid after it.
set local check_function_bodies = off;

-- A page and a save ask these questions many times, through each policy once more. Who looks, and
-- whom they reach, is worked out once in a transaction and kept in its settings; any role may write
-- a setting, so what is kept there bears a seal that only this database can make, and holds for
-- this transaction, this sign-in and these facts alone.

create table if not exists daybook.seal_key (key bytea not null);
comment on table daybook.seal_key is 'What seals are made with. Made anew, it only ends what runs.';
comment on column daybook.seal_key.key is 'Random. No role of the app reads it.';
insert into daybook.seal_key (key)
select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
 where not exists (select from daybook.seal_key);

create or replace function daybook.seal(said text) returns text
language plpgsql stable as $$
declare
    secret bytea := (select k.key from daybook.seal_key k);
begin
    return encode(sha256(secret || sha256(secret || convert_to(concat_ws(' ',
        pg_backend_pid(), extract(epoch from now()), current_setting('daybook.staff', true),
        current_setting('daybook.sign_in', true), current_setting('daybook.reach_since', true),
        said), 'UTF8'))), 'hex');
end $$;

create or replace function daybook.forget_reach() returns void
language plpgsql as $$
begin
    -- What was kept before this moment bears another seal.
    perform set_config('daybook.reach_since', clock_timestamp()::text, true);
end $$;

create or replace function daybook.ask_reach_anew() returns trigger
language plpgsql as $$
begin
    perform set_config('daybook.reach_since', clock_timestamp()::text, true);
    return null;
end $$;

create or replace function daybook.needs_second_factor(staff bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whether any role held now reaches more than a wing: everybody's does but those that bring
    -- only people of a unit, or one's own, into sight, and read no more of them than a wing knows.
    return exists (
        select from access_assignment a
         where a.staff_id = needs_second_factor.staff
           and a.since <= now() and (a.until is null or a.until > now())
           and (not exists (select from access_accessright r
                             where r.role = a.role and r.reach in ('unit', 'own'))
                or exists (select from access_accessright r
                            where r.role = a.role and r.reads
                              and r.compartment not in ('identity', 'wing', 'safety'))));
end $$;

create or replace function daybook.viewer() returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    claimed bigint := nullif(current_setting('daybook.staff', true), '')::bigint;
    kept text := current_setting('daybook.kept_viewer', true);
    holder bigint;
begin
    if kept <> '' and kept = daybook.seal('viewer') then
        return claimed;
    end if;
    -- The caller says who it is; only a live sign-in of that member of staff makes it true.
    select s.staff_id into holder
      from staff_signin s join staff_staff w on w.id = s.staff_id
     where s.key = nullif(current_setting('daybook.sign_in', true), '')::uuid
       and s.staff_id = claimed and s.ended_at is null and s.expires_at > now() and w.is_active
       -- When it was last used is known to the minute: it never ends before the screen locks.
       and s.seen_at + s.locks_after + interval '1 minute' > now()
       -- Whoever reaches more than a wing has shown a second factor, or is nobody.
       and (s.second <> '' or not daybook.needs_second_factor(s.staff_id));
    if holder is not null then
        perform set_config('daybook.kept_viewer', daybook.seal('viewer'), true);
    end if;
    return holder;
end $$;

drop function if exists daybook.look_as(bigint, uuid);
create function daybook.look_as(staff bigint, sign_in uuid)
returns table (key uuid, given_name text, family_name text, language text, waiting bigint,
               opened jsonb, role text, establishment_id bigint, unit_id bigint,
               locks_after interval)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint;
begin
    -- One question at the door of every page: say who is looking until the transaction ends,
    -- and answer how much waits for them, whom they opened in an emergency, and what they hold
    -- now. No row: nobody is. A null role: somebody without one.
    perform set_config('daybook.staff', look_as.staff::text, true),
            set_config('daybook.sign_in', look_as.sign_in::text, true);
    me := daybook.viewer();
    -- Once a minute at most, and never waiting: pages that come together don't queue for it.
    update staff_signin set seen_at = now() where staff_signin.key = (
        select s.key from staff_signin s
         where s.key = look_as.sign_in and me is not null
           and s.seen_at <= now() - interval '1 minute'
           for update skip locked);
    return query
        select w.key, w.given_name::text, w.family_name::text, w.language::text,
               (select count(*) from duties_notice n
                 where n.staff_id = w.id and n.seen_at is null and n.answered_at is null),
               (select jsonb_agg(jsonb_build_array(o.id, o.person_id, o.ends_at, o.reason))
                  from breakglass_opening o
                 where o.staff_id = w.id and o.closed_at is null and o.ends_at > now()),
               a.role::text, a.establishment_id, a.unit_id, s.locks_after
          from staff_staff w
          join staff_signin s on s.key = look_as.sign_in
          left join access_assignment a
            on a.staff_id = w.id and a.since <= now() and (a.until is null or a.until > now())
         where w.id = me;
end $$;

create or replace function daybook.has_left(person bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    -- Whether somebody's last stay ended by release or abroad; where another system ended it, the
    -- legal status it told says so. Whoever was never inside, as on probation, has not left.
    select coalesce((
        select s.ended_as in ('released', 'abroad')
            or s.ended_at is not null and s.ended_as = '' and exists (
               select from people_legalstatus l
                where l.person_id = has_left.person and l.until is null
                  and l.status in ('conditional-release', 'probation', 'ended'))
          from people_stay s
         where s.person_id = has_left.person
         order by s.ended_at desc nulls first
         limit 1), false)
$$;

create or replace function daybook.reached_by(viewer bigint, compartment text, mode text)
returns setof bigint
language sql stable as $$
    -- The whole of reach. It has no settings of its own, so that each question below takes it in
    -- and asks no more of it than it needs.
    with held as (
        select a.role, a.unit_id, a.establishment_id, r.reach
          from access_assignment a
          join access_accessright r on r.role = a.role
         where a.staff_id = $1
           and a.since <= now() and (a.until is null or a.until > now())
           and r.compartment = $2
           and case $3 when 'read' then r.reads when 'write' then r.writes end
    ), reached_by as (
        select s.person_id
          from held h join people_stay s on s.unit_id = h.unit_id
         where h.reach = 'unit' and s.ended_at is null
        union
        -- Whoever sent somebody away may still add for 72 hours what they forgot to say. A
        -- release ends it.
        select s.person_id
          from held h join people_stay s on s.unit_id = h.unit_id
          join people_stay elsewhere on elsewhere.person_id = s.person_id
                                    and elsewhere.ended_at is null
         where h.reach = 'unit' and $3 = 'write' and s.ended_at > now() - interval '72 hours'
        union
        select s.person_id
          from held h
          join places_unit u on u.establishment_id = h.establishment_id
          join people_stay s on s.unit_id = u.id
         where h.reach = 'establishment' and s.ended_at is null
        union
        select p.person_id
          from people_personalofficer p
         where exists (select from held h where h.reach = 'own') and p.staff_id = $1
           and p.since <= now() and (p.until is null or p.until > now())
        union
        select p.person_id
          from people_cover c join people_personalofficer p on p.id = c.assignment_id
         where exists (select from held h where h.reach = 'own') and c.staff_id = $1
           and c.since <= now() and c.until > now() and (p.until is null or p.until > now())
        union
        -- A release closes the case for those whose work ends at the gate, the same minute;
        -- whoever works across it goes on until the case ends.
        select k.person_id
          from cases_teammember t join cases_case k on k.id = t.case_id
         where exists (select from held h
                        where h.reach = 'case-across'
                           or h.reach = 'case' and not daybook.has_left(k.person_id))
           and t.staff_id = $1
           and t.since <= now() and (t.until is null or t.until > now())
           -- A case that nobody renewed fades, and with it whom it brought into sight.
           and k.closed_at is null and k.ends_on >= current_date
        union
        -- On-call care reaches whom a concern is about, until it and its keep-safe plan end.
        select c.person_id
          from held h join safety_concern c on c.establishment_id = h.establishment_id
         where h.reach = 'answering' and c.ended_at is null
           and not daybook.has_left(c.person_id)
        union
        select p.person_id
          from held h
          join places_unit u on u.establishment_id = h.establishment_id
          join people_stay s on s.unit_id = u.id and s.ended_at is null
          join safety_plan p on p.person_id = s.person_id
         where h.reach = 'answering' and p.replaced_at is null and p.handed_back_at is null
        union
        -- Break-glass: whom one opened in an emergency, to read for three hours what one's role
        -- reads of others, and nothing beyond these kinds of record.
        select o.person_id
          from breakglass_opening o
         where o.staff_id = $1 and o.closed_at is null and o.ends_at > now()
           and $3 = 'read'
           and $2 in ('identity', 'wing', 'safety', 'casework')
           and exists (select from held h join access_accessright b
                           on b.role = h.role and b.compartment = 'break-glass' and b.writes)
    )
    select person_id from reached_by
$$;

create or replace function daybook.reach(compartment text, mode text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    place text := format('daybook.kept_%s_%s', translate(compartment, '-', '_'), mode);
    kept text := current_setting(place, true);
    me bigint;
    reached bigint[];
begin
    -- Everybody within reach, for lists.
    if kept <> '' and left(kept, 64) = daybook.seal(place || substr(kept, 65)) then
        return substr(kept, 65)::bigint[];
    end if;
    me := daybook.viewer();
    select coalesce(array_agg(person), '{}') into reached
      from daybook.reached_by(me, compartment, mode) person;
    perform set_config(place, daybook.seal(place || reached::text) || reached::text, true);
    return reached;
end $$;

create or replace function daybook.reaches(person bigint, compartment text, mode text)
returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asked text := concat_ws(' ', 'reaches', person, compartment, mode);
    me bigint;
begin
    -- One person: costs the same whoever else is within reach. The last yes is kept: an entry
    -- and each of its ratings ask the same.
    if current_setting('daybook.kept_yes', true) = daybook.seal(asked) then
        return true;
    end if;
    me := daybook.viewer();
    if exists (select from daybook.reached_by(me, compartment, mode) other
                where other = reaches.person) then
        perform set_config('daybook.kept_yes', daybook.seal(asked), true);
        return true;
    end if;
    return false;
end $$;

create or replace function daybook.answers_for(person bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whether the viewer is on-call care where a concern about this person, or a plan, is open.
    return not daybook.has_left(answers_for.person) and exists (
        select from access_assignment a
          join access_accessright r on r.role = a.role and r.reach = 'answering'
                                   and r.compartment = 'safety' and r.reads
         where a.staff_id = daybook.viewer()
           and a.since <= now() and (a.until is null or a.until > now())
           and (exists (select from safety_concern c
                         where c.person_id = answers_for.person and c.ended_at is null
                           and c.establishment_id = a.establishment_id)
                or exists (select from safety_plan p
                             join people_stay s on s.person_id = p.person_id and s.ended_at is null
                             join places_unit u on u.id = s.unit_id
                            where p.person_id = answers_for.person and p.replaced_at is null
                              and p.handed_back_at is null
                              and u.establishment_id = a.establishment_id)));
end $$;

create or replace function daybook.everywhere(compartment text, mode text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
          join access_accessright r on r.role = a.role
         where a.staff_id = daybook.viewer()
           and a.since <= now() and (a.until is null or a.until > now())
           and r.compartment = everywhere.compartment and r.reach = 'service'
           and case everywhere.mode when 'read' then r.reads when 'write' then r.writes end
    );
end $$;

create or replace function daybook.units(compartment text, mode text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    reached bigint[];
begin
    select coalesce(array_agg(distinct u.id), '{}') into reached
      from access_assignment a
      join access_accessright r on r.role = a.role
      join places_unit u
        on u.id = case r.reach when 'unit' then a.unit_id end
        or u.establishment_id = case r.reach when 'establishment' then a.establishment_id end
        or r.reach = 'service'
     where a.staff_id = daybook.viewer()
       and a.since <= now() and (a.until is null or a.until > now())
       and r.compartment = units.compartment
       and case units.mode when 'read' then r.reads when 'write' then r.writes end;
    return reached;
end $$;

create or replace function daybook.cases() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    mine uuid[];
begin
    select coalesce(array_agg(worked_on), '{}') into mine from (
        select t.case_id as worked_on
          from cases_teammember t join cases_case k on k.id = t.case_id
         where t.staff_id = daybook.viewer()
           and t.since <= now() and (t.until is null or t.until > now())
           -- As with the person's records: a release ends it for whose work ends at the gate.
           and (not daybook.has_left(k.person_id) or exists (
               select from access_assignment a
                 join access_accessright r on r.role = a.role and r.reach = 'case-across'
                where a.staff_id = t.staff_id
                  and a.since <= now() and (a.until is null or a.until > now())))
        union
        -- Whoever leads it hands it over, or closes it, also then.
        select k.id from cases_case k where k.lead_id = daybook.viewer()
    ) on_the_team;
    return mine;
end $$;

create or replace function daybook.leads() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    led uuid[];
begin
    select coalesce(array_agg(k.id), '{}') into led
      from cases_case k where k.lead_id = daybook.viewer();
    return led;
end $$;

create or replace function daybook.protects_data() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = 'data-protection-officer'
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

revoke all on function
    daybook.answers_for(bigint), daybook.cases(), daybook.everywhere(text, text),
    daybook.forget_reach(), daybook.has_left(bigint), daybook.leads(), daybook.look_as(bigint, uuid),
    daybook.needs_second_factor(bigint), daybook.protects_data(), daybook.reach(text, text),
    daybook.reached_by(bigint, text, text), daybook.reaches(bigint, text, text),
    daybook.seal(text), daybook.units(text, text), daybook.viewer()
    from public;
grant execute on function
    daybook.cases(), daybook.everywhere(text, text), daybook.forget_reach(), daybook.leads(),
    daybook.look_as(bigint, uuid), daybook.needs_second_factor(bigint), daybook.protects_data(),
    daybook.reach(text, text), daybook.reaches(bigint, text, text), daybook.units(text, text),
    daybook.viewer()
    to daybook_app, daybook_wide, daybook_author;
