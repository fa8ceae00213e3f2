-- What the daily record can say to a review: worked out by Daybook itself, which reads everybody's
-- ratings and no casework. Whoever sees the review reads it; no member of staff writes one.

create function daybook.reviews_to_read()
returns table (review uuid, person bigint, dates date[])
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Reviews that go on, whom they are about, and the days on which something was or will be
    -- decided about that person. Of a review Daybook learns nothing else.
    if not daybook.everywhere('wing', 'write') then
        return;
    end if;
    return query
        select r.id, r.person_id, array(
                   select k."on" from people_keydate k
                    where k.person_id = r.person_id and k.kind = 'hearing'
                   union
                   select c.next_on from reviews_closing c where c.person_id = r.person_id)
          from reviews_review r
         where r.ended_at is null
         order by r.id;
end $$;

revoke all on function daybook.reviews_to_read() from public;
grant execute on function daybook.reviews_to_read() to daybook_app, daybook_wide, daybook_author;

do $$
declare
    tbl text;
begin
    foreach tbl in array array['reviews_recordreading', 'reviews_recordquality'] loop
        execute format($sql$
            alter table %1$s enable row level security;
            grant select on %1$s to daybook_app;
            grant select, insert, update on %1$s to daybook_wide;
            create policy seen_with_its_review on %1$s for select to daybook_app
                using (review_id in (select unnest(daybook.reviews_seen())));
            create policy seen_everywhere on %1$s for select to daybook_wide
                using ((select daybook.everywhere('casework', 'read')));
            create policy seen_by_daybook on %1$s for select to daybook_wide
                using ((select daybook.everywhere('wing', 'write')));
            create policy worked_out on %1$s for insert to daybook_wide
                with check ((select daybook.everywhere('wing', 'write')));
            create policy worked_out_again on %1$s for update to daybook_wide
                using ((select daybook.everywhere('wing', 'write')));
        $sql$, tbl);
    end loop;
end $$;

create function daybook.keep_as_read() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Read anew while the review goes on, and kept as it was read once it has ended.
    if exists (select from reviews_review r where r.id = old.review_id and r.ended_at is not null)
       or (new.id, new.review_id, new.person_id) is distinct from
          (old.id, old.review_id, old.person_id)
       or new.made_at < old.made_at then
        raise exception 'What a review was told stays as it was read.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger reviews_recordreading_kept before update on reviews_recordreading
    for each row execute function daybook.keep_as_read();
create trigger reviews_recordquality_kept before update on reviews_recordquality
    for each row execute function daybook.keep_as_read();
