-- Whoever writes about somebody also writes where they lived on that day. Asked through the wall of
-- stays, that would cost what a list of everybody within reach does.

create function daybook.lived_on(person bigint, before timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not daybook.reaches(lived_on.person, 'wing', 'write') then
        return null;
    end if;
    return (select s.unit_id from people_stay s
             where s.person_id = lived_on.person and s.began_at < lived_on.before
             order by s.began_at desc limit 1);
end $$;

revoke all on function daybook.lived_on(bigint, timestamptz) from public;
grant execute on function daybook.lived_on(bigint, timestamptz) to daybook_app, daybook_wide;
