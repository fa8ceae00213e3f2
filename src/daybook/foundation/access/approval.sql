-- Approving the role table: the one way in which a right that widens reach comes to hold. The
-- app can't write the table that policies read; this function copies what the code shipped.

create function daybook.approve_roles(key uuid, fingerprint text, reason text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    proposed access_proposal;
begin
    if not daybook.protects_data() then
        raise exception 'The data-protection officer approves the role table.'
            using errcode = 'insufficient_privilege';
    end if;
    lock table access_approval in share row exclusive mode;
    select * into proposed from access_proposal p order by p.id desc limit 1;
    -- What is approved is what was read, and not what came meanwhile.
    if proposed.fingerprint is distinct from approve_roles.fingerprint then
        return false;
    end if;
    insert into access_approval (id, proposal_id, approved_by_id, approved_at, reason)
    values (approve_roles.key, proposed.id, daybook.viewer(), now(), btrim(approve_roles.reason))
    on conflict (proposal_id) do nothing;
    delete from access_accessright where true;
    insert into access_accessright (role, compartment, reach, reads, writes)
    select c.role, c.compartment, c.reach, c.reads, c.writes
      from jsonb_to_recordset(proposed.cells)
           as c(role text, compartment text, reach text, reads boolean, writes boolean);
    return true;
end $$;

revoke all on function daybook.approve_roles(uuid, text, text) from public;
grant execute on function daybook.approve_roles(uuid, text, text) to daybook_app;
grant select on access_proposal, access_approval to daybook_app, daybook_wide, daybook_author;
