-- Whom a screen is for: somebody who came within the days after which it is old, and of whom none
-- is under way or was closed since. Whoever may answer it is told that it is missing, also where
-- they read no assessment of a colleague.

create function daybook.arrived_unscreened(screen bigint)
returns table (person_id bigint, came_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    d instruments_definition;
begin
    select * into strict d from instruments_definition where id = arrived_unscreened.screen;
    if d.protocol <> 'screen'
       or not exists (select from jsonb_array_elements_text(d.whole -> 'uses' -> 'roles') r
                       where daybook.holds(r)) then
        return;
    end if;
    return query
        select s.person_id, max(s.began_at)
          from people_stay s
         where s.person_id = any(daybook.reach('casework', 'write'))
           and s.began_at > now() - make_interval(days => (d.whole ->> 'again_after_days')::integer)
           and s.began_at <= now()
           and exists (select from people_stay h
                        where h.person_id = s.person_id and h.ended_at is null)
           -- A move begins a stay as well: nobody came who left another less than a day before.
           and not exists (select from people_stay e
                            where e.person_id = s.person_id and e.began_at < s.began_at
                              and coalesce(e.ended_at, s.began_at)
                                  >= s.began_at - interval '24 hours')
           and not exists (select from assessments_assessment a
                             join instruments_definition v on v.id = a.definition_id
                            where a.person_id = s.person_id and v.key = d.key
                              and a.dropped_at is null
                              and coalesce(a.closed_at, now()) >= s.began_at)
         group by s.person_id;
end $$;

revoke all on function daybook.arrived_unscreened(bigint) from public;
grant execute on function daybook.arrived_unscreened(bigint) to daybook_app;
