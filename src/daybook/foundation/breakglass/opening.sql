-- Break-glass, as the database holds it. A row here is one more arm of daybook.reach (reach.sql):
-- reading only, three kinds of record, and over by itself. The app can't write the rows; these
-- functions do, and ask everything themselves.

create function daybook.may_break_glass() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
          join access_accessright r on r.role = a.role and r.compartment = 'break-glass' and r.writes
         where a.staff_id = daybook.viewer()
           and a.since <= now() and (a.until is null or a.until > now()));
end $$;

create function daybook.break_glass(key uuid, number text, reason text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    whom bigint;
    lives_on bigint;
begin
    if not daybook.may_break_glass() then
        raise exception 'Only those who answer for a shift or a unit break glass.'
            using errcode = 'insufficient_privilege';
    end if;
    -- Two presses at once: the second waits, and finds what the first one did.
    perform from staff_staff w where w.id = me for no key update;
    select o.person_id into whom from breakglass_opening o
     where o.id = break_glass.key and o.staff_id = me;
    if found then
        return whom;
    end if;
    if (select count(*) from breakglass_opening o
         where o.staff_id = me and o.opened_at > now() - interval '24 hours') >= 5 then
        raise exception 'So many records were opened within a day.' using errcode = 'check_violation';
    end if;
    -- A whole number that means one person, who is inside and out of reach. Whatever else it is,
    -- the answer is the same: nothing.
    select min(i.person_id) into whom from people_identifier i
     where i.number = btrim(break_glass.number) having count(distinct i.person_id) = 1;
    select s.unit_id into lives_on from people_stay s
     where s.person_id = whom and s.ended_at is null;
    if lives_on is null or whom = any(daybook.reach('identity', 'read')) then
        return null;
    end if;
    insert into breakglass_opening (id, staff_id, person_id, unit_id, reason, opened_at, ends_at)
    values (break_glass.key, me, whom, lives_on, btrim(break_glass.reason), now(),
            now() + interval '3 hours');
    return whom;
end $$;

create function daybook.close_glass(key uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update breakglass_opening o set closed_at = now()
     where o.id = close_glass.key and o.staff_id = daybook.viewer()
       and o.closed_at is null and o.ends_at > now();
    return found;
end $$;

create function daybook.reviews_glass() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    led bigint[] := daybook.units('break-glass', 'read');
    protects boolean := daybook.protects_data();
begin
    -- What the viewer reviews: on a unit they lead, or everywhere for data protection, and never
    -- what they opened themselves.
    return (select coalesce(array_agg(o.id), '{}') from breakglass_opening o
             where o.staff_id <> me and (protects or o.unit_id = any(led)));
end $$;

create function daybook.keep_opening() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.closed_at is null
       and to_jsonb(new) - 'closed_at' = to_jsonb(old) - 'closed_at' then
        return new;
    end if;
    raise exception 'An opening is closed once, and stays as it was.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger breakglass_opening_kept before update or delete on breakglass_opening
    for each row execute function daybook.keep_opening();
create trigger breakglass_opening_never_emptied before truncate on breakglass_opening
    for each statement execute function daybook.refuse_change();

revoke all on function daybook.may_break_glass(), daybook.break_glass(uuid, text, text),
    daybook.close_glass(uuid), daybook.reviews_glass() from public;
grant execute on function daybook.may_break_glass(), daybook.break_glass(uuid, text, text),
    daybook.close_glass(uuid) to daybook_app;
grant execute on function daybook.reviews_glass() to daybook_app, daybook_wide;

alter table breakglass_opening enable row level security;
grant select on breakglass_opening to daybook_app, daybook_wide;
create policy seen_by_who_opened_it on breakglass_opening for select to daybook_app
    using (staff_id = (select daybook.viewer()));
create policy seen_by_who_reviews_it on breakglass_opening for select to daybook_app
    using (id = any((select daybook.reviews_glass())::uuid[]));
create policy seen_everywhere on breakglass_opening for select to daybook_wide
    using ((select daybook.everywhere('break-glass', 'read')));

alter table breakglass_review enable row level security;
grant select on breakglass_review to daybook_app, daybook_wide;
grant insert on breakglass_review to daybook_app;
-- Whoever sees the use sees what came of it; the walls of that table stand here, too.
create policy seen_with_what_it_is_about on breakglass_review for select to daybook_app, daybook_wide
    using (exists (select from breakglass_opening o where o.id = opening_id));
create policy given_by_somebody_else on breakglass_review for insert to daybook_app
    with check (reviewed_by_id = (select daybook.viewer())
                and opening_id = any((select daybook.reviews_glass())::uuid[]));
