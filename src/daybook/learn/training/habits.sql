-- A habit is its rater's alone. Those who train see a whole of ten raters or more, and no figure
-- from which a smaller one could be taken away: each establishment stands for itself, no sum over
-- several is given, and what is given is rounded.

create function daybook.trains() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role = 'training-unit'
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

create function daybook.how_alike()
returns table (establishment bigint, channel bigint, month date, raters integer,
               apart numeric, moved integer)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- apart: how far two raters stand from one another, as a standard deviation in steps.
    -- moved: raters in a hundred, to the next ten, whose habit and that of three months before lie
    -- outside one another's intervals. Null, and no count, where fewer than ten raters are there.
    return query
        with both_looks as (
            select now_.establishment_id, now_.channel_id, now_.month, now_.habit,
                   earlier.id is not null as known,
                   now_.low > earlier.habit and now_.habit > earlier.high
                   or now_.high < earlier.habit and now_.habit < earlier.low as has_moved
              from training_habit now_
              left join training_habit earlier
                on earlier.rater_id = now_.rater_id and earlier.channel_id = now_.channel_id
               and earlier.establishment_id = now_.establishment_id
               and earlier.month = (now_.month - interval '3 months')::date
        )
        select b.establishment_id, b.channel_id, b.month,
               case when count(*) >= 10 then (count(*) / 5 * 5)::integer end,
               case when count(*) >= 10 then round(stddev_samp(b.habit)::numeric, 1) end,
               case when count(*) filter (where b.known) >= 10
                    then (round(10.0 * count(*) filter (where b.has_moved)
                          / count(*) filter (where b.known)) * 10)::integer end
          from both_looks b
         where (select daybook.trains())
         group by b.establishment_id, b.channel_id, b.month;
end $$;

revoke all on function daybook.trains(), daybook.how_alike() from public;
grant execute on function daybook.trains(), daybook.how_alike()
    to daybook_app, daybook_wide, daybook_author;

alter table training_habit enable row level security;
grant select on training_habit to daybook_app, daybook_wide, daybook_author;
grant insert on training_habit to daybook_wide;
create policy seen_by_its_rater on training_habit for select
    to daybook_app, daybook_wide, daybook_author using (rater_id = (select daybook.viewer()));
-- Worked out by Daybook itself, for the whole service; no member of staff writes one.
create policy worked_out on training_habit for insert to daybook_wide
    with check ((select daybook.everywhere('wing', 'write')));
