-- Whose steps a joint review waits for.

create or replace function daybook.reviews_led() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
begin
    -- Reviews whose steps the viewer takes for the team: members who keep casework about the
    -- person; one that they opened just now; and, for whoever keeps casework about the person, one
    -- that none of its members leads any more.
    return array(
        with kept as materialized (
            select unnest(daybook.reach('casework', 'read'))
            intersect select unnest(daybook.reach('casework', 'write'))
        )
        select r.id from reviews_review r
         where r.id = any(daybook.reviews_in_hand()) and r.person_id in (select * from kept)
        union
        select r.id from reviews_review r
         where r.written_by_id = me and r.ended_at is null
           and not exists (select from reviews_member m where m.review_id = r.id)
        union
        select r.id from reviews_review r
         where r.ended_at is null and r.person_id in (select * from kept)
           and not daybook.is_led(r.id, r.person_id));
end $$;
