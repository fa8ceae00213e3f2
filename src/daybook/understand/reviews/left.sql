-- A review whose leads are gone: their role or their case ended, or the person was released. Whoever
-- keeps casework about the person now takes its steps, so that no review stays open for ever and
-- stands in the way of the next.

create function daybook.keeps_casework(staff bigint, person bigint) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Whether this member of staff both reads and writes casework about the person now.
    select exists (select from staff_staff w where w.id = $1 and w.is_active)
       and exists (select from daybook.reached_by($1, 'casework', 'read') who where who = $2)
       and exists (select from daybook.reached_by($1, 'casework', 'write') who where who = $2)
$$;

create function daybook.is_led(review uuid, person bigint) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Whether one of those who said yes to it still takes its steps.
    select exists (
        select from reviews_member m
         where m.review_id = $1 and m.accepted_at is not null and m.left_at is null
           and exists (select from access_assignment a
                        where a.staff_id = m.staff_id and a.role = m.part
                          and a.since <= now() and (a.until is null or a.until > now()))
           and daybook.keeps_casework(m.staff_id, $2))
$$;

-- An answer is given by those who rated; whoever comes to it later gives the review up.
alter policy closed_by_who_leads on reviews_closing
    with check (written_by_id = (select daybook.viewer())
                and review_id in (select unnest(daybook.reviews_in_hand()))
                and review_id in (select unnest(daybook.reviews_led())));

create function daybook.end_reviews_left_behind() returns table (review uuid, person bigint)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- A month after somebody left, with nobody who keeps casework about them: Daybook ends what
    -- goes on, so that it is kept no longer than others.
    if not daybook.everywhere('wing', 'write') then
        return;
    end if;
    return query
        update reviews_review r
           set ended_at = now(), given_up_by_id = daybook.viewer(),
               given_up_because = 'Nobody keeps casework about them any more.'
         where r.ended_at is null and daybook.has_left(r.person_id)
           and (select max(s.ended_at) from people_stay s where s.person_id = r.person_id)
               < now() - interval '30 days'
           and not exists (
               select from cases_teammember t join cases_case k on k.id = t.case_id
                where k.person_id = r.person_id
                  and daybook.keeps_casework(t.staff_id, r.person_id))
        returning r.id, r.person_id;
end $$;

revoke all on function daybook.keeps_casework(bigint, bigint), daybook.is_led(uuid, bigint),
    daybook.end_reviews_left_behind() from public;
grant execute on function daybook.end_reviews_left_behind() to daybook_wide;
