-- Made by the eraser itself, after every migration: what it makes runs with its rights.

create or replace function daybook.erase(erasure uuid) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    e retention_erasure;
    k daybook.kept;
    step daybook.goes_with;
    wholes text[];
    gone bigint;
    total bigint := 0;
begin
    select * into e from retention_erasure r where r.id = erase.erasure for update;
    if e.approved_at is null then
        raise exception 'No such erasure was approved.' using errcode = 'insufficient_privilege';
    end if;
    if e.erased_at is not null then
        return e.rows;
    end if;
    -- Whoever places a hold this very moment is waited for, and waits.
    perform pg_advisory_xact_lock(hashtext('daybook.hold'), e.person_key::int);
    if not e.replayed and daybook.is_held(e.person_key) then
        raise exception 'A hold stops it.' using errcode = 'check_violation';
    end if;
    perform set_config('daybook.erasing', e.id::text, true);
    select * into strict k from daybook.kept each where each.kind = e.kind;
    if k.whole <> '' then
        execute format('select array_agg(r.%I::text) from %I r where r.id = any($1::%s[])',
                       k.whole, k.kept_in, k.key_type) into wholes using e.keys;
    end if;
    for step in select * from daybook.goes_with g where g.kind = e.kind order by g.step loop
        execute format('delete from %I gone where ', step.kept_in) || step.rows
            using e.keys, e.person_key, wholes;
        get diagnostics gone = row_count;
        total := total + gone;
    end loop;
    -- No guess at what they said can be held against the log any more, and with the person go
    -- the keys of what was sealed about them.
    perform daybook.forget_record(k.kept_in, e.keys);
    if k.begins = 'last' then
        perform daybook.erase_data_keys(e.person_key::text, array(
            select distinct r.compartment::text from access_accessright r));
    end if;
    update retention_erasure r set erased_at = now(), rows = total where r.id = e.id;
    perform set_config('daybook.erasing', '', true);
    return total;
end $$;

revoke all on function daybook.erase(uuid) from public;
grant execute on function daybook.erase(uuid) to daybook_app, daybook_owner;
