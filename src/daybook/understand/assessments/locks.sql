-- What a sheet must hold before it is signed, when all may be read, and what closes.

create function daybook.refuse_assessment(said text, rule text) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    raise exception '%', said using errcode = 'check_violation', constraint = rule;
end $$;

create function daybook.open_assessment() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    d instruments_definition;
begin
    select * into strict d from instruments_definition where id = new.definition_id;
    if session_user = 'daybook_owner' then
        return new;
    end if;
    new.signed_at := null; new.closed_at := null; new.dropped_at := null;
    if d.retired_at is not null then
        perform daybook.refuse_assessment('It is offered no more.', 'assessments_offered');
    end if;
    if not d.whole -> 'for_purposes' ? new.purpose then
        perform daybook.refuse_assessment('It was not made for this.', 'assessments_purpose');
    end if;
    -- Specialist beside general, never instead: one that is not old yet.
    if d.specialist and not exists (
        select from assessments_assessment g
          join instruments_definition i on i.id = g.definition_id and not i.specialist
          join assessments_closing c on c.assessment_id = g.id and c.again_on >= current_date
         where g.id = new.beside_id and g.person_id = new.person_id) then
        perform daybook.refuse_assessment(
            'A specialist one stands beside a general one.', 'assessments_beside_a_general_one');
    end if;
    if not d.specialist then
        new.beside_id := null;
    end if;
    return new;
end $$;
create trigger assessments_assessment_opens before insert on assessments_assessment
    for each row execute function daybook.open_assessment();

create function daybook.give_up_assessment() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.dropped_at is not null or old.closed_at is not null and new.dropped_at is not null then
        perform daybook.refuse_assessment('It has ended.', 'assessments_goes_on');
    end if;
    return new;
end $$;
create trigger assessments_assessment_gives_up before update of dropped_at
    on assessments_assessment for each row execute function daybook.give_up_assessment();

create function daybook.give_sheet() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    a assessments_assessment;
    most integer;
begin
    select * into strict a from assessments_assessment where id = new.assessment_id for update;
    if new.person_id <> a.person_id then
        perform daybook.refuse_assessment('It is about somebody else.', 'assessments_sheet_person');
    end if;
    if session_user = 'daybook_owner' then
        return new;
    end if;
    new.signed_at := null;
    select (d.whole ->> 'assessors')::integer into most
      from instruments_definition d where d.id = a.definition_id;
    -- Whoever was given a sheet stays: that somebody may use the instrument is asked again when
    -- they sign.
    if a.signed_at is not null or a.dropped_at is not null or a.opened_by_id <> daybook.viewer()
       or (select count(*) from assessments_sheet s where s.assessment_id = a.id) >= most
       or not exists (select from daybook.may_assess(a.person_id, a.definition_id) w
                       where w.id = new.assessor_id) then
        perform daybook.refuse_assessment('They can’t be an assessor.', 'assessments_assessor');
    end if;
    return new;
end $$;
create trigger assessments_sheet_is_given before insert on assessments_sheet
    for each row execute function daybook.give_sheet();

create function daybook.same_person_as_sheet() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (select from assessments_sheet s
                    where s.id = new.sheet_id and s.person_id = new.person_id
                      and (s.signed_at is null or session_user = 'daybook_owner')) then
        perform daybook.refuse_assessment(
            'The sheet is signed, or about somebody else.', 'assessments_sheet_is_signed');
    end if;
    return new;
end $$;
create trigger assessments_draft_of_its_sheet before insert or update on assessments_draft
    for each row execute function daybook.same_person_as_sheet();
create trigger assessments_basis_of_its_sheet before insert on assessments_basis
    for each row execute function daybook.same_person_as_sheet();
create trigger assessments_sheetanswer_of_its_sheet before insert on assessments_sheetanswer
    for each row execute function daybook.same_person_as_sheet();
create trigger assessments_account_of_its_sheet before insert on assessments_account
    for each row execute function daybook.same_person_as_sheet();

create function daybook.sign_sheet() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    a assessments_assessment;
    uses jsonb;
begin
    -- One at a time: of two who sign together, the second finds that all are signed.
    select * into strict a from assessments_assessment where id = new.assessment_id for update;
    if session_user <> 'daybook_owner' then
        if old.signed_at is not null or a.dropped_at is not null then
            perform daybook.refuse_assessment('It has ended.', 'assessments_goes_on');
        end if;
        new.signed_at := now();
        select d.whole -> 'uses' into uses from instruments_definition d where d.id = a.definition_id;
        if not exists (select from jsonb_array_elements_text(uses -> 'roles') r
                        where daybook.holds(r)) then
            perform daybook.refuse_assessment('Another role uses it.', 'assessments_role');
        end if;
        if not daybook.trained(new.assessor_id, array(
               select jsonb_array_elements_text(uses -> 'competences'))) then
            perform daybook.refuse_assessment('The training is not current.', 'assessments_trained');
        end if;
        if exists (select from daybook.missing_on_sheet(new.id)) then
            perform daybook.refuse_assessment('It is not whole.', 'assessments_sheet_is_whole');
        end if;
    end if;
    update assessments_draft set typed = '{}' where sheet_id = new.id;
    return new;
end $$;
create trigger assessments_sheet_is_signed before update of signed_at on assessments_sheet
    for each row execute function daybook.sign_sheet();

create function daybook.open_to_all() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update assessments_assessment a set signed_at = new.signed_at
      from instruments_definition d
     where a.id = new.assessment_id and d.id = a.definition_id and a.signed_at is null
       and (select count(*) from assessments_sheet s
             where s.assessment_id = a.id and s.signed_at is not null)
           = (d.whole ->> 'assessors')::integer;
    return null;
end $$;
create trigger assessments_sheet_opens_to_all after update of signed_at on assessments_sheet
    for each row execute function daybook.open_to_all();

create function daybook.talk_within_anchors() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (
        select from assessments_assessment a
          join instruments_definition d on d.id = a.definition_id,
               jsonb_array_elements(d.whole -> 'domains') o, jsonb_array_elements(o -> 'items') i
         where a.id = new.assessment_id and a.person_id = new.person_id
           and i ->> 'key' = new.item
           and (new.answer = '' or exists (
                select from jsonb_array_elements(i -> 'answers') w
                 where w ->> 'key' = new.answer))) then
        perform daybook.refuse_assessment('There is no such answer.', 'assessments_talk_anchored');
    end if;
    return new;
end $$;
create trigger assessments_talk_within_anchors before insert on assessments_talk
    for each row execute function daybook.talk_within_anchors();

create function daybook.differing(assessment uuid) returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    -- Items that the sheets answer differently and that nobody has talked about yet.
    select n.item::text
      from assessments_sheetanswer n
      join assessments_sheet s on s.id = n.sheet_id and s.assessment_id = differing.assessment
     group by n.item
    having count(distinct n.answer) > 1
       and not exists (select from assessments_talk t
                        where t.assessment_id = differing.assessment and t.item = n.item)
$$;

create function daybook.close_assessment() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    a assessments_assessment;
begin
    select * into strict a from assessments_assessment where id = new.assessment_id for update;
    if session_user <> 'daybook_owner' then
        if a.signed_at is null or a.closed_at is not null or a.dropped_at is not null
           or a.person_id <> new.person_id then
            perform daybook.refuse_assessment('It can’t be closed now.', 'assessments_goes_on');
        end if;
        if exists (select daybook.differing(a.id)) then
            perform daybook.refuse_assessment('Talk about it first.', 'assessments_talked_about');
        end if;
        if new.again_on > current_date + (
            select (d.whole ->> 'again_after_days')::integer from instruments_definition d
             where d.id = a.definition_id) or new.again_on <= current_date then
            perform daybook.refuse_assessment('It grows old before.', 'assessments_grows_old');
        end if;
        new.closed_at := now(); new.copied_at := null;
    end if;
    update assessments_assessment set closed_at = new.closed_at where id = a.id;
    return new;
end $$;
create trigger assessments_closing_closes before insert on assessments_closing
    for each row execute function daybook.close_assessment();

create function daybook.copy_once() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.copied_at is not null and session_user <> 'daybook_owner' then
        perform daybook.refuse_assessment('They have their copy.', 'assessments_copied_once');
    end if;
    return new;
end $$;
create trigger assessments_closing_copied_once before update on assessments_closing
    for each row execute function daybook.copy_once();

revoke all on function
    daybook.refuse_assessment(text, text), daybook.missing_on_sheet(uuid), daybook.differing(uuid)
    from public;
