-- What hides who an item goes back to, and which items have ended.

-- Which records stand is said in laying.sql, which comes after it.
set local check_function_bodies = off;

create table daybook.origin_key (key bytea not null);
comment on table daybook.origin_key is 'What origins of evidence are hidden with. It stays as it is.';
comment on column daybook.origin_key.key is 'Random. No role of the app reads it.';
insert into daybook.origin_key (key) select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

create function daybook.hide_origin(review uuid, said text) returns text
language plpgsql stable as $$
declare
    secret bytea := (select k.key from daybook.origin_key k);
begin
    -- The same origin reads the same within one review, and nowhere else; nobody reads who it is.
    return encode(sha256(secret || sha256(secret
        || convert_to(concat_ws(' ', hide_origin.review, hide_origin.said), 'UTF8'))), 'hex');
end $$;

create function daybook.evidence_ended_in(review uuid) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Items whose record has ended since: they are shown as that, and count no more.
    select coalesce(array_agg(e.id), '{}') from reviews_evidence e
     where e.review_id = $1 and e.record_kind <> ''
       and not daybook.record_stands(e.record_kind, e.record, e.person_id)
$$;

revoke all on function daybook.hide_origin(uuid, text), daybook.evidence_ended_in(uuid)
    from public;
