-- Who sees and who adds what. Whoever reads casework sees that somebody is assessed, and by whom;
-- what stands on a sheet is its assessor's alone until every sheet is signed.

create function daybook.assessments_seen() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- About people whose casework one reads; and those one opened or has a sheet in, which is all
    -- that a wing officer reads of casework.
    return array(
        select a.id from assessments_assessment a
         where a.person_id = any(daybook.reach('casework', 'read'))
        union
        select s.assessment_id from assessments_sheet s
         where s.assessor_id = me and s.person_id = any(daybook.reach('casework', 'write'))
        union
        select a.id from assessments_assessment a
         where a.opened_by_id = me and a.person_id = any(daybook.reach('casework', 'write')));
end $$;

create function daybook.sheets_seen() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(
        select s.id from assessments_sheet s
         where s.assessment_id = any(daybook.assessments_seen()));
end $$;

create function daybook.sheets_read() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- Blind: what stands on them, once all of an assessment are signed; one's own always.
    return array(
        select s.id from assessments_sheet s join assessments_assessment a on a.id = s.assessment_id
         where a.id = any(daybook.assessments_seen())
           and (a.signed_at is not null or s.assessor_id = me));
end $$;

create function daybook.sheets_to_fill() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(
        select s.id from assessments_sheet s join assessments_assessment a on a.id = s.assessment_id
         where s.assessor_id = daybook.viewer() and s.signed_at is null and a.dropped_at is null
           and s.person_id = any(daybook.reach('casework', 'write')));
end $$;

create function daybook.assessments_to_close() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Signed, not closed, and one's own to close: its assessors talk about it and write the end.
    return array(
        select a.id from assessments_assessment a
          join assessments_sheet s on s.assessment_id = a.id and s.assessor_id = daybook.viewer()
         where a.signed_at is not null and a.closed_at is null and a.dropped_at is null
           and a.person_id = any(daybook.reach('casework', 'write')));
end $$;

create function daybook.may_assess(person bigint, definition bigint)
returns table (id bigint, given_name text, family_name text, post text, trained boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asked jsonb := (select d.whole -> 'uses' from instruments_definition d
                     where d.id = may_assess.definition);
begin
    -- Who works with somebody in a role that may use this instrument: on a case of theirs, as
    -- personal officer, or on their unit; and whether what it asks of training is current.
    if not daybook.reaches(may_assess.person, 'casework', 'write') then
        return;
    end if;
    return query
        select w.id, w.given_name::text, w.family_name::text, w.post::text,
               daybook.trained(w.id, array(
                   select jsonb_array_elements_text(asked -> 'competences')))
          from staff_staff w
         where w.is_active and exists (
               select from access_assignment a
                 join access_accessright r on r.role = a.role and r.compartment = 'casework'
                                          and r.writes
                where a.staff_id = w.id and asked -> 'roles' ? a.role
                  and a.since <= now() and (a.until is null or a.until > now())
                  and case
                      when r.reach in ('case', 'case-across') then exists (
                          select from cases_teammember t join cases_case k on k.id = t.case_id
                           where t.staff_id = w.id and k.person_id = may_assess.person
                             and k.closed_at is null and k.ends_on >= current_date
                             and t.since <= now() and (t.until is null or t.until > now()))
                      when r.reach = 'own' then exists (
                          select from people_personalofficer o
                           where o.staff_id = w.id and o.person_id = may_assess.person
                             and o.since <= now() and (o.until is null or o.until > now()))
                      when r.reach = 'unit' then exists (
                          select from people_stay s
                           where s.person_id = may_assess.person and s.ended_at is null
                             and s.unit_id = a.unit_id)
                      else false end)
         order by 3, 2;
end $$;

revoke all on function
    daybook.assessments_seen(), daybook.sheets_seen(), daybook.sheets_read(),
    daybook.sheets_to_fill(), daybook.assessments_to_close(), daybook.may_assess(bigint, bigint)
    from public;
grant execute on function
    daybook.assessments_seen(), daybook.sheets_seen(), daybook.sheets_read(),
    daybook.sheets_to_fill(), daybook.assessments_to_close(), daybook.may_assess(bigint, bigint)
    to daybook_app, daybook_wide;

-- Whoever looks at the whole service reads what is signed. A draft is its assessor's alone.

alter table assessments_assessment enable row level security;
grant select, insert on assessments_assessment to daybook_app;
grant update (dropped_at, dropped_by_id, dropped_because) on assessments_assessment to daybook_app;
grant select on assessments_assessment to daybook_wide;
create policy seen_within_reach on assessments_assessment for select to daybook_app
    using (id = any((select daybook.assessments_seen())::uuid[]));
create policy seen_everywhere on assessments_assessment for select to daybook_wide
    using ((select daybook.everywhere('casework', 'read')));
create policy opened on assessments_assessment for insert to daybook_app
    with check (daybook.reaches(person_id, 'casework', 'write')
                and opened_by_id = (select daybook.viewer()));
create policy given_up on assessments_assessment for update to daybook_app
    using (daybook.reaches(person_id, 'casework', 'write'))
    with check (daybook.reaches(person_id, 'casework', 'write')
                and dropped_by_id = (select daybook.viewer()));

alter table assessments_sheet enable row level security;
grant select, insert, update (signed_at) on assessments_sheet to daybook_app;
grant select on assessments_sheet to daybook_wide;
create policy seen_within_reach on assessments_sheet for select to daybook_app
    using (id = any((select daybook.sheets_seen())::uuid[]));
create policy seen_everywhere on assessments_sheet for select to daybook_wide
    using ((select daybook.everywhere('casework', 'read')));
create policy given on assessments_sheet for insert to daybook_app
    with check (daybook.reaches(person_id, 'casework', 'write'));
create policy signed on assessments_sheet for update to daybook_app
    using (id = any((select daybook.sheets_to_fill())::uuid[]))
    with check (assessor_id = (select daybook.viewer()));

alter table assessments_draft enable row level security;
grant select, insert, update (typed, saved_at) on assessments_draft to daybook_app;
create policy its_assessor_s on assessments_draft for select to daybook_app
    using (sheet_id = any((select daybook.sheets_to_fill())::uuid[]));
create policy kept on assessments_draft for insert to daybook_app
    with check (sheet_id = any((select daybook.sheets_to_fill())::uuid[]));
create policy kept_again on assessments_draft for update to daybook_app
    using (sheet_id = any((select daybook.sheets_to_fill())::uuid[]))
    with check (sheet_id = any((select daybook.sheets_to_fill())::uuid[]));

do $$
declare
    part text;
begin
    foreach part in array array['basis', 'sheetanswer', 'account'] loop
        execute format('alter table assessments_%s enable row level security', part);
        execute format('grant select, insert on assessments_%s to daybook_app', part);
        execute format('grant select on assessments_%s to daybook_wide', part);
        execute format(
            'create policy read_once_all_signed on assessments_%s for select to daybook_app '
            'using (sheet_id = any((select daybook.sheets_read())::uuid[]))', part);
        execute format(
            'create policy seen_everywhere on assessments_%s for select to daybook_wide '
            'using ((select daybook.everywhere(''casework'', ''read'')))', part);
        execute format(
            'create policy signed on assessments_%s for insert to daybook_app '
            'with check (sheet_id = any((select daybook.sheets_to_fill())::uuid[]))', part);
    end loop;
end $$;

do $$
declare
    part text;
begin
    foreach part in array array['talk', 'closing'] loop
        execute format('alter table assessments_%s enable row level security', part);
        execute format('grant select, insert on assessments_%s to daybook_app', part);
        execute format('grant select on assessments_%s to daybook_wide', part);
        execute format(
            'create policy seen_within_reach on assessments_%s for select to daybook_app '
            'using (assessment_id = any((select daybook.assessments_seen())::uuid[]))', part);
        execute format(
            'create policy seen_everywhere on assessments_%s for select to daybook_wide '
            'using ((select daybook.everywhere(''casework'', ''read'')))', part);
    end loop;
end $$;
create policy talked on assessments_talk for insert to daybook_app
    with check (assessment_id = any((select daybook.assessments_to_close())::uuid[])
                and written_by_id = (select daybook.viewer()));
create policy closed on assessments_closing for insert to daybook_app
    with check (assessment_id = any((select daybook.assessments_to_close())::uuid[])
                and closed_by_id = (select daybook.viewer()));
grant update (copied_at, copied_by_id, copied_how, copied_said) on assessments_closing to daybook_app;
create policy copied on assessments_closing for update to daybook_app
    using (daybook.reaches(person_id, 'casework', 'write'))
    with check (daybook.reaches(person_id, 'casework', 'write')
                and copied_by_id = (select daybook.viewer()));
