-- What was read about the person through an opening, for whoever reviews it: of the whole log,
-- numbered or not.

create or replace function daybook.read_through_glass(key uuid)
returns table (at timestamptz, subject text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not read_through_glass.key = any(daybook.reviews_glass()) then
        return;
    end if;
    return query
        select e.at, e.subject::text
          from breakglass_opening o
          join staff_staff w on w.id = o.staff_id
          join audit_log e on e.at >= o.opened_at and e.at <= coalesce(o.closed_at, o.ends_at)
                          and e.staff_key = w.key and e.kind = 'consultation'
                          and e.people @> array[o.person_id]
         where o.id = read_through_glass.key
         order by e.at;
end $$;

revoke all on function daybook.read_through_glass(uuid) from public;
grant execute on function daybook.read_through_glass(uuid) to daybook_app;
