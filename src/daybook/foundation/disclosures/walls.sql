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

create function daybook.everything(request uuid) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asked disclosures_accessrequest;
    k daybook.kept;
    piece daybook.given;
    keys text[];
    wholes text[];
    these jsonb;
    gathered jsonb := '{}';
begin
    select * into asked from disclosures_accessrequest a where a.id = everything.request;
    if not found or asked.person_id <> all(daybook.gives()) then
        raise exception 'Everything is gathered for a request that was decided, by who decides.'
            using errcode = 'insufficient_privilege';
    end if;
    for k in select * from daybook.kept each
              where each.kind <> all(asked.withheld) order by each.kind loop
        execute format('select array_agg(r.id::text) from %I r where r.%I = $1', k.kept_in, k.person)
            into keys using asked.person_id;
        continue when keys is null;
        wholes := null;
        if k.whole <> '' then
            execute format('select array_agg(r.%I::text) from %I r where r.%I = $1',
                           k.whole, k.kept_in, k.person) into wholes using asked.person_id;
        end if;
        for piece in select * from daybook.given g where g.kind = k.kind order by g.step loop
            execute format('select coalesce(jsonb_agg(to_jsonb(it)), ''[]'') from %I it where ',
                           piece.kept_in) || piece.rows
                into these using keys, asked.person_id, wholes;
            if these <> '[]' then
                gathered := jsonb_set(
                    case when gathered ? k.kind then gathered
                         else gathered || jsonb_build_object(k.kind, '{}'::jsonb) end,
                    array[k.kind, piece.kept_in], these);
            end if;
        end loop;
    end loop;
    return gathered || jsonb_build_object('beside', jsonb_build_object(
        -- Names to be made unreadable: of people who lived where the person did, and of staff.
        'people', (select coalesce(jsonb_agg(distinct jsonb_build_array(
                              p.given_name, p.family_name, p.known_as)), '[]')
                     from people_stay mine
                     join people_stay theirs on theirs.unit_id = mine.unit_id
                     join people_person p on p.id = theirs.person_id
                    where mine.person_id = asked.person_id and p.id <> asked.person_id),
        'staff', (select coalesce(jsonb_object_agg(w.id, jsonb_build_array(
                              w.given_name, w.family_name, w.post)), '{}') from staff_staff w),
        'units', (select coalesce(jsonb_object_agg(u.id, u.name), '{}') from places_unit u)));
end $$;

revoke all on function daybook.gives(), daybook.known_as(text), daybook.everything(uuid) from public;
grant execute on function daybook.gives(), daybook.known_as(text), daybook.everything(uuid)
    to daybook_app, daybook_wide, daybook_author;
