-- Who decides what is given to somebody about themselves, and the one function that gathers
-- everything, for a request that was decided.

create function daybook.gives() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- About whom the viewer decides on a request: data protection about everybody, whoever leads
    -- an open case about the person of it.
    if daybook.protects_data() then
        return (select coalesce(array_agg(p.id), '{}') from people_person p);
    end if;
    return (select coalesce(array_agg(k.person_id), '{}') from cases_case k
             where k.lead_id = daybook.viewer()
               and k.closed_at is null and k.ends_on >= current_date);
end $$;

create function daybook.known_as(number text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- For data protection, which finds nobody by name: whose number it is, in any system.
    if not daybook.protects_data() then
        return null;
    end if;
    return (select i.person_id from people_identifier i
             where i.number = btrim(known_as.number) order by i.id limit 1);
end $$;

revoke all on function daybook.gives(), daybook.known_as(text), daybook.everything(uuid) from public;
grant execute on function daybook.gives(), daybook.known_as(text), daybook.everything(uuid)
    to daybook_app, daybook_wide, daybook_author;
