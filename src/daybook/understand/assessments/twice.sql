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

create function daybook.answered_beside(definition bigint)
returns table (assessor bigint, talk bigint, item text, own text, other text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Each answer of the last year beside that of the colleague who looked at the same, apart.
    select s.assessor_id, dense_rank() over (order by a.id), x.item::text, x.answer::text,
           y.answer::text
      from assessments_assessment a
      join assessments_sheet s on s.assessment_id = a.id
      join assessments_sheet t on t.assessment_id = a.id and t.id <> s.id
      join assessments_sheetanswer x on x.sheet_id = s.id
      join assessments_sheetanswer y on y.sheet_id = t.id and y.item = x.item
     where a.definition_id = answered_beside.definition and a.signed_at > now() - interval '1 year'
$$;

create function daybook.my_answers_beside(definition bigint)
returns table (talk bigint, item text, mine text, theirs text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- For the assessor alone. Whom it was about and who the colleague was is not said.
    return query
        select dense_rank() over (order by b.talk), b.item, b.own, b.other
          from daybook.answered_beside(my_answers_beside.definition) b
         where b.assessor = daybook.viewer();
end $$;

create function daybook.answers_beside(definition bigint)
returns table (assessor bigint, talk bigint, item text, own text, other text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- For those who train, under numbers drawn anew each time, so that nobody can be told apart or
    -- followed; and of fewer than ten assessors nothing.
    if not daybook.holds('training-unit') then
        return;
    end if;
    return query
        with beside as materialized (
            select b.* from daybook.answered_beside(answers_beside.definition) b
        ), drawn as (
            select w.assessor, row_number() over (order by random()) as number
              from (select distinct b.assessor from beside b) w
        )
        select n.number, b.talk, b.item, b.own, b.other
          from beside b join drawn n on n.assessor = b.assessor
         where (select count(*) from drawn) >= 10
         order by random();
end $$;

revoke all on function daybook.answered_beside(bigint) from public;
revoke all on function
    daybook.answered_twice(bigint), daybook.my_answers_beside(bigint),
    daybook.answers_beside(bigint)
    from public;
grant execute on function
    daybook.answered_twice(bigint), daybook.my_answers_beside(bigint),
    daybook.answers_beside(bigint)
    to daybook_app, daybook_wide;
