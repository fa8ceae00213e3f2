-- What is told in confidence. A chaplain's notes are seen by their writer alone; a clinician's by
-- those of the discipline who work with the person. No rank, no case and no breaking of glass
-- opens either; whoever keeps them answers a request, and the oversight body reads by the person's
-- own word.

create function daybook.holds(role text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = holds.role
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

create function daybook.hears(discipline text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Of whom the viewer may write in this discipline.
    if discipline = 'chaplaincy' and daybook.holds('chaplain') then
        return daybook.reach('pastoral', 'write');
    elsif discipline = 'psychology' and daybook.holds('psychologist') then
        return daybook.reach('health', 'write');
    elsif discipline = 'care' and daybook.holds('on-call-care') then
        return daybook.reach('health', 'write');
    end if;
    return '{}';
end $$;

create function daybook.reads_in_confidence(discipline text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Of whom the viewer reads what colleagues were told: psychology among its own, and both by
    -- care for as long as it answers. A chaplain's notes: of nobody.
    if discipline = 'psychology' or discipline = 'care' and daybook.holds('on-call-care') then
        return daybook.reach('health', 'read');
    end if;
    return '{}';
end $$;

create function daybook.consented(kept text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Who has said that the oversight body may read; to anybody else, nobody.
    if not daybook.holds('oversight') then
        return '{}';
    end if;
    return array(
        select c.person_id from confidences_consent c
         where c.kept = consented.kept and c.ended_at is null
           and current_date between c.given_on and c.until
    );
end $$;

-- Who answers a request: the source custodian; chaplains where the person is, psychologists on the
-- person's case; and whoever wrote a note of it that stands, wherever the person went. Never
-- whoever asks.
create function daybook.keepers(question uuid, keeper bigint)
returns table (asked uuid, staff bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return query
        with held as (
            select a.staff_id, a.role::text, a.establishment_id from access_assignment a
             where a.role in ('chaplain', 'psychologist', 'on-call-care', 'source-custodian')
               and a.since <= now() and (a.until is null or a.until > now())
               and a.staff_id = coalesce(keepers.keeper, a.staff_id)
        ), asked_for as (
            select q.id, q.kept::text, q.person_id, q.written_by_id from confidences_question q
             where q.id = coalesce(keepers.question, q.id)
        )
        select q.id, found.staff_id from asked_for q join lateral (
            select h.staff_id from held h
             where q.kept = 'source-identity' and h.role = 'source-custodian'
            union
            select h.staff_id
              from held h
              join places_unit u on u.establishment_id = h.establishment_id
              join people_stay s on s.unit_id = u.id and s.ended_at is null
             where q.kept = 'pastoral' and h.role = 'chaplain' and s.person_id = q.person_id
            union
            select h.staff_id
              from held h
              join cases_teammember t on t.staff_id = h.staff_id
              join cases_case k on k.id = t.case_id
             where q.kept = 'health' and h.role = 'psychologist' and k.person_id = q.person_id
               and t.since <= now() and (t.until is null or t.until > now())
               and k.closed_at is null and k.ends_on >= current_date
               and not daybook.has_left(k.person_id)
            union
            select h.staff_id
              from held h join confidences_confidence n on n.written_by_id = h.staff_id
             where n.person_id = q.person_id and n.struck_at is null
               and case n.discipline
                   when 'chaplaincy' then q.kept = 'pastoral' and h.role = 'chaplain'
                   when 'psychology' then q.kept = 'health' and h.role = 'psychologist'
                   else q.kept = 'health' and h.role = 'on-call-care' end
        ) found on found.staff_id <> q.written_by_id;
end $$;

create function daybook.keepers_of(question uuid) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Who is told that something waits: for whoever has just asked.
    return array(
        select k.staff from confidences_question q, daybook.keepers(q.id, null) k
         where q.id = keepers_of.question and q.written_by_id = daybook.viewer());
end $$;

create function daybook.kept_by_viewer() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(select k.asked from daybook.keepers(null, daybook.viewer()) k);
end $$;

create function daybook.sources_asked_for() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- The custodian opens who a source is while a request for it waits, and not before or after.
    if not daybook.holds('source-custodian') then
        return '{}';
    end if;
    return array(
        select q.source_id from confidences_question q
         where q.source_id is not null
           and not exists (select from confidences_answer a where a.question_id = q.id));
end $$;

create function daybook.is_source(source uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from confidences_source s where s.id = is_source.source);
end $$;

create function daybook.reads_kind(compartment text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
          join access_accessright r on r.role = a.role and r.compartment = reads_kind.compartment
         where a.staff_id = daybook.viewer() and r.reads
           and a.since <= now() and (a.until is null or a.until > now()));
end $$;

create function daybook.writes_kind(compartment text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
          join access_accessright r on r.role = a.role and r.compartment = writes_kind.compartment
         where a.staff_id = daybook.viewer() and r.writes
           and a.since <= now() and (a.until is null or a.until > now()));
end $$;

create function daybook.named_in_confidence(people bigint[])
returns table (id bigint, given_name text, family_name text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    to_answer uuid[] := daybook.kept_by_viewer();
begin
    -- Names of those whom the viewer wrote of, asked about or is asked about, also once they are
    -- out of reach; and of those who let the oversight body read.
    return query
        select p.id, p.given_name::text, p.family_name::text from people_person p
         where p.id = any(named_in_confidence.people) and (
            exists (select from confidences_confidence n
                     where n.person_id = p.id and n.written_by_id = me and n.struck_at is null)
            or exists (select from confidences_question q
                        where q.person_id = p.id and (q.written_by_id = me or q.id = any(to_answer)))
            or p.id = any(daybook.consented('pastoral')) or p.id = any(daybook.consented('health')));
end $$;

create function daybook.strike_confidence(note uuid, because text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    struck bigint;
begin
    -- Its writer alone; nobody else, data protection neither, opens what was struck.
    update confidences_confidence n
       set struck_at = now(), struck_because = strike_confidence.because
     where n.id = strike_confidence.note and n.written_by_id = daybook.viewer()
       and n.struck_at is null;
    get diagnostics struck = row_count;
    return struck = 1;
end $$;

create function daybook.keep_confidence() returns trigger language plpgsql as $$
declare
    same confidences_confidence := old;
begin
    if tg_op = 'UPDATE' and old.struck_at is null then
        same.struck_at := new.struck_at;
        same.struck_because := new.struck_because;
        if new is not distinct from same and (
            (new.struck_because = 'taken-back') = (old.written_at + interval '15 minutes' >= now())
        ) then
            return new;
        end if;
    end if;
    raise exception 'A note is taken back within 15 minutes, or struck later, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_consent() returns trigger language plpgsql as $$
declare
    same confidences_consent := old;
begin
    if tg_op = 'UPDATE' and old.ended_at is null then
        same.ended_at := new.ended_at;
        same.ended_by_id := new.ended_by_id;
        if new is not distinct from same then
            return new;
        end if;
    end if;
    raise exception 'A consent is taken back once, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;

revoke all on function daybook.holds(text), daybook.hears(text), daybook.reads_in_confidence(text),
    daybook.consented(text), daybook.keepers(uuid, bigint), daybook.keepers_of(uuid),
    daybook.kept_by_viewer(), daybook.sources_asked_for(), daybook.is_source(uuid),
    daybook.reads_kind(text), daybook.writes_kind(text), daybook.named_in_confidence(bigint[]),
    daybook.strike_confidence(uuid, text) from public;
grant execute on function daybook.holds(text), daybook.hears(text),
    daybook.reads_in_confidence(text), daybook.consented(text), daybook.keepers_of(uuid),
    daybook.kept_by_viewer(), daybook.sources_asked_for(), daybook.is_source(uuid),
    daybook.reads_kind(text), daybook.writes_kind(text), daybook.named_in_confidence(bigint[]),
    daybook.strike_confidence(uuid, text)
    to daybook_app, daybook_wide, daybook_author;

-- Notes. The first wall asks as the writer, or as a clinician who works with the person.

alter table confidences_confidence enable row level security;
grant select, insert on confidences_confidence to daybook_app;
grant select on confidences_confidence to daybook_author, daybook_wide;
create policy seen_within_the_discipline on confidences_confidence for select to daybook_app
    using (person_id = any(case discipline
        when 'psychology' then (select daybook.reads_in_confidence('psychology'))::bigint[]
        when 'care' then (select daybook.reads_in_confidence('care'))::bigint[] end));
create policy seen_as_one_s_own on confidences_confidence for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy seen_by_the_person_s_word on confidences_confidence for select to daybook_wide
    using (person_id = any(case discipline
        when 'chaplaincy' then (select daybook.consented('pastoral'))::bigint[]
        else (select daybook.consented('health'))::bigint[] end));
create policy struck_is_sealed on confidences_confidence as restrictive for select
    to daybook_app, daybook_wide, daybook_author using (struck_at is null);
create policy heard_within_reach on confidences_confidence for insert to daybook_app
    with check (
        written_by_id = (select daybook.viewer())
        and person_id = any(case discipline
            when 'chaplaincy' then (select daybook.hears('chaplaincy'))::bigint[]
            when 'psychology' then (select daybook.hears('psychology'))::bigint[]
            when 'care' then (select daybook.hears('care'))::bigint[] end));

-- What is added: seen with its note, written by the writer of the note.

alter table confidences_addition enable row level security;
grant select on confidences_addition to daybook_app, daybook_wide;
grant select, insert on confidences_addition to daybook_author;
create policy seen_with_its_note on confidences_addition for select
    to daybook_app, daybook_wide, daybook_author
    using (exists (select from confidences_confidence n where n.id = confidence_id));
create policy added_to_one_s_own on confidences_addition for insert to daybook_author
    with check (
        written_by_id = (select daybook.viewer())
        and exists (select from confidences_confidence n
                     where n.id = confidence_id and n.person_id = confidences_addition.person_id));

-- Who a source is: taken down by whoever may write information, opened by the custodian alone.

alter table confidences_source enable row level security;
grant select, insert on confidences_source to daybook_app;
grant select on confidences_source to daybook_wide, daybook_author;
create policy opened_by_the_custodian on confidences_source for select to daybook_wide
    using (id = any((select daybook.sources_asked_for())::uuid[]));
create policy taken_down on confidences_source for insert to daybook_app
    with check (
        written_by_id = (select daybook.viewer()) and (select daybook.writes_kind('information')));

-- Requests: seen by who asks, by who answers, and by the oversight body with the person's word.

alter table confidences_question enable row level security;
grant select, insert on confidences_question to daybook_app;
grant select on confidences_question to daybook_wide, daybook_author;
create policy seen_by_who_answers on confidences_question for select to daybook_app
    using (id = any((select daybook.kept_by_viewer())::uuid[]));
create policy seen_as_one_s_own on confidences_question for select to daybook_author
    using (written_by_id = (select daybook.viewer()));
create policy seen_from_everywhere on confidences_question for select to daybook_wide
    using (case kept
        when 'source-identity' then id = any((select daybook.kept_by_viewer())::uuid[])
        when 'pastoral' then person_id = any((select daybook.consented('pastoral'))::bigint[])
        else person_id = any((select daybook.consented('health'))::bigint[]) end);
-- Whoever puts information into context asks about sources, and never what a chaplain heard.
create policy asked_within_reach on confidences_question for insert to daybook_app
    with check (
        written_by_id = (select daybook.viewer())
        and case kept
            when 'source-identity' then (select daybook.reads_kind('information'))
            else person_id = any((select daybook.reach('identity', 'read'))::bigint[])
                 and not (select daybook.holds('analyst')) end);

alter table confidences_answer enable row level security;
grant select, insert on confidences_answer to daybook_app, daybook_wide;
grant select on confidences_answer to daybook_author;
create policy seen_with_its_question on confidences_answer for select
    to daybook_app, daybook_wide, daybook_author
    using (exists (select from confidences_question q where q.id = question_id));
create policy given_by_who_keeps_it on confidences_answer for insert
    to daybook_app, daybook_wide
    with check (
        written_by_id = (select daybook.viewer())
        and question_id = any((select daybook.kept_by_viewer())::uuid[]));

alter table confidences_consent enable row level security;
grant select, insert, update (ended_at, ended_by_id) on confidences_consent to daybook_app;
grant select on confidences_consent to daybook_wide, daybook_author;
create policy seen_by_who_hears on confidences_consent for select to daybook_app
    using (person_id = any(case kept
        when 'pastoral' then (select daybook.reach('pastoral', 'write'))::bigint[]
        when 'health' then (select daybook.reach('health', 'write'))::bigint[] end));
create policy seen_by_whom_it_lets_read on confidences_consent for select to daybook_wide
    using (person_id = any(case kept
        when 'pastoral' then (select daybook.consented('pastoral'))::bigint[]
        when 'health' then (select daybook.consented('health'))::bigint[] end));
create policy taken_down_by_who_hears on confidences_consent for insert to daybook_app
    with check (
        written_by_id = (select daybook.viewer())
        and person_id = any(case kept
            when 'pastoral' then (select daybook.reach('pastoral', 'write'))::bigint[]
            when 'health' then (select daybook.reach('health', 'write'))::bigint[] end));
create policy ended_by_who_hears on confidences_consent for update to daybook_app
    using (person_id = any(case kept
        when 'pastoral' then (select daybook.reach('pastoral', 'write'))::bigint[]
        when 'health' then (select daybook.reach('health', 'write'))::bigint[] end))
    with check (ended_by_id = (select daybook.viewer()));

create trigger confidences_confidence_kept before update or delete on confidences_confidence
    for each row execute function daybook.keep_confidence();
create trigger confidences_confidence_never_emptied before truncate on confidences_confidence
    for each statement execute function daybook.refuse_change();
create trigger confidences_consent_kept before update or delete on confidences_consent
    for each row execute function daybook.keep_consent();
create trigger confidences_consent_never_emptied before truncate on confidences_consent
    for each statement execute function daybook.refuse_change();
create trigger confidences_confidence_signed_now before insert on confidences_confidence
    for each row execute function daybook.sign_now();
create trigger confidences_addition_signed_now before insert on confidences_addition
    for each row execute function daybook.sign_now();
create trigger confidences_source_signed_now before insert on confidences_source
    for each row execute function daybook.sign_now();
create trigger confidences_question_signed_now before insert on confidences_question
    for each row execute function daybook.sign_now();
create trigger confidences_answer_signed_now before insert on confidences_answer
    for each row execute function daybook.sign_now();
create trigger confidences_consent_signed_now before insert on confidences_consent
    for each row execute function daybook.sign_now();
