-- Who sees and who adds what. Whoever knows people reports, and reads back their own; the desk
-- works on reports about people in its establishment; whoever decides reads what is confirmed.

create function daybook.may_say_beside(asking uuid, person bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- An account answers a question that the viewer was asked and has not answered; or is offered
    -- by whoever may write information about the person, a chaplain among them.
    if may_say_beside.asking is null then
        return daybook.reaches(may_say_beside.person, 'information', 'write');
    end if;
    return exists (select from information_asking a
                    where a.id = may_say_beside.asking and a.asked_id = daybook.viewer()
                      and a.person_id = may_say_beside.person and a.reply = '');
end $$;

create function daybook.accounts_seen() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Those beside a concern that the viewer sees, and offered ones that wait at the desk.
    return array(
        select a.id from information_account a
         where a.withdrawn_at is null and a.concern_id = any(daybook.concerns_seen())
        union
        select a.id from information_account a
         where a.withdrawn_at is null and a.concern_id is null
           and a.person_id = any(daybook.desk_reach()));
end $$;

create function daybook.may_attach(concern uuid, reflection uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- The author of a reflection, or who leads the person's case, lays it beside a report that
    -- they wrote or were asked about. The desk never does.
    return exists (
        select from information_concern c
          join reflections_reflection r on r.id = may_attach.reflection
                                       and r.person_id = c.person_id
         where c.report_id = may_attach.concern and c.ended_at is null
           and r.withdrawn_at is null and r.struck_at is null
           and (r.author_id = me or exists (
                select from cases_case k
                 where k.person_id = c.person_id and k.lead_id = me and k.closed_at is null
                   and k.ends_on >= current_date))
           and (exists (select from information_report w
                         where w.id = c.report_id and w.written_by_id = me)
                or exists (select from information_asking a
                            where a.concern_id = c.report_id and a.asked_id = me)));
end $$;

create function daybook.concern_for_asked(asking uuid) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select a.concern_id from information_asking a
             where a.id = concern_for_asked.asking and a.asked_id = daybook.viewer());
end $$;

create function daybook.unanswered(since date)
returns table (establishment bigint, way text, agency text, asked_on date, due_on date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- What was asked and never answered, for who leads the place and for the oversight body:
    -- of which service and since when, of nobody and about nothing.
    return query
        select e.establishment_id, e.way::text, e.agency::text, e.written_at::date, e.due_on
          from information_enquiry e
         where not exists (select from information_answer a where a.enquiry_id = e.id)
           and e.written_at::date >= unanswered.since
           and exists (
               select from access_assignment a
                where a.staff_id = daybook.viewer()
                  and a.since <= now() and (a.until is null or a.until > now())
                  and (a.role = 'oversight'
                       or a.role in ('governor', 'analyst')
                          and a.establishment_id = e.establishment_id))
         order by e.written_at;
end $$;

create function daybook.to_be_asked(person bigint)
returns table (id bigint, given_name text, family_name text, post text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whom the desk may ask about somebody: their personal officers, the head of their unit, the
    -- people of their cases. Never a chaplain, and never the desk itself.
    if not to_be_asked.person = any(daybook.desk_reach()) then
        return;
    end if;
    return query
        select distinct w.id, w.given_name::text, w.family_name::text, w.post::text
          from (
            select o.staff_id from people_personalofficer o
             where o.person_id = to_be_asked.person and o.since <= now()
               and (o.until is null or o.until > now())
            union
            select t.staff_id from cases_teammember t join cases_case k on k.id = t.case_id
             where k.person_id = to_be_asked.person and k.closed_at is null
               and k.ends_on >= current_date
               and t.since <= now() and (t.until is null or t.until > now())
            union
            select a.staff_id
              from access_assignment a join people_stay s on s.unit_id = a.unit_id
             where s.person_id = to_be_asked.person and s.ended_at is null
               and a.role in ('head-of-unit', 'wing-officer')
               and a.since <= now() and (a.until is null or a.until > now())
          ) who
          join staff_staff w on w.id = who.staff_id
         where w.is_active and w.id <> daybook.viewer()
           and not exists (
               select from access_assignment a
                where a.staff_id = w.id and a.role in ('chaplain', 'analyst')
                  and a.since <= now() and (a.until is null or a.until > now()))
         order by 3, 2;
end $$;

create function daybook.duty_managers_of(person bigint)
returns table (id bigint, given_name text, family_name text, post text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not duty_managers_of.person = any(daybook.desk_reach()) then
        return;
    end if;
    return query
        select distinct w.id, w.given_name::text, w.family_name::text, w.post::text
          from access_assignment a
          join places_unit u on u.establishment_id = a.establishment_id
          join people_stay s on s.unit_id = u.id and s.ended_at is null
          join staff_staff w on w.id = a.staff_id
         where a.role = 'duty-manager' and s.person_id = duty_managers_of.person and w.is_active
           and a.since <= now() and (a.until is null or a.until > now())
         order by 3, 2;
end $$;

create function daybook.led_in_urgency() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- About whom the viewer may review an urgent step: whoever leads the place or the shift.
    if daybook.holds('governor') or daybook.holds('head-of-unit')
       or daybook.holds('duty-manager') then
        return daybook.reach('information', 'read');
    end if;
    return '{}';
end $$;

revoke all on function daybook.information_origins(uuid[]), daybook.information_standing(bigint[]),
    daybook.is_citable(uuid), daybook.desk_reach(), daybook.concerns_at_the_desk(),
    daybook.confirmed_for_viewer(), daybook.urged_on_viewer(), daybook.concerns_seen(),
    daybook.missing_in(uuid[]), daybook.origins_in(uuid), daybook.citable(bigint[]),
    daybook.report_in(uuid[]), daybook.attached_in(uuid), daybook.what_became_of_mine(),
    daybook.past_of_this_kind(), daybook.may_say_beside(uuid, bigint), daybook.accounts_seen(),
    daybook.may_attach(uuid, uuid), daybook.concern_for_asked(uuid), daybook.unanswered(date),
    daybook.to_be_asked(bigint), daybook.duty_managers_of(bigint),
    daybook.information_waits(), daybook.led_in_urgency() from public;
grant execute on function daybook.desk_reach(), daybook.concerns_at_the_desk(),
    daybook.confirmed_for_viewer(), daybook.urged_on_viewer(), daybook.concerns_seen(),
    daybook.missing_in(uuid[]), daybook.origins_in(uuid), daybook.citable(bigint[]),
    daybook.report_in(uuid[]), daybook.attached_in(uuid), daybook.what_became_of_mine(),
    daybook.past_of_this_kind(), daybook.may_say_beside(uuid, bigint), daybook.accounts_seen(),
    daybook.may_attach(uuid, uuid), daybook.concern_for_asked(uuid), daybook.unanswered(date),
    daybook.to_be_asked(bigint), daybook.duty_managers_of(bigint),
    daybook.information_waits(), daybook.led_in_urgency()
    to daybook_app, daybook_wide, daybook_author;

-- Reports: added within reach; seen by the desk and by their writers.

alter table information_report enable row level security;
grant select, insert on information_report to daybook_app;
grant select on information_report to daybook_wide, daybook_author;
create policy seen_at_the_desk on information_report for select to daybook_app
    using (id in (select unnest(daybook.concerns_at_the_desk())));
create policy seen_everywhere on information_report for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));
create policy seen_as_one_s_own on information_report for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy reported_within_reach on information_report for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and daybook.reaches(person_id, 'information', 'write'));

-- Concerns: the database opens and moves them; nobody writes one by hand.

alter table information_concern enable row level security;
grant select on information_concern to daybook_app, daybook_wide;
create policy seen_by_desk_and_who_decides on information_concern for select to daybook_app
    using (report_id in (select unnest(daybook.concerns_seen())));
create policy seen_everywhere on information_concern for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));

do $$
declare
    tbl text;
begin
    -- What the desk adds to a concern: seen with it, added by the desk in its own name.
    foreach tbl in array array['information_concernstep', 'information_grading',
                               'information_levelling', 'information_copy'] loop
        execute format($sql$
            alter table %1$s enable row level security;
            grant select, insert on %1$s to daybook_app;
            grant select on %1$s to daybook_wide;
            create policy seen_with_its_concern on %1$s for select to daybook_app
                using (concern_id in (select unnest(daybook.concerns_seen())));
            create policy seen_everywhere on %1$s for select to daybook_wide
                using ((select daybook.everywhere('information', 'read')));
            create policy added_at_the_desk on %1$s for insert to daybook_app
                with check (written_by_id = (select daybook.viewer())
                            and concern_id in (select unnest(daybook.concerns_at_the_desk())));
        $sql$, tbl);
    end loop;
    -- Questions to outside services: the desk's, within its reach.
    foreach tbl in array array['information_enquiry', 'information_answer',
                               'information_feedback'] loop
        execute format($sql$
            alter table %1$s enable row level security;
            grant select, insert on %1$s to daybook_app;
            grant select on %1$s to daybook_wide;
            create policy seen_at_the_desk on %1$s for select to daybook_app
                using (person_id in (select unnest(daybook.desk_reach())));
            create policy seen_everywhere on %1$s for select to daybook_wide
                using ((select daybook.everywhere('information', 'read')));
            create policy added_at_the_desk on %1$s for insert to daybook_app
                with check (written_by_id = (select daybook.viewer())
                            and person_id in (select unnest(daybook.desk_reach())));
        $sql$, tbl);
    end loop;
end $$;

grant select on information_copy to daybook_author;
create policy seen_by_whom_it_was_given on information_copy for select to daybook_author
    using (staff_id = (select daybook.viewer()));
grant update (told_at, told_by_id, told_how) on information_copy to daybook_app;
create policy told_by_the_desk on information_copy for update to daybook_app
    using (concern_id in (select unnest(daybook.concerns_at_the_desk())))
    with check (told_by_id = (select daybook.viewer()));

alter table information_attachment enable row level security;
grant select, insert on information_attachment to daybook_app;
grant select on information_attachment to daybook_wide, daybook_author;
create policy seen_with_its_concern on information_attachment for select to daybook_app
    using (concern_id in (select unnest(daybook.concerns_seen())));
create policy seen_everywhere on information_attachment for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));
create policy seen_as_one_s_own on information_attachment for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy attached_by_who_may on information_attachment for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and daybook.may_attach(concern_id, reflection));

-- Context: asked by the desk, given by those asked, offered by those who know.

alter table information_asking enable row level security;
grant select, insert on information_asking to daybook_app;
grant select on information_asking to daybook_wide;
grant select, update (reply, replied_at) on information_asking to daybook_author;
create policy seen_with_its_concern on information_asking for select to daybook_app
    using (concern_id in (select unnest(daybook.concerns_seen())));
create policy seen_everywhere on information_asking for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));
create policy seen_by_who_is_asked on information_asking for select to daybook_author
    using (asked_id = (select daybook.viewer()));
create policy answered_by_who_is_asked on information_asking for update to daybook_author
    using (asked_id = (select daybook.viewer())) with check (asked_id = (select daybook.viewer()));
create policy asked_by_the_desk on information_asking for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and concern_id in (select unnest(daybook.concerns_at_the_desk()))
                and asked_id in (select t.id from daybook.to_be_asked(person_id) t));

alter table information_account enable row level security;
grant select, insert, update (concern_id, laid_at, laid_by_id, goes_back_to_id,
    goes_back_to_report_id) on information_account to daybook_app;
grant select on information_account to daybook_wide;
grant select, update (withdrawn_at) on information_account to daybook_author;
create policy seen_beside_a_concern on information_account for select to daybook_app
    using (id in (select unnest(daybook.accounts_seen())));
create policy seen_everywhere on information_account for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')) and withdrawn_at is null);
create policy seen_as_one_s_own on information_account for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy taken_back_by_its_writer on information_account for update to daybook_author
    using (written_by_id = (select daybook.viewer()))
    with check (written_by_id = (select daybook.viewer()));
create policy said_by_who_knows on information_account for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and daybook.may_say_beside(asking_id, person_id));
create policy laid_by_the_desk on information_account for update to daybook_app
    using (person_id in (select unnest(daybook.desk_reach())))
    with check (concern_id in (select unnest(daybook.concerns_at_the_desk())));

-- What rests on a concern: added by whoever decides, looked at again by them.

alter table information_use enable row level security;
grant select, insert on information_use to daybook_app;
grant select on information_use to daybook_wide;
grant select, update (looked_at, looked_by_id, looked_words) on information_use to daybook_author;
create policy seen_with_its_concern on information_use for select to daybook_app
    using (concern_id in (select unnest(daybook.concerns_seen())));
create policy seen_everywhere on information_use for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));
create policy seen_as_one_s_own on information_use for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy looked_at_by_its_maker on information_use for update to daybook_author
    using (written_by_id = (select daybook.viewer()))
    with check (looked_by_id = (select daybook.viewer()));
create policy rested_on_what_is_confirmed on information_use for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and concern_id in (select unnest(daybook.confirmed_for_viewer())));

-- Acting at once: shown by the desk, decided by the duty manager, reviewed by somebody else.

alter table information_urging enable row level security;
grant select, insert on information_urging to daybook_app;
grant select on information_urging to daybook_wide, daybook_author;
create policy seen_with_its_concern on information_urging for select to daybook_app
    using (concern_id in (select unnest(daybook.concerns_seen())));
create policy seen_everywhere on information_urging for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));
create policy seen_by_whom_it_was_shown on information_urging for select to daybook_author
    using (staff_id = (select daybook.viewer()));
create policy shown_by_the_desk on information_urging for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and concern_id in (select unnest(daybook.concerns_at_the_desk()))
                and staff_id in (select m.id from daybook.duty_managers_of(person_id) m));

alter table information_protection enable row level security;
grant select, insert, update (reviewed_at, reviewed_by_id, reviewed_words)
    on information_protection to daybook_app;
grant select on information_protection to daybook_wide;
create policy seen_within_reach on information_protection for select to daybook_app
    using (person_id in (select unnest(daybook.reach('information', 'read'))));
create policy seen_everywhere on information_protection for select to daybook_wide
    using ((select daybook.everywhere('information', 'read')));
create policy decided_by_a_duty_manager on information_protection for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and concern_id in (select unnest(daybook.urged_on_viewer())));
create policy reviewed_by_who_leads on information_protection for update to daybook_app
    using (person_id in (select unnest(daybook.led_in_urgency())))
    with check (reviewed_by_id = (select daybook.viewer()));
