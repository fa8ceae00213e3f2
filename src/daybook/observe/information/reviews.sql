-- Daybook itself tells who leads which urgent steps are to be reviewed. It reads nothing of them
-- but whom, where, by whom and until which day.

create function daybook.urgent_steps_to_review(today date)
returns table (id uuid, person bigint, unit bigint, decided_by bigint, review_on date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not daybook.at_the_desk() then
        return;
    end if;
    return query
        select p.id, p.person_id, s.unit_id, p.written_by_id, p.review_on
          from information_protection p
          join people_stay s on s.person_id = p.person_id and s.ended_at is null
         where p.reviewed_at is null and p.review_on <= urgent_steps_to_review.today
         order by p.review_on, p.id;
end $$;

revoke all on function daybook.urgent_steps_to_review(date) from public;
grant execute on function daybook.urgent_steps_to_review(date) to daybook_app, daybook_wide;
