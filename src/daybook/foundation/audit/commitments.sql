-- An entry about a signed record commits to it: HMAC-SHA256 of its form, under a salt of its own
-- that the app may never read. Whoever holds the log alone learns nothing of the record.

create table daybook.signed (kept_in text primary key, form text not null);
comment on table daybook.signed is 'Tables of signed records, and the query that gives their form.';

create function daybook.hmac_sha256(key bytea, message bytea) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
    -- RFC 2104, for keys of 32 bytes; bytes become bits to be combined, and bytes again, whose
    -- first four say how many bits there are.
    with padded as (select ('x' || encode(key, 'hex') || repeat('00', 32))::bit(512) as bits)
    select sha256(
               substring(bit_send(bits # ('x' || repeat('5c', 64))::bit(512)) from 5)
               || sha256(substring(bit_send(bits # ('x' || repeat('36', 64))::bit(512)) from 5)
                         || message))
      from padded
$$;

create function daybook.commit_to_record() returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$
declare
    query text;
    key text;
    form text;
    salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
begin
    if new.commitment is not null then
        -- A filling or an import, run by the owner, commits to many records at once.
        if session_user = 'daybook_owner' then
            return new;
        end if;
        raise exception 'A commitment is made here, and not brought.'
            using errcode = 'insufficient_privilege';
    end if;
    select s.form into query from daybook.signed s where s.kept_in = new.kept_in;
    if query is null then
        raise exception 'Nothing says what a signed record of % is.', new.kept_in;
    end if;
    execute query into key, form using array[new.record];
    if form is null then
        raise exception 'There is no % of this key to commit to.', new.kept_in
            using errcode = 'foreign_key_violation';
    end if;
    insert into audit_salt (entry, kept_in, record, salt)
    values (new.id, new.kept_in, new.record, salt);
    new.commitment := daybook.hmac_sha256(salt, convert_to(form, 'UTF8'));
    return new;
end $$;

create trigger audit_entry_commits before insert on audit_entry
    for each row when (new.kept_in <> '' or new.commitment is not null)
    execute function daybook.commit_to_record();

create function daybook.forget_record(kept_in text, records text[]) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    forgotten integer;
begin
    delete from audit_salt s
     where s.kept_in = forget_record.kept_in and s.record = any(forget_record.records);
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;

create trigger audit_salt_never_changes before update on audit_salt
    for each row execute function daybook.refuse_change();
create trigger audit_salt_never_emptied before truncate on audit_salt
    for each statement execute function daybook.refuse_change();

revoke all on function daybook.hmac_sha256(bytea, bytea), daybook.commit_to_record(),
    daybook.forget_record(text, text[]) from public;
