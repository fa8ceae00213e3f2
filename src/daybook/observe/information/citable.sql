-- What a concern still lacks before anything may rest on it, and the one door to what lacks
-- nothing. Pages, policies and triggers ask here and nowhere else, so that "unconfirmed" means the
-- same everywhere.

create function daybook.information_origins(concerns uuid[])
returns table (concern uuid, node uuid, sort text, kind text, back_to uuid, origin text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Every item beside these concerns, and who said it first. What goes back to one origin has
    -- the same origin, however many hands it went through. Whoever writes twice is one origin; so
    -- is a source, by its reference, and an agency, whoever there answered.
    with recursive beside as (
        select a.id, a.concern_id, a.kind, a.goes_back_to_id, a.goes_back_to_report_id,
               a.source, a.agency, a.written_by_id
          from information_account a
         where a.concern_id = any($1) and a.withdrawn_at is null
    ), up as (
        select b.id as leaf, b.id as at, b.goes_back_to_id as next from beside b
        union
        select up.leaf, a.id, a.goes_back_to_id
          from up join information_account a on a.id = up.next
    ), first as (
        select up.leaf, a.goes_back_to_report_id as report,
               case when a.source is not null then 'source:' || a.source
                    when a.agency <> '' then 'agency:' || lower(btrim(a.agency))
                    else 'staff:' || a.written_by_id end as origin
          from up join information_account a on a.id = up.at
         where up.next is null
    ), reported as (
        select r.id, case when r.source is not null then 'source:' || r.source
                          else 'staff:' || r.written_by_id end as origin
          from information_report r
    )
    select c.report_id, r.id, 'report', '', null::uuid, r.origin
      from information_concern c join reported r on r.id = c.report_id
     where c.report_id = any($1)
    union all
    select j.joined_id, r.id, 'report', '', null, r.origin
      from information_concern j join reported r on r.id = j.report_id
     where j.joined_id = any($1)
    union all
    select b.concern_id, b.id, 'account', b.kind::text,
           coalesce(b.goes_back_to_id, b.goes_back_to_report_id), coalesce(r.origin, f.origin)
      from beside b join first f on f.leaf = b.id left join reported r on r.id = f.report
    union all
    select t.concern_id, t.id, 'reflection', 'close', null, 'staff:' || t.reflection_author_id
      from information_attachment t join reflections_reflection n on n.id = t.reflection
     where t.concern_id = any($1) and n.withdrawn_at is null and n.struck_at is null
$$;

create function daybook.information_standing(people bigint[])
returns table (concern uuid, person bigint, missing text[])
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Concerns about these people, of everybody where null, that have not ended, and what each
    -- still lacks. Nothing missing: it may be cited.
    with live as (
        select c.report_id as id, c.person_id, c.legal_basis, c.weighed, c.review_on, c.ends_on
          from information_concern c
         where c.ended_at is null and ($1 is null or c.person_id = any($1))
    ), beside as (
        select o.*
          from (select array_agg(id) as ids from live) every,
               daybook.information_origins(coalesce(every.ids, '{}')) o
    ), itself as (
        select b.concern, b.origin from beside b where b.sort = 'report' and b.node = b.concern
    ), context as (
        -- What says again what the report says is no context to it.
        select b.concern, b.kind, b.origin
          from beside b join itself i on i.concern = b.concern
         where b.sort <> 'report' and b.origin <> i.origin
    ), graded as (
        select distinct on (g.concern_id) g.concern_id, g.doubted
          from information_grading g join live on live.id = g.concern_id
         order by g.concern_id, g.written_at desc, g.id desc
    )
    select l.id, l.person_id, array_remove(array[
        case when l.review_on < current_date or l.ends_on < current_date then 'past' end,
        case when l.legal_basis = '' then 'basis' end,
        case when not exists (select from graded g where g.concern_id = l.id and not g.doubted)
             then 'grade' end,
        case when not exists (select from information_levelling v where v.concern_id = l.id)
             then 'levels' end,
        case when not exists (select from context x where x.concern = l.id and x.kind = 'close')
             then 'close' end,
        case when not exists (
            select from context x join context y on y.concern = x.concern
             where x.concern = l.id and x.kind = 'close' and y.kind <> 'close'
               and y.origin <> x.origin)
             then 'second-kind' end,
        case when l.weighed = '' then 'explanation' end
    ], null)
      from live l
$$;

create function daybook.is_citable(concern uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (
        select from information_concern c, daybook.information_standing(array[c.person_id]) s
         where c.report_id = is_citable.concern and s.concern = c.report_id and s.missing = '{}')
$$;

create function daybook.desk_reach() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whose information the viewer works on: an analyst's, where they both read and write it.
    if not daybook.holds('analyst') then
        return '{}';
    end if;
    return array(select unnest(daybook.reach('information', 'read'))
                 intersect select unnest(daybook.reach('information', 'write')));
end $$;

create function daybook.concerns_at_the_desk() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- What has ended can be looked up for thirty days, and stands in no list.
    return array(select c.report_id from information_concern c
                  where c.person_id = any(daybook.desk_reach())
                    and (c.ended_at is null or c.ended_at > now() - interval '30 days'));
end $$;

create function daybook.confirmed_for_viewer() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    reads bigint[] := '{}';
begin
    -- Those who decide read what is confirmed about people in reach; a probation officer, and
    -- anybody else whom the desk gave a copy, what was shared with them.
    if daybook.holds('duty-manager') or daybook.holds('head-of-unit')
       or daybook.holds('case-lead') or daybook.holds('governor') then
        reads := daybook.reach('information', 'read');
    end if;
    return array(
        select s.concern from daybook.information_standing(reads) s where s.missing = '{}'
        union
        select s.concern
          from daybook.information_standing(array(
                   select p.person_id from information_copy p
                    where p.staff_id = me and p.person_id = any(daybook.reach('identity', 'read')))) s
          join information_copy p on p.concern_id = s.concern and p.staff_id = me
         where s.missing = '{}');
end $$;

create function daybook.urged_on_viewer() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- What the desk showed a duty manager, unconfirmed, within the last day, of people in reach.
    if not daybook.holds('duty-manager') then
        return '{}';
    end if;
    return array(select u.concern_id
                   from information_urging u join information_concern c on c.report_id = u.concern_id
                  where u.staff_id = daybook.viewer() and c.ended_at is null
                    and c.person_id = any(daybook.reach('information', 'read'))
                    and u.written_at > now() - interval '24 hours');
end $$;

create function daybook.concerns_seen() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(select unnest(daybook.concerns_at_the_desk())
                 union select unnest(daybook.confirmed_for_viewer())
                 union select unnest(daybook.urged_on_viewer()));
end $$;

create function daybook.missing_in(concerns uuid[]) returns table (concern uuid, missing text[])
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    seen uuid[] := case when daybook.everywhere('information', 'read') then missing_in.concerns
                        else daybook.concerns_seen() end;
begin
    -- What these lack, for whoever sees them.
    return query
        select s.concern, s.missing
          from daybook.information_standing(array(
                   select c.person_id from information_concern c
                    where c.report_id = any(missing_in.concerns))) s
         where s.concern = any(missing_in.concerns) and s.concern = any(seen);
end $$;

create function daybook.origins_in(asked uuid)
returns table (node uuid, sort text, kind text, back_to uuid, same_as int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- The tree of one concern. Origins are numbered: who a source is stays with the custodian.
    if not (origins_in.asked = any(daybook.concerns_seen())
            or daybook.everywhere('information', 'read')) then
        return;
    end if;
    return query
        select o.node, o.sort, o.kind, o.back_to, dense_rank() over (order by o.origin)::int
          from daybook.information_origins(array[origins_in.asked]) o;
end $$;

create function daybook.citable(people bigint[])
returns table (concern uuid, person bigint, behaviour text, legal_basis text, weighed text,
               review_on date, ends_on date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    confirmed uuid[] := daybook.confirmed_for_viewer();
    desk bigint[] := daybook.desk_reach();
    wide boolean := daybook.everywhere('information', 'read');
begin
    -- All that a decision may rest on, for whoever may read it. There is no other way to it.
    return query
        select c.report_id, c.person_id, c.behaviour::text, c.legal_basis::text, c.weighed::text,
               c.review_on, c.ends_on
          from daybook.information_standing(citable.people) s
          join information_concern c on c.report_id = s.concern
         where s.missing = '{}'
           and (s.concern = any(confirmed) or s.person = any(desk) or wide);
end $$;

create function daybook.report_in(concerns uuid[])
returns table (concern uuid, behaviour text, harmed text[], how text, fact text, assessment text,
               sure text, happened_on date, place text, others text, ordinary text,
               ordinary_words text, regime text, written_at timestamptz, post text,
               from_a_source boolean, writer bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    seen uuid[] := daybook.concerns_seen();
    desk uuid[] := daybook.concerns_at_the_desk();
    wide boolean := daybook.everywhere('information', 'read');
begin
    -- What these reports say, for whoever sees the concern: to the desk with its writer, to
    -- others with the writer's post alone, and to nobody with who a source is.
    return query
        select r.id, r.behaviour::text, r.harmed::text[], r.how::text, r.fact::text,
               r.assessment::text, r.sure::text, r.happened_on, r.place::text, r.others::text,
               r.ordinary::text, r.ordinary_words::text, r.regime::text, r.written_at,
               w.post::text, r.source is not null,
               case when r.id = any(desk) or wide then r.written_by_id end
          from information_report r join staff_staff w on w.id = r.written_by_id
         where r.id = any(report_in.concerns) and (r.id = any(seen) or wide
               or exists (select from information_concern j
                           where j.report_id = r.id and j.joined_id = any(seen)));
end $$;

create function daybook.attached_in(asked uuid)
returns table (id uuid, reason text, fact text, own_words text, written_at timestamptz,
               post text, attached_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- The reflections laid beside one concern, as they stand: nothing that was struck or taken
    -- back, and no other of the person's.
    if not (attached_in.asked = any(daybook.concerns_seen())
            or daybook.everywhere('information', 'read')) then
        return;
    end if;
    return query
        select t.id, t.reason::text, r.seen_heard::text, r.own_words::text, r.saved_at, w.post::text,
               t.written_at
          from information_attachment t
          join reflections_reflection r on r.id = t.reflection
          join staff_staff w on w.id = t.reflection_author_id
         where t.concern_id = attached_in.asked and r.withdrawn_at is null and r.struck_at is null
         order by t.written_at;
end $$;

create function daybook.what_became_of_mine()
returns table (report uuid, ended_at timestamptz, ended_how text, graded boolean, confirmed boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- For each report of the viewer's own, how far it came: information flows back.
    return query
        select r.id, c.ended_at, c.ended_how::text,
               exists (select from information_grading g where g.concern_id = r.id),
               c.ended_at is null and exists (
                   select from daybook.information_standing(array[r.person_id]) s
                    where s.concern = r.id and s.missing = '{}')
          from information_report r join information_concern c on c.report_id = r.id
         where r.written_by_id = me;
end $$;

create function daybook.past_of_this_kind()
returns table (behaviour text, ended bigint, dismissed bigint, explained bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- How concerns of each kind ended in the last two years, in the whole service: figures that
    -- stand beside every list, and name nobody.
    return query
        select c.behaviour::text, count(*),
               count(*) filter (where c.ended_how in ('invalid', 'out-of-date')),
               count(*) filter (where c.ended_how = 'explained')
          from information_concern c
         where c.ended_at > now() - interval '2 years' and c.ended_how <> 'joined'
         group by c.behaviour;
end $$;

create function daybook.information_waits()
returns table (sort text, key uuid, person bigint, since timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- Questions of the desk that the viewer has not answered, and decisions of theirs whose ground
    -- has ended; what the desk shows them at once; urgent steps of others that they review; and to
    -- who leads a place, what it asked outside services and heard nothing of for thirty days: one
    -- question for a home page.
    return query
        select 'asked', a.id, a.person_id, a.written_at from information_asking a
         where a.asked_id = me and a.reply = ''
        union all
        select 'look-again', u.id, u.person_id, u.reopened_at from information_use u
         where u.written_by_id = me and u.reopened_at is not null and u.looked_at is null
        union all
        select 'shown', c.concern, p.person_id, max(p.written_at)
          from unnest(daybook.urged_on_viewer()) c(concern)
          join information_urging p on p.concern_id = c.concern and p.staff_id = me
         where not exists (select from information_protection d where d.concern_id = c.concern)
         group by c.concern, p.person_id
        union all
        select 'to-review', p.id, p.person_id, p.written_at from information_protection p
         where p.reviewed_at is null and p.written_by_id <> me
           and p.person_id = any(daybook.led_in_urgency())
        union all
        select 'unanswered', e.id, null, e.written_at
          from information_enquiry e
          join access_assignment g on g.establishment_id = e.establishment_id
         where g.staff_id = me and g.role = 'governor'
           and g.since <= now() and (g.until is null or g.until > now())
           and e.way = 'out' and e.written_at > now() - interval '365 days'
           and e.written_at < now() - interval '30 days'
           and not exists (select from information_answer r where r.enquiry_id = e.id)
         order by 4;
end $$;
