-- Whoever answers a concern reads what was written of that person in the last fourteen days, and
-- no more of the wing's book, and no longer than the concern or its plan is open.

create function daybook.written_lately(person bigint) returns setof jsonb
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not daybook.answers_for(written_lately.person) then
        return;
    end if;
    return query
        select to_jsonb(r) || jsonb_build_object(
                   'author', jsonb_build_array(w.given_name, w.family_name),
                   'reflections_rating', (
                       select coalesce(jsonb_agg(to_jsonb(t)), '[]') from reflections_rating t
                        where t.reflection_id = r.id and t.struck_at is null))
          from reflections_reflection r join staff_staff w on w.id = r.author_id
         where r.person_id = written_lately.person and r.withdrawn_at is null
           and r.struck_at is null and r.saved_at > now() - interval '14 days'
         order by r.day desc, r.saved_at desc;
end $$;

revoke all on function daybook.written_lately(bigint) from public;
grant execute on function daybook.written_lately(bigint) to daybook_app;
