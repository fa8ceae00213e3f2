-- Which records may be laid on a board, whether they still stand, and to whom an item goes back.
-- What goes back to one origin has the same origin, however many hands it went through.

create or replace function daybook.reflection_stands(reflection uuid, person bigint) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- About this person, neither taken back nor struck, and not being contested.
    select exists (
        select from reflections_reflection r
         where r.id = $1 and r.person_id = $2 and r.withdrawn_at is null and r.struck_at is null
           and not exists (
               select from contests_contest c
                where c.kind = 'reflection' and c.record = r.id
                  and not exists (select from contests_settlement s where s.contest_id = c.id)))
$$;

create or replace function daybook.assessment_stands(assessment uuid, person bigint) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- About this person, closed, and not being contested.
    select exists (
        select from assessments_assessment a
         where a.id = $1 and a.person_id = $2 and a.closed_at is not null
           and not exists (
               select from contests_contest c
                where c.kind = 'assessment' and c.record = a.id
                  and not exists (select from contests_settlement s where s.contest_id = c.id)))
$$;

create or replace function daybook.record_stands(kind text, record uuid, person bigint) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select case $1 when '' then true
                   when 'reflection' then daybook.reflection_stands($2, $3)
                   when 'information' then daybook.is_citable($2)
                   when 'assessment' then daybook.assessment_stands($2, $3)
                   else false end
$$;

create or replace function daybook.lay_evidence() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review := daybook.review_at(new.review_id, new.person_id);
    by_owner boolean := session_user = 'daybook_owner';
    said text;
begin
    if not by_owner and (r.rating_since is not null or r.ended_at is not null) then
        perform daybook.refuse_stage('gathers');
    end if;
    if not by_owner and new.struck_at is not null then
        raise exception 'It is laid before it is taken back.' using errcode = 'check_violation';
    end if;
    case new.record_kind
    when 'reflection' then
        if not by_owner and not (
            daybook.reflection_stands(new.record, new.person_id)
            and (daybook.reaches(new.person_id, 'wing', 'read')
                 or exists (select from reflections_reflection f
                             where f.id = new.record and f.author_id = daybook.viewer()))) then
            raise exception 'There is no such reflection that stands.'
                using errcode = 'foreign_key_violation', constraint = 'reviews_evidence_stands';
        end if;
        select 'staff:' || f.author_id into said
          from reflections_reflection f where f.id = new.record;
    when 'information' then
        if not by_owner and not exists (select from daybook.citable(array[new.person_id]) c
                                         where c.concern = new.record) then
            raise exception 'Nothing may rest on what is unconfirmed.'
                using errcode = 'restrict_violation', constraint = 'reviews_evidence_stands';
        end if;
        select o.origin into said from daybook.information_origins(array[new.record]) o
         where o.sort = 'report' and o.node = new.record;
    when 'assessment' then
        if not by_owner and not (
            daybook.assessment_stands(new.record, new.person_id)
            and daybook.reaches(new.person_id, 'casework', 'read')) then
            raise exception 'There is no such assessment that is closed.'
                using errcode = 'foreign_key_violation', constraint = 'reviews_evidence_stands';
        end if;
        -- To whoever assessed; of two, to the first who signed.
        select 'staff:' || s.assessor_id into said
          from assessments_sheet s
         where s.assessment_id = new.record and s.signed_at is not null
         order by s.signed_at, s.id limit 1;
    else
        select e.origin into new.origin from reviews_evidence e
         where e.id = new.same_as_id and e.review_id = new.review_id;
        if new.same_as_id is not null then
            if new.origin is null then
                raise exception 'It goes back to an item of this review.'
                    using errcode = 'foreign_key_violation';
            end if;
            return new;
        end if;
        said := case
            when new.source = 'own-words' then 'person'
            when btrim(new.told_by) <> '' then
                'told:' || lower(regexp_replace(btrim(new.told_by), '\s+', ' ', 'g'))
            else 'staff:' || new.written_by_id end;
    end case;
    if said is null then
        raise exception 'It goes back to nobody.' using errcode = 'foreign_key_violation',
            constraint = 'reviews_evidence_stands';
    end if;
    new.origin := daybook.hide_origin(new.review_id, said);
    return new;
end $$;
create or replace trigger reviews_evidence_laid before insert on reviews_evidence
    for each row execute function daybook.lay_evidence();

revoke all on function daybook.reflection_stands(uuid, bigint),
    daybook.assessment_stands(uuid, bigint), daybook.record_stands(text, uuid, bigint) from public;
