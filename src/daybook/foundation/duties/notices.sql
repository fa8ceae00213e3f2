-- What the app does with notices that are for somebody else: each a function, and no more than
-- it says. One's own notices and wishes are seen and changed under the policies beside this file.

create or replace function daybook.at_the_desk() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whether Daybook itself works: its account alone holds this role.
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = 'clerk'
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

create or replace function daybook.notify(
    kind text, staff bigint[], person bigint, path text, urgent boolean, once text,
    wished boolean, channels text[])
returns setof bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    -- Leave notices for colleagues, and answer the keys of what shall go out by a channel. Their
    -- wishes are heeded here, where the one who notifies need not read them: an urgent notice
    -- goes every way, another by those wished for, or in the app where nothing was said.
    if daybook.viewer() is null then
        raise exception 'Nobody is looking.' using errcode = 'insufficient_privilege';
    end if;
    return query
        with heard as (
            select w.id as staff_id,
                   case when notify.urgent then '{app}'::text[] || notify.channels
                        when h.ways is not null then h.ways
                        when notify.wished then '{app}'::text[] else '{}' end as ways
              from staff_staff w
              left join duties_wish h on h.staff_id = w.id and h.kind = notify.kind
             where w.id = any(notify.staff) and w.is_active
        ), left_there as (
            insert into duties_notice (id, staff_id, person_id, kind, path, urgent, once, made_at)
            select gen_random_uuid(), h.staff_id, notify.person, notify.kind, notify.path,
                   notify.urgent, notify.once, now()
              from heard h where 'app' = any(h.ways)
             order by h.staff_id
            on conflict (staff_id, once) where once <> '' do nothing
            returning id, staff_id
        )
        insert into duties_delivery (notice_id, channel, attempts, outcome, failed)
        select n.id, c.slug, 0, 'waiting', ''
          from left_there n
          join heard h using (staff_id)
          cross join unnest(notify.channels) c(slug)
         where c.slug = any(h.ways)
        returning id;
end $$;

create or replace function daybook.answered(once text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    told bigint;
begin
    -- What these notices lead to has been answered: it waits for none of those who were told.
    if daybook.viewer() is null or answered.once = '' then
        raise exception 'Nobody is looking.' using errcode = 'insufficient_privilege';
    end if;
    update duties_notice n set answered_at = now()
     where n.once = answered.once and n.answered_at is null;
    get diagnostics told = row_count;
    return told;
end $$;

create or replace function daybook.forget_notices(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    forgotten bigint;
begin
    -- A notice is no record. Daybook itself lets go of those that were dealt with before then.
    if not daybook.at_the_desk() or forget_notices.before > now() - interval '7 days' then
        raise exception 'Only old notices go, and only at the desk.'
            using errcode = 'insufficient_privilege';
    end if;
    with gone as (
        delete from duties_notice n
         where greatest(n.seen_at, n.answered_at) < forget_notices.before
        returning n.id
    ), untold as (
        delete from duties_delivery d using gone where d.notice_id = gone.id
    )
    select count(*) into forgotten from gone;
    return forgotten;
end $$;

revoke all on function daybook.at_the_desk(), daybook.answered(text),
    daybook.notify(text, bigint[], bigint, text, boolean, text, boolean, text[]),
    daybook.forget_notices(timestamptz) from public;
grant execute on function daybook.at_the_desk(), daybook.answered(text),
    daybook.notify(text, bigint[], bigint, text, boolean, text, boolean, text[]),
    daybook.forget_notices(timestamptz) to daybook_app, daybook_wide;
