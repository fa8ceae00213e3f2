-- How alike two assessors answer, as a whole: pairs of answers to one item, counted. Nobody is named,
-- nobody in custody and nobody on the staff, and of few nothing is said.

create function daybook.answered_twice(definition bigint)
returns table (item text, first text, second text, times integer)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if daybook.viewer() is null then
        return;
    end if;
    -- The first is the one whose sheet was given out first.
    return query
        with pairs as (
            select x.item, x.answer as first, y.answer as second,
                   s.assessor_id as one, t.assessor_id as other
              from assessments_assessment a
              join assessments_sheet s on s.assessment_id = a.id
              join assessments_sheet t on t.assessment_id = a.id and t.id > s.id
              join assessments_sheetanswer x on x.sheet_id = s.id
              join assessments_sheetanswer y on y.sheet_id = t.id and y.item = x.item
             where a.definition_id = answered_twice.definition and a.signed_at is not null
        ), enough as (
            select p.item from pairs p, unnest(array[p.one, p.other]) who
             group by p.item having count(distinct who) >= 5 and count(*) >= 40
        )
        select p.item::text, p.first::text, p.second::text, count(*)::integer
          from pairs p where p.item in (select e.item from enough e)
         group by p.item, p.first, p.second;
end $$;

create function daybook.assessor_drift(definition bigint)
returns table (item text, mine text, theirs text, on_day date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- One's own answers beside those of colleagues who looked at the same, apart: for the assessor
    -- alone. Whom it was about and who the colleague was is not said.
    return query
        select x.item::text, x.answer::text, y.answer::text, s.signed_at::date
          from assessments_sheet s
          join assessments_assessment a on a.id = s.assessment_id and a.signed_at is not null
          join assessments_sheet t on t.assessment_id = a.id and t.id <> s.id
          join assessments_sheetanswer x on x.sheet_id = s.id
          join assessments_sheetanswer y on y.sheet_id = t.id and y.item = x.item
         where s.assessor_id = daybook.viewer() and a.definition_id = assessor_drift.definition
           and s.signed_at > now() - interval '12 months';
end $$;

create function daybook.assessors_drift(definition bigint)
returns table (assessor integer, item text, theirs text, others text, half integer)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    how_many integer;
begin
    -- For those who train: the same of everybody, under numbers drawn anew each time, so that
    -- nobody can be told apart or followed; and of fewer than ten assessors nothing.
    if not daybook.holds('training-unit') then
        return;
    end if;
    select count(distinct s.assessor_id) into how_many
      from assessments_sheet s join assessments_assessment a on a.id = s.assessment_id
     where a.definition_id = assessors_drift.definition and a.signed_at is not null
       and s.signed_at > now() - interval '12 months';
    if how_many < 10 then
        return;
    end if;
    return query
        with drawn as (
            select w.assessor_id, (row_number() over (order by random()))::integer as number
              from (select distinct s.assessor_id
                      from assessments_sheet s
                      join assessments_assessment a on a.id = s.assessment_id
                     where a.definition_id = assessors_drift.definition) w
        )
        select n.number, x.item::text, x.answer::text, y.answer::text,
               case when s.signed_at > now() - interval '6 months' then 2 else 1 end
          from assessments_sheet s
          join drawn n on n.assessor_id = s.assessor_id
          join assessments_assessment a on a.id = s.assessment_id and a.signed_at is not null
          join assessments_sheet t on t.assessment_id = a.id and t.id <> s.id
          join assessments_sheetanswer x on x.sheet_id = s.id
          join assessments_sheetanswer y on y.sheet_id = t.id and y.item = x.item
         where a.definition_id = assessors_drift.definition
           and s.signed_at > now() - interval '12 months'
         order by random();
end $$;

revoke all on function
    daybook.answered_twice(bigint), daybook.assessor_drift(bigint), daybook.assessors_drift(bigint)
    from public;
grant execute on function
    daybook.answered_twice(bigint), daybook.assessor_drift(bigint), daybook.assessors_drift(bigint)
    to daybook_app, daybook_wide;
