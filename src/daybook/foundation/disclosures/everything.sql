-- Everything about somebody, for a request that was decided. What they said of themselves for
-- equality’s sake is theirs too: data protection alone gathers it, nobody who works with them.

create or replace function daybook.everything(request uuid) returns jsonb
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
              where each.kind <> all(asked.withheld)
                and (each.kind <> 'declaration' or daybook.protects_data())
              order by each.kind loop
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
