-- The sequencer numbers what was committed, and moves it, word for word, from the table where it
-- waited into the ledger. What commits late is simply found later: nothing is left out, nothing
-- is numbered twice, and no number is missing.

create function daybook.number_entries(most integer) returns table (number bigint, hash bytea)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    last bigint;
begin
    -- One at a time: whoever comes while another counts goes away again.
    if not pg_try_advisory_xact_lock(hashtextextended('daybook.number_entries', 0)) then
        return;
    end if;
    select coalesce(max(l.number), 0) into last from audit_leaf l;
    insert into audit_leaf (number, {columns}, hash)
    select number, {columns}, sha256('\x00'::bytea || {line})
      from (select last + row_number() over (order by e.id) as number, {columns}
              from (select * from audit_entry order by id limit most) e) n;
    if not found then
        return;
    end if;
    delete from audit_entry e using audit_leaf l where l.id = e.id and l.number > last;
    return query select l.number, l.hash from audit_leaf l where l.number > last order by 1;
end $$;
revoke all on function daybook.number_entries(integer) from public;
grant execute on function daybook.number_entries(integer) to daybook_app;

create function daybook.keep_until_numbered() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (
        select from audit_leaf l
         where l.id = old.id and row({numbered}) is not distinct from row({waiting})
    ) then
        raise exception 'An entry of the log is never removed.'
            using errcode = 'insufficient_privilege';
    end if;
    return old;
end $$;
drop trigger audit_entry_never_changes on audit_entry;
create trigger audit_entry_never_changes before update on audit_entry
    for each row execute function daybook.refuse_change();
create trigger audit_entry_kept_until_numbered before delete on audit_entry
    for each row execute function daybook.keep_until_numbered();

create trigger audit_leaf_never_changes before update or delete on audit_leaf
    for each row execute function daybook.refuse_change();
create trigger audit_leaf_never_emptied before truncate on audit_leaf
    for each statement execute function daybook.refuse_change();
create trigger audit_node_never_changes before update or delete on audit_node
    for each row execute function daybook.refuse_change();
create trigger audit_node_never_emptied before truncate on audit_node
    for each statement execute function daybook.refuse_change();
create trigger audit_head_never_changes before update or delete on audit_head
    for each row execute function daybook.refuse_change();
create trigger audit_head_never_emptied before truncate on audit_head
    for each statement execute function daybook.refuse_change();

-- Entries come and go here all day.
alter table audit_entry set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create view audit_log as
    select number, {columns} from audit_leaf
    union all
    select null, {columns} from audit_entry;
comment on view audit_log is 'The whole log: what is numbered, and what still waits for it.';
