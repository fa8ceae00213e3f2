-- Figures that answer one question: do groups fare alike? This file alone looks at what people say
-- of themselves, and nothing leaves it from which somebody could be told apart: groups of fewer
-- than ten stay out, and so do counts of one to four, and whatever a subtraction would give away.
-- No reporter leaves it either, by name or by key: their roles do.

create function daybook.sees_fairness(establishment bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a left join places_unit u on u.id = a.unit_id
         where a.staff_id = daybook.viewer()
           and a.since <= now() and (a.until is null or a.until > now())
           and (a.role in ('oversight', 'data-protection-officer')
                or a.role in ('governor', 'duty-manager')
                   and a.establishment_id = sees_fairness.establishment
                or a.role = 'head-of-unit'
                   and u.establishment_id = sees_fairness.establishment));
end $$;

create function daybook.answers_for_fairness(establishment bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = 'governor'
           and a.establishment_id = answers_for_fairness.establishment
           and a.since <= now() and (a.until is null or a.until > now()));
end $$;

create function daybook.fairness_period() returns table (since date, until date)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Twelve whole months: figures change once a month, so that no day before and after another
    -- gives away what happened between them.
    select (date_trunc('month', current_date) - interval '12 months')::date,
           (date_trunc('month', current_date) - interval '1 day')::date
$$;

create function daybook.too_small(people int[], counts int[], shut boolean[]) returns boolean[]
language plpgsql immutable set search_path = pg_catalog, public, pg_temp as $$
declare
    hidden boolean[] := shut;
    every int := (select coalesce(sum(c), 0) from unnest(counts) c);
    rows int;
    them int;
    counted int;
    next int;
begin
    -- Which groups of one whole are not shown. Those too small, and those with a few events; then,
    -- smallest first, as many more as it takes for what is hidden together to be two groups, ten
    -- people and five events: the whole less what is shown gives no more away than that.
    -- The same in ``rules/fairness.py``.
    for i in 1 .. coalesce(cardinality(people), 0) loop
        hidden[i] := hidden[i] or people[i] < 10 or counts[i] between 1 and 4;
    end loop;
    loop
        select count(*), coalesce(sum(p), 0), coalesce(sum(c), 0) into rows, them, counted
          from unnest(people, counts, hidden) each(p, c, h) where h;
        exit when rows = 0 or rows >= 2 and them >= 10 and (counted >= 5 or every = 0);
        select at into next
          from unnest(people, hidden) with ordinality each(p, h, at) where not h
         order by p, at limit 1;
        exit when next is null;
        hidden[next] := true;
    end loop;
    return hidden;
end $$;

create function daybook.fairness_counts(establishment bigint)
returns table (dimension text, kind text, people int, reported int, reports int, escalated int,
               ended int, dismissed int, explained int)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Whole counts, which never leave the database as they are.
    with period as (
        select p.since, p.until + 1 as until from daybook.fairness_period() p
    ), lived as (
        -- Whoever lived there in these months, with the unit where they did last.
        select distinct on (s.person_id) s.person_id as person, s.unit_id as unit
          from people_stay s join places_unit u on u.id = s.unit_id, period
         where u.establishment_id = $1 and s.began_at < period.until
           and (s.ended_at is null or s.ended_at >= period.since)
         order by s.person_id, s.began_at desc, s.id desc
    ), here as (
        -- Everybody who held a role there that reports, once, under the first of these.
        select distinct on (a.staff_id) a.staff_id as staff, a.role::text as role
          from access_assignment a left join places_unit u on u.id = a.unit_id, period
         where coalesce(a.establishment_id, u.establishment_id, $1) = $1
           and a.since < period.until and (a.until is null or a.until >= period.since)
           and exists (select from access_accessright r
                        where r.role = a.role and r.compartment = 'information' and r.writes)
         order by a.staff_id, array_position(array['wing-officer', 'personal-officer',
                      'activity-staff', 'head-of-unit', 'duty-manager', 'chaplain', 'analyst'],
                  a.role::text), a.role
    ), fact as (
        select l.person, l.unit, coalesce(h.role, 'another') as role,
               c.ended_at is not null and c.ended_how <> 'joined' as ended,
               c.ended_how in ('invalid', 'out-of-date') as dismissed,
               c.ended_how = 'explained' as explained,
               exists (select from information_protection p where p.concern_id = c.id)
               or exists (select from information_copy y
                           where y.concern_id = c.id and y.recipient <> '')
               or exists (
                   select from (
                       select v.capability, v.intent, v.engagement from information_levelling v
                        where v.concern_id = c.id
                        order by v.written_at desc, v.id desc limit 1) latest
                    where 'strong' in (latest.capability, latest.intent, latest.engagement))
               as escalated
          from information_report r
          join information_concern c on c.report_id = r.id
          join lived l on l.person = r.person_id
          left join here h on h.staff = r.written_by_id, period
         where r.establishment_id = $1
           and r.written_at >= period.since and r.written_at < period.until
    ), member as (
        -- Each person once in each whole: all of them, their unit, and what they say of themselves.
        select 'all' as dimension, '' as kind, l.person from lived l
        union all
        select 'unit', l.unit::text, l.person from lived l
        union all
        select 'age', daybook.age_band(p.born_on, period.until), l.person
          from lived l join people_person p on p.id = l.person, period
        union all
        select asked.characteristic, coalesce(d.said, 'unsaid'), l.person
          from lived l
         cross join (select distinct e.characteristic from equality_declaration e
                       join lived o on o.person = e.person_id) asked
          left join equality_declaration d
            on d.person_id = l.person and d.characteristic = asked.characteristic
           and d.withdrawn_at is null
           -- What is said this month counts from the next on: nobody who watches the figures
           -- sees one move while somebody has the screen.
           and d.declared_at < (select q.until from period q)
    )
    select m.dimension, m.kind, count(distinct m.person)::int, count(distinct f.person)::int,
           count(f.person)::int, count(*) filter (where f.escalated)::int,
           count(*) filter (where f.ended)::int,
           count(*) filter (where f.ended and f.dismissed)::int,
           count(*) filter (where f.ended and f.explained)::int
      from member m left join fact f on f.person = m.person
     group by m.dimension, m.kind
    union all
    -- By the role of who reported: ``people`` are staff here, and every report counts.
    select 'role', w.role, w.staff, count(f.person)::int, count(f.person)::int,
           count(*) filter (where f.escalated)::int, count(*) filter (where f.ended)::int,
           count(*) filter (where f.ended and f.dismissed)::int,
           count(*) filter (where f.ended and f.explained)::int
      from (select h.role, count(*)::int as staff from here h group by h.role
            union all
            select 'another', 0 where exists (select from fact o where o.role = 'another')) w
      left join fact f on f.role = w.role
     group by w.role, w.staff
$$;

create function daybook.fairness(establishment bigint)
returns table (dimension text, kind text, people int, reported int, reports int, escalated int,
               ended int, dismissed int, explained int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Null: not shown. What counts out of something hidden is hidden with it.
    if not daybook.sees_fairness(fairness.establishment) then
        return;
    end if;
    return query
        with each as (
            select c.* from daybook.fairness_counts(fairness.establishment) c
        ), whole as (
            select e.dimension,
                   array_agg(e.kind order by e.people, e.kind) as kinds,
                   array_agg(e.people order by e.people, e.kind) as p,
                   array_agg(e.reported order by e.people, e.kind) as r1,
                   array_agg(e.reports order by e.people, e.kind) as r2,
                   array_agg(e.escalated order by e.people, e.kind) as e1,
                   array_agg(e.ended order by e.people, e.kind) as e2,
                   array_agg(e.dismissed order by e.people, e.kind) as d,
                   array_agg(e.explained order by e.people, e.kind) as x
              from each e where e.dimension <> 'all' group by e.dimension
        ), a as (
            select w.*, daybook.too_small(w.p, w.p, array_fill(false, array[cardinality(w.p)]))
                as hp from whole w
        ), b as (select a.*, daybook.too_small(a.p, a.r1, a.hp) as hr1 from a
        ), c as (select b.*, daybook.too_small(b.p, b.r2, b.hr1) as hr2 from b
        ), d as (
            select c.*, daybook.too_small(c.p, c.e1, c.hr2) as he1,
                   daybook.too_small(c.p, c.e2, c.hr2) as he2 from c
        ), e as (
            select d.*, daybook.too_small(d.p, d.d, d.he2) as hd,
                   daybook.too_small(d.p, d.x, d.he2) as hx from d
        )
        select e.dimension, e.kinds[i],
               case when not e.hp[i] then e.p[i] end, case when not e.hr1[i] then e.r1[i] end,
               case when not e.hr2[i] then e.r2[i] end, case when not e.he1[i] then e.e1[i] end,
               case when not e.he2[i] then e.e2[i] end, case when not e.hd[i] then e.d[i] end,
               case when not e.hx[i] then e.x[i] end
          from e, generate_subscripts(e.kinds, 1) i
        union all
        -- The whole itself: groups are compared with the rest of it.
        select 'all', '', n.people,
               case when n.reported not between 1 and 4 then n.reported end,
               case when n.reports not between 1 and 4 then n.reports end,
               case when n.escalated not between 1 and 4 then n.escalated end,
               case when n.ended not between 1 and 4 then n.ended end,
               case when n.dismissed not between 1 and 4 then n.dismissed end,
               case when n.explained not between 1 and 4 then n.explained end
          from each n where n.dimension = 'all' and n.people >= 10;
end $$;

-- Counts at a date, for who leads a place and for those who watch over all of them.

create function daybook.counts_places() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role in ('oversight', 'data-protection-officer')
           and a.since <= now() and (a.until is null or a.until > now())
    ) then
        return array(select p.id from places_establishment p);
    end if;
    return array(
        select a.establishment_id from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = 'governor'
           and a.since <= now() and (a.until is null or a.until > now()));
end $$;

create function daybook.counts_begin() returns date
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select min(c.opened_at)::date from information_concern c
             where c.establishment_id = any(daybook.counts_places()));
end $$;

create function daybook.people_counted(day date, ends timestamptz)
returns table (establishment bigint, status text, basis text, people int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    places bigint[] := daybook.counts_places();
begin
    -- People with a concern that went on when ``day`` was over, which was at ``ends``; each person
    -- once, where the first of their concerns lies. A basis: the law it rested on that day; '' for
    -- none, where any of theirs had none; '+' for several.
    return query
        with live as (
            select c.id, c.person_id, c.establishment_id,
                   coalesce((select s.reason::text from information_concernstep s
                              where s.concern_id = c.id and s.step = 'basis'
                                and s.written_at < people_counted.ends
                              order by s.written_at desc, s.id desc limit 1), '') as rests_on,
                   first_value(c.establishment_id) over (
                       partition by c.person_id order by c.opened_at, c.id) as at
              from information_concern c
             where c.establishment_id = any(places) and c.opened_at < people_counted.ends
               and (c.ended_at is null or c.ended_at >= people_counted.ends)
               and c.ends_on >= people_counted.day
        ), counted as (
            select l.person_id, min(l.at) as at,
                   case when bool_or(l.rests_on = '') then ''
                        when count(distinct lower(btrim(l.rests_on))) > 1 then '+'
                        else min(btrim(l.rests_on)) end as rests_on
              from live l group by l.person_id
        )
        select n.at, coalesce(held.status, ''), n.rests_on, count(*)::int
          from counted n
          left join lateral (
              select t.status::text from people_legalstatus t
               where t.person_id = n.person_id and t.since <= people_counted.day
                 and (t.until is null or t.until >= people_counted.day)
               order by t.since desc limit 1) held on true
         group by 1, 2, 3;
end $$;

revoke all on function daybook.sees_fairness(bigint), daybook.answers_for_fairness(bigint),
    daybook.fairness_period(), daybook.too_small(int[], int[], boolean[]),
    daybook.fairness_counts(bigint), daybook.fairness(bigint), daybook.counts_places(),
    daybook.counts_begin(), daybook.people_counted(date, timestamptz) from public;
grant execute on function daybook.sees_fairness(bigint), daybook.answers_for_fairness(bigint),
    daybook.fairness_period(), daybook.too_small(int[], int[], boolean[]),
    daybook.fairness(bigint), daybook.counts_places(), daybook.counts_begin(),
    daybook.people_counted(date, timestamptz)
    to daybook_app, daybook_wide, daybook_author;

-- What a governor answers: seen by whoever sees the figures, added by the governor, for good.

alter table information_fairnessanswer enable row level security;
grant select, insert on information_fairnessanswer to daybook_app;
grant select on information_fairnessanswer to daybook_wide;
create policy seen_with_the_figures on information_fairnessanswer for select
    to daybook_app, daybook_wide using (daybook.sees_fairness(establishment_id));
create policy answered_by_the_governor on information_fairnessanswer for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and daybook.answers_for_fairness(establishment_id));
create trigger information_fairnessanswer_signed_now before insert on information_fairnessanswer
    for each row execute function daybook.sign_now();
