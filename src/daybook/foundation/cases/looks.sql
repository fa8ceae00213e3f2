-- Who has looked at what stands about somebody: for whoever leads their case, of the kinds of
-- record that lead reaches; for data protection about one person at a time, on an inquiry with a
-- name; for the oversight body all of it. It scopes itself: nobody else gets a row, and the app
-- reads the log in no other way. The function that reads it is nobody's to call.

create or replace function daybook.leads_for(person bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from cases_case k
         where k.person_id = leads_for.person and k.lead_id = daybook.viewer()
           and k.closed_at is null and k.ends_on >= current_date);
end $$;

create or replace function daybook.looks_in_log(
    person bigint, since timestamptz, until timestamptz, zone text, reached text[],
    inspects boolean)
returns table (day date, given_name text, family_name text, post text, grounds text[],
               compartments text[], alone boolean, times bigint, first_at timestamptz,
               last_at timestamptz, reason text, recipient text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select (e.at at time zone zone)::date, w.given_name::text, w.family_name::text,
           w.post::text, e.grounds::text[],
           array(select c::text from unnest(e.compartments) c where c = any(reached) order by c),
           cardinality(e.people) = 1, count(*), min(e.at), max(e.at),
           e.reason::text, e.recipient::text
      from audit_log e left join staff_staff w on w.key = e.staff_key
     where e.people @> array[looks_in_log.person]
       and e.at >= since and e.at < until
       and e.kind in ('consultation', 'disclosure')
       -- What was read of kinds of record that whoever asks does not reach stays unsaid.
       and (inspects or e.compartments <@ '{identity}' or exists (
            select from unnest(e.compartments) c where c = any(reached) and c <> 'identity'))
       -- Oversight, data protection and the desk show to oversight alone.
       and (inspects or (cardinality(e.grounds) > 0 and not exists (
            select from unnest(e.grounds) g
             where split_part(g, ' ', 1) in ('oversight', 'data-protection-officer',
                                             'analyst', 'source-custodian'))))
     group by 1, 2, 3, 4, 5, 6, 7, 11, 12
     order by 1 desc, 10 desc
$$;

create or replace function daybook.looks_at(
    person bigint, since timestamptz, until timestamptz, zone text)
returns table (day date, given_name text, family_name text, post text, grounds text[],
               compartments text[], alone boolean, times bigint, first_at timestamptz,
               last_at timestamptz, reason text, recipient text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    inspects boolean := daybook.everywhere('cases', 'read');
    reached text[];
begin
    if not inspects and not daybook.leads_for(person) then
        return;
    end if;
    select array_agg(distinct r.compartment) into reached from access_accessright r
     where inspects or looks_at.person = any(daybook.reach(r.compartment, 'read'));
    return query select * from daybook.looks_in_log(
        looks_at.person, looks_at.since, looks_at.until, looks_at.zone, reached, inspects);
end $$;

create or replace function daybook.looks_on_inquiry(
    person bigint, since timestamptz, until timestamptz, zone text, inquiry text)
returns table (day date, given_name text, family_name text, post text, grounds text[],
               compartments text[], alone boolean, times bigint, first_at timestamptz,
               last_at timestamptz, reason text, recipient text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not daybook.protects_data() or btrim(inquiry) = '' then
        raise exception 'Data protection asks who looked, and names the inquiry.'
            using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from people_person p where p.id = looks_on_inquiry.person) then
        raise exception 'Nobody has this key.' using errcode = 'no_data_found';
    end if;
    return query select * from daybook.looks_in_log(
        looks_on_inquiry.person, looks_on_inquiry.since, looks_on_inquiry.until,
        looks_on_inquiry.zone,
        array(select distinct r.compartment::text from access_accessright r), false);
end $$;

revoke all on function daybook.leads_for(bigint),
    daybook.looks_in_log(bigint, timestamptz, timestamptz, text, text[], boolean),
    daybook.looks_at(bigint, timestamptz, timestamptz, text),
    daybook.looks_on_inquiry(bigint, timestamptz, timestamptz, text, text) from public;
grant execute on function daybook.leads_for(bigint),
    daybook.looks_at(bigint, timestamptz, timestamptz, text) to daybook_app, daybook_wide;
grant execute on function
    daybook.looks_on_inquiry(bigint, timestamptz, timestamptz, text, text) to daybook_app;
