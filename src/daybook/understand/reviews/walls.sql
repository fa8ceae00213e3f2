-- Who sees a joint review, and who adds what. Whoever reads casework about the person sees it; so
-- does whoever was asked to take part, and nothing else of casework. What each rated alone is seen
-- by nobody else until all have finished.

create function daybook.may_open_review(person bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whoever both reads and writes casework about the person.
    return daybook.reaches(may_open_review.person, 'casework', 'read')
       and daybook.reaches(may_open_review.person, 'casework', 'write');
end $$;

create function daybook.reviews_joined(also_invited boolean) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- Reviews in which the viewer takes part, in the name of a role they still hold. For whose
    -- work ends at the gate a release ends it; and all can look it up for thirty days.
    return array(
        select m.review_id
          from reviews_member m join reviews_review r on r.id = m.review_id
         where m.staff_id = me and m.left_at is null
           and (reviews_joined.also_invited or m.accepted_at is not null)
           and (r.ended_at is null or r.ended_at > now() - interval '30 days')
           and daybook.holds(m.part)
           and (not daybook.has_left(r.person_id)
                or daybook.reaches(r.person_id, 'casework', 'read')));
end $$;

create function daybook.reviews_seen() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(
        select r.id from reviews_review r
         where r.person_id in (select unnest(daybook.reach('casework', 'read')))
        union
        select unnest(daybook.reviews_joined(true)));
end $$;

create function daybook.reviews_in_hand() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Reviews to which the viewer adds: those they said yes to, while they go on.
    return array(select r.id from reviews_review r
                  where r.id = any(daybook.reviews_joined(false)) and r.ended_at is null);
end $$;

create function daybook.members_in_hand() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- One's own part in a review, and everybody's in a review that one leads.
    return array(
        select m.id from reviews_member m
         where m.staff_id = daybook.viewer() and m.review_id = any(daybook.reviews_joined(true))
        union
        select m.id from reviews_member m where m.review_id = any(daybook.reviews_led()));
end $$;

create function daybook.my_parts() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(select m.id from reviews_member m
                  where m.staff_id = daybook.viewer()
                    and m.review_id = any(daybook.reviews_joined(false)));
end $$;

create function daybook.matrices_open() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    wide boolean := daybook.everywhere('casework', 'read');
    seen uuid[] := daybook.reviews_seen();
begin
    -- Blind is blind for everybody: nobody, wherever they look, reads marks before they open.
    return array(select r.id from reviews_review r
                  where r.matrix_since is not null and (wide or r.id = any(seen)));
end $$;

create function daybook.evidence_ended(review uuid) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if evidence_ended.review = any(daybook.reviews_seen())
       or daybook.everywhere('casework', 'read') then
        return daybook.evidence_ended_in(evidence_ended.review);
    end if;
    return '{}';
end $$;

create function daybook.asked_to_review(review uuid)
returns table (id bigint, given_name text, family_name text, post text, part text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whom whoever leads a review may ask: those who work with the person, each in the name of the
    -- roles they hold there. The intelligence desk and the governor are not asked.
    if not asked_to_review.review = any(daybook.reviews_led()) then
        return;
    end if;
    return query
        with about as (
            select r.person_id from reviews_review r where r.id = asked_to_review.review
        ), lives as (
            select s.unit_id, u.establishment_id
              from about join people_stay s on s.person_id = about.person_id and s.ended_at is null
              join places_unit u on u.id = s.unit_id
        ), who as (
            select a.staff_id, a.role::text
              from access_assignment a join lives l on l.unit_id = a.unit_id
             where a.role in ('wing-officer', 'activity-staff', 'head-of-unit')
               and a.since <= now() and (a.until is null or a.until > now())
            union
            select a.staff_id, a.role::text
              from access_assignment a join lives l on l.establishment_id = a.establishment_id
             where a.role in ('chaplain', 'duty-manager')
               and a.since <= now() and (a.until is null or a.until > now())
            union
            select o.staff_id, 'personal-officer'
              from about join people_personalofficer o on o.person_id = about.person_id
             where o.since <= now() and (o.until is null or o.until > now())
            union
            select t.staff_id, a.role::text
              from about join cases_case k on k.person_id = about.person_id
               and k.closed_at is null and k.ends_on >= current_date
              join cases_teammember t on t.case_id = k.id
               and t.since <= now() and (t.until is null or t.until > now())
              join access_assignment a on a.staff_id = t.staff_id
             where a.role in ('case-lead', 'psychologist', 'probation-officer')
               and a.since <= now() and (a.until is null or a.until > now())
        )
        select w.id, w.given_name::text, w.family_name::text, w.post::text, who.role
          from who join staff_staff w on w.id = who.staff_id
         where w.is_active
           and not exists (select from access_assignment a
                            where a.staff_id = w.id and a.role = 'analyst'
                              and a.since <= now() and (a.until is null or a.until > now()))
           and exists (select from access_assignment a
                        where a.staff_id = w.id and a.role = who.role
                          and a.since <= now() and (a.until is null or a.until > now()))
           and not exists (select from reviews_member m
                            where m.review_id = asked_to_review.review and m.staff_id = w.id
                              and m.left_at is null)
         order by w.family_name, w.given_name, w.id, who.role;
end $$;

revoke all on function daybook.may_open_review(bigint), daybook.reviews_joined(boolean),
    daybook.reviews_seen(), daybook.reviews_in_hand(), daybook.reviews_led(),
    daybook.members_in_hand(), daybook.my_parts(), daybook.matrices_open(),
    daybook.evidence_ended(uuid), daybook.asked_to_review(uuid) from public;
grant execute on function daybook.may_open_review(bigint), daybook.reviews_joined(boolean),
    daybook.reviews_seen(), daybook.reviews_in_hand(), daybook.reviews_led(),
    daybook.members_in_hand(), daybook.my_parts(), daybook.matrices_open(),
    daybook.evidence_ended(uuid), daybook.asked_to_review(uuid)
    to daybook_app, daybook_wide, daybook_author;

-- The review itself.

alter table reviews_review enable row level security;
grant select, insert on reviews_review to daybook_app;
grant update (rating_since, ended_at, given_up_by_id, given_up_because) on reviews_review
    to daybook_app;
grant select on reviews_review to daybook_wide;
create policy seen_by_its_readers on reviews_review for select to daybook_app
    using (id in (select unnest(daybook.reviews_seen())));
create policy seen_everywhere on reviews_review for select to daybook_wide
    using ((select daybook.everywhere('casework', 'read')));
create policy opened_within_reach on reviews_review for insert to daybook_app
    with check (written_by_id = (select daybook.viewer()) and daybook.may_open_review(person_id));
create policy moved_on_by_who_leads on reviews_review for update to daybook_app
    using (id in (select unnest(daybook.reviews_led())));

-- Its members: asked by who leads; each says yes, signs and leaves for themselves.

alter table reviews_member enable row level security;
grant select, insert, update (accepted_at, finished_at, left_at) on reviews_member to daybook_app;
grant select on reviews_member to daybook_wide;
create policy seen_with_its_review on reviews_member for select to daybook_app
    using (review_id in (select unnest(daybook.reviews_seen())));
create policy seen_everywhere on reviews_member for select to daybook_wide
    using ((select daybook.everywhere('casework', 'read')));
create policy asked_by_who_leads on reviews_member for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and review_id in (select unnest(daybook.reviews_led())));
create policy moved_on_by_whom_it_names on reviews_member for update to daybook_app
    using (id in (select unnest(daybook.members_in_hand())));

-- What members lay beside each other.

do $$
declare
    tbl text;
begin
    foreach tbl in array array['hypothesis', 'hypothesistest', 'evidence', 'note'] loop
        execute format($sql$
            alter table reviews_%1$s enable row level security;
            grant select, insert on reviews_%1$s to daybook_app;
            grant select on reviews_%1$s to daybook_wide;
            create policy seen_with_its_review on reviews_%1$s for select to daybook_app
                using (review_id in (select unnest(daybook.reviews_seen())));
            create policy seen_everywhere on reviews_%1$s for select to daybook_wide
                using ((select daybook.everywhere('casework', 'read')));
            create policy added_by_its_members on reviews_%1$s for insert to daybook_app
                with check (written_by_id = (select daybook.viewer())
                            and review_id in (select unnest(daybook.reviews_in_hand())));
        $sql$, tbl);
    end loop;
    foreach tbl in array array['hypothesis', 'hypothesistest'] loop
        execute format($sql$
            create policy changed_by_its_members on reviews_%1$s for update to daybook_app
                using (review_id in (select unnest(daybook.reviews_in_hand())));
        $sql$, tbl);
    end loop;
end $$;
grant update (against, dropped_at, dropped_by_id, dropped_because) on reviews_hypothesis
    to daybook_app;
grant update (dropped_at, dropped_by_id) on reviews_hypothesistest to daybook_app;
grant update (struck_at, struck_because) on reviews_evidence to daybook_app;
create policy taken_back_by_its_writer on reviews_evidence for update to daybook_app
    using (written_by_id = (select daybook.viewer())
           and review_id in (select unnest(daybook.reviews_in_hand())));

-- What each rated alone: one's own through the role of authors, others' once the matrix is open.

alter table reviews_membermarks enable row level security;
grant select on reviews_membermarks to daybook_app, daybook_wide;
grant select, insert, update (marks, written_at) on reviews_membermarks to daybook_author;
create policy seen_once_it_is_open on reviews_membermarks for select to daybook_app
    using (review_id in (select unnest(daybook.matrices_open())));
create policy seen_everywhere_once_it_is_open on reviews_membermarks for select to daybook_wide
    using (review_id in (select unnest(daybook.matrices_open())));
create policy seen_as_one_s_own on reviews_membermarks for select to daybook_author
    using (member_id in (select unnest(daybook.my_parts())));
create policy rated_as_one_s_own on reviews_membermarks for insert to daybook_author
    with check (member_id in (select unnest(daybook.my_parts())));
create policy changed_as_one_s_own on reviews_membermarks for update to daybook_author
    using (member_id in (select unnest(daybook.my_parts())));

-- Its end, by who leads.

alter table reviews_closing enable row level security;
grant select, insert on reviews_closing to daybook_app;
grant select on reviews_closing to daybook_wide;
create policy seen_with_its_review on reviews_closing for select to daybook_app
    using (review_id in (select unnest(daybook.reviews_seen())));
create policy seen_everywhere on reviews_closing for select to daybook_wide
    using ((select daybook.everywhere('casework', 'read')));
create policy closed_by_who_leads on reviews_closing for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and review_id in (select unnest(daybook.reviews_led())));
