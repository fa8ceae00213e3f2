-- Keys go out by name, one question at a time, to a live sign-in; nobody lists them. What may be
-- read with one is held where the sealed words lie. The owner fills and rotates.

create function daybook.may_use_data_keys() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return session_user = 'daybook_owner' or daybook.viewer() is not null;
end $$;

create function daybook.data_keys(names uuid[])
returns table (id uuid, whose text, compartment text, wrapped bytea, service_key text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return query
        select k.id, k.whose::text, k.compartment::text, k.wrapped, k.service_key::text
          from vault_datakey k
         where k.id = any(data_keys.names) and daybook.may_use_data_keys();
end $$;

create function daybook.data_key_for(whose text, compartment text)
returns table (id uuid, wrapped bytea, service_key text)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Held until what is sealed with it is saved: an erasure waits, and takes that with it.
    return query
        select k.id, k.wrapped, k.service_key::text
          from vault_datakey k
         where k.whose = data_key_for.whose and k.compartment = data_key_for.compartment
           and k.erased_at is null and daybook.may_use_data_keys()
           for share;
end $$;

create function daybook.keep_data_key(
    name uuid, whose text, compartment text, wrapped bytea, service_key text
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Of two who write first at one moment the second finds the other's key.
    if daybook.may_use_data_keys() then
        insert into vault_datakey (id, whose, compartment, wrapped, service_key, made_at)
        values (name, keep_data_key.whose, keep_data_key.compartment, keep_data_key.wrapped,
                keep_data_key.service_key, now())
        on conflict do nothing;
    end if;
end $$;

create function daybook.service_keys_in_use() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(select distinct k.service_key from vault_datakey k where k.erased_at is null);
end $$;

-- Erases the keys of one person, or source, in some compartments, and with them every word sealed
-- there. No role of the app may; a reviewed erasure is given the right.
create function daybook.erase_data_keys(whose text, compartments text[]) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    erased bigint;
begin
    update vault_datakey k set wrapped = null, erased_at = now()
     where k.whose = erase_data_keys.whose and k.compartment = any(erase_data_keys.compartments)
       and k.erased_at is null;
    get diagnostics erased = row_count;
    return erased;
end $$;

create function daybook.keep_keys() returns trigger language plpgsql as $$
declare
    same vault_datakey := old;
begin
    if tg_op = 'UPDATE' and old.erased_at is null then
        same.wrapped := new.wrapped;
        same.service_key := new.service_key;
        same.erased_at := new.erased_at;
        if new is not distinct from same then
            return new;
        end if;
    end if;
    raise exception 'A data key is wrapped anew or erased, and nothing else.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger vault_datakey_kept before update or delete on vault_datakey
    for each row execute function daybook.keep_keys();
create trigger vault_datakey_never_emptied before truncate on vault_datakey
    for each statement execute function daybook.refuse_change();

-- No policy and no grant: to every role of the app this table is shut.
alter table vault_datakey enable row level security;

revoke all on function daybook.may_use_data_keys(), daybook.data_keys(uuid[]),
    daybook.data_key_for(text, text), daybook.keep_data_key(uuid, text, text, bytea, text),
    daybook.service_keys_in_use(), daybook.erase_data_keys(text, text[]) from public;
grant execute on function daybook.data_keys(uuid[]), daybook.data_key_for(text, text),
    daybook.keep_data_key(uuid, text, text, bytea, text), daybook.service_keys_in_use()
    to daybook_app, daybook_wide, daybook_author;
