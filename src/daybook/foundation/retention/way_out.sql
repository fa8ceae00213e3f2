-- Reviewed erasure: the only way out for a record. One role may delete, nobody signs in as it,
-- and it does what two people have said, unless a hold stops it.

-- Where each kind is kept and what goes with it, in order. Written from the registry after every
-- migration, so that neither can know a kind that the other does not.
create table daybook.kept (
    kind text primary key, kept_in text not null, key_type text not null, person text not null,
    day text not null, ends text not null, begins text not null, whole text not null);
create table daybook.goes_with (
    kind text not null references daybook.kept on delete cascade, step int not null,
    kept_in text not null, rows text not null, primary key (kind, step));
create table daybook.given (
    kind text not null references daybook.kept on delete cascade, step int not null,
    kept_in text not null, rows text not null, primary key (kind, step));
comment on table daybook.given is 'What somebody is given who asks for everything: as above.';
comment on table daybook.kept is 'Kinds of record about people, and where they are kept.';
comment on table daybook.goes_with is 'What an erasure takes, in order: $1 keys, $2 person, $3 wholes.';

create function daybook.keeps_limits() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whoever answers for the list of what is due: data protection, and who leads the place;
    -- and Daybook itself, which makes it.
    return exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role in ('data-protection-officer', 'governor', 'clerk')
           and a.since <= now() and (a.until is null or a.until > now())
    );
end $$;

create function daybook.preserves() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whose records the viewer may put on hold: data protection everybody's, others in reach.
    if daybook.protects_data() then
        return (select coalesce(array_agg(p.id), '{}') from people_person p);
    end if;
    if exists (
        select from access_assignment a
         where a.staff_id = daybook.viewer() and a.role in ('governor', 'duty-manager')
           and a.since <= now() and (a.until is null or a.until > now())
    ) then
        return daybook.reach('identity', 'read');
    end if;
    return '{}';
end $$;

create function daybook.is_held(person bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from retention_hold h
                    where h.person_id = is_held.person and h.lifted_at is null)
$$;

create function daybook.counts_days() returns void
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not daybook.at_the_desk() and not daybook.protects_data()
       and session_user <> 'daybook_owner' then
        raise exception 'Daybook itself, or data protection, asks what is due.'
            using errcode = 'insufficient_privilege';
    end if;
end $$;

create function daybook.limit_facts(whom bigint[])
returns table (person_key bigint, left_on date, sentenced boolean, born_on date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- What the periods depend on, of these people or, where null, of everybody.
    perform daybook.counts_days();
    return query
        select p.id,
               case when daybook.has_left(p.id) then
                   (select max(s.ended_at)::date from people_stay s where s.person_id = p.id)
               else (select l.since from people_legalstatus l
                      where l.person_id = p.id and l.until is null and l.status = 'ended'
                        and not exists (select from people_stay s where s.person_id = p.id))
               end,
               exists (select from people_legalstatus l where l.person_id = p.id
                          and l.status in ('sentenced', 'conditional-release', 'probation')),
               p.born_on
          from people_person p
         where limit_facts.whom is null or p.id = any(limit_facts.whom);
end $$;

create function daybook.due(kind text, people bigint[], days date[])
returns table (person_key bigint, keys text[])
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    k daybook.kept;
    named record;
begin
    -- Keys of the records of a kind that are dated, for each of these people, up to a day.
    perform daybook.counts_days();
    select * into strict k from daybook.kept each where each.kind = due.kind;
    if k.begins = 'last' then
        -- Due with the last record that names them.
        for person_key in select unnest(due.people) loop
            keys := array[person_key::text];
            for named in
                select c.conrelid::regclass as tbl, a.attname as col
                  from pg_constraint c
                  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                 where c.contype = 'f' and c.confrelid = k.kept_in::regclass
                   and c.conrelid::regclass::text not in (
                       select g.kept_in from daybook.goes_with g where g.kind = k.kind)
            loop
                execute format('select case when exists (select from %s where %I = $1)'
                               ' then null else $2 end', named.tbl, named.col)
                    into keys using person_key, keys;
                exit when keys is null;
            end loop;
            if keys is not null then
                return next;
            end if;
        end loop;
        return;
    end if;
    return query execute format(
        'select r.%1$I, array_agg(r.id::text order by r.id)'
        '  from unnest($1, $2) as asked(person, until)'
        '  join %2$I r on r.%1$I = asked.person and r.%3$I < asked.until + 1'
        ' group by r.%1$I',
        k.person, k.kept_in, case when k.begins = 'end' then k.ends else k.day end)
        using due.people, due.days;
end $$;

-- ---- Locks of the room's own tables ----

create function daybook.keep_erasure() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    may_alter text[];
begin
    if tg_op = 'DELETE' then
        raise exception 'The ledger of erasures only grows.' using errcode = 'insufficient_privilege';
    end if;
    -- On a restored backup the owner carries out again what two people had approved.
    if session_user = 'daybook_owner' and (tg_op = 'INSERT' or new.replayed and not old.replayed)
    then
        return new;
    end if;
    if tg_op = 'INSERT' then
        if new.approved_at is not null or new.erased_at is not null or new.replayed
           or new.kept_at is not null
           or (new.proposed_at is null and not daybook.at_the_desk()) then
            raise exception 'An erasure begins as listed or proposed.'
                using errcode = 'insufficient_privilege';
        end if;
    else
        if old.erased_at is not null or old.lapsed_at is not null
           or old.kept_at is not null and new.erased_at is null then
            raise exception 'What was settled stays so.' using errcode = 'insufficient_privilege';
        end if;
        may_alter := case
            when old.proposed_at is null and new.proposed_at is not null
                then '{proposed_by_id,proposed_at,reason}'
            when old.kept_at is null and new.kept_at is not null
                then '{kept_by_id,kept_at,reason,look_again_on,proposed_by_id,proposed_at}'
            when old.approved_at is null and new.approved_at is not null
                then '{approved_by_id,approved_at}'
            when new.erased_at is not null then '{erased_at,rows}'
            when old.proposed_at is null then '{keys,lapsed_at}'
            else '{}' end;
        if to_jsonb(old) - may_alter <> to_jsonb(new) - may_alter then
            raise exception 'An erasure is proposed, kept, approved and carried out, step by step.'
                using errcode = 'insufficient_privilege';
        end if;
    end if;
    if new.proposed_by_id is distinct from me and (
        tg_op = 'INSERT' and new.proposed_at is not null
        or tg_op = 'UPDATE' and old.proposed_at is null and new.proposed_at is not null) then
        raise exception 'Nobody proposes for another.' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and old.kept_at is null and new.kept_at is not null
       and (new.kept_by_id is distinct from me or not daybook.protects_data()) then
        raise exception 'Data protection keeps what is due.' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and old.approved_at is null and new.approved_at is not null then
        if new.approved_by_id is distinct from me or not daybook.protects_data()
           or new.proposed_by_id = me then
            raise exception 'Data protection approves what somebody else has proposed.'
                using errcode = 'insufficient_privilege';
        end if;
        if daybook.is_held(new.person_key) then
            raise exception 'A hold stops it.' using errcode = 'check_violation';
        end if;
    end if;
    -- Whoever carries out is the eraser's function; it alone owns the way here.
    if tg_op = 'UPDATE' and new.erased_at is distinct from old.erased_at
       and coalesce(current_setting('daybook.erasing', true), '') <> new.id::text then
        raise exception 'An erasure is carried out, not claimed.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger retention_erasure_stays before insert or update or delete on retention_erasure
    for each row execute function daybook.keep_erasure();
create trigger retention_erasure_never_emptied before truncate on retention_erasure
    for each statement execute function daybook.refuse_change();

create function daybook.keep_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        -- Whoever erases this very moment is waited for.
        perform pg_advisory_xact_lock(hashtext('daybook.hold'), new.person_id::int);
        return new;
    end if;
    if tg_op = 'DELETE' or old.lifted_at is not null
       or to_jsonb(old) - '{lifted_at,lifted_by_id,lifted_because}'::text[]
          <> to_jsonb(new) - '{lifted_at,lifted_by_id,lifted_because}'::text[]
       or session_user <> 'daybook_owner' and (
          not daybook.protects_data() or new.lifted_by_id is distinct from daybook.viewer()) then
        raise exception 'A hold is lifted once, by data protection, with a reason.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger retention_hold_stays before insert or update or delete on retention_hold
    for each row execute function daybook.keep_hold();

-- ---- Locks of everybody's tables ----

create function daybook.keep_signed() returns trigger language plpgsql as $$
begin
    -- The argument names the columns that are set after it was signed, such as when it ended.
    if to_jsonb(old) - tg_argv[0]::text[] <> to_jsonb(new) - tg_argv[0]::text[] then
        raise exception 'Rows of % are signed, and signed means locked.', tg_table_name
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function daybook.erase_as_approved() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    e retention_erasure;
    about bigint;
begin
    -- The eraser, too, takes only what two people have approved, about this one person.
    select * into e from retention_erasure r
     where r.id = nullif(current_setting('daybook.erasing', true), '')::uuid;
    about := coalesce((to_jsonb(old) ->> tg_argv[0])::bigint, e.person_key);
    if e.approved_at is null or e.erased_at is not null or about is distinct from e.person_key then
        raise exception 'No erasure of it was approved.' using errcode = 'insufficient_privilege';
    end if;
    if not e.replayed and daybook.is_held(e.person_key) then
        raise exception 'A hold stops it.' using errcode = 'check_violation';
    end if;
    return old;
end $$;

create function daybook.not_erased_here(erasures uuid[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    -- Of erasures that a ledger tells of, those this database has not seen: it was restored.
    select coalesce(array_agg(told.id), '{}') from unnest(not_erased_here.erasures) told(id)
     where not exists (select from retention_erasure e
                        where e.id = told.id and e.erased_at is not null)
$$;

create function daybook.ledger(after timestamptz)
returns table (id uuid, kind text, person_key bigint, keys text[], proposed_by uuid,
               approved_by uuid, erased_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform daybook.counts_days();
    return query
        select e.id, e.kind::text, e.person_key, e.keys::text[], p.key, a.key, e.erased_at
          from retention_erasure e
          join staff_staff p on p.id = e.proposed_by_id
          join staff_staff a on a.id = e.approved_by_id
         where e.erased_at is not null and (ledger.after is null or e.erased_at >= ledger.after)
         order by e.erased_at, e.id;
end $$;

revoke all on function daybook.keeps_limits(), daybook.preserves(), daybook.is_held(bigint),
    daybook.counts_days(), daybook.limit_facts(bigint[]), daybook.due(text, bigint[], date[]),
    daybook.not_erased_here(uuid[]), daybook.ledger(timestamptz) from public;
grant execute on function daybook.keeps_limits(), daybook.preserves(),
    daybook.limit_facts(bigint[]), daybook.due(text, bigint[], date[]),
    daybook.not_erased_here(uuid[]), daybook.ledger(timestamptz)
    to daybook_app, daybook_wide, daybook_author;
grant execute on function daybook.is_held(bigint) to daybook_app, daybook_wide, daybook_eraser;
grant select on daybook.kept, daybook.goes_with, access_accessright to daybook_eraser;
grant execute on function daybook.forget_record(text, text[]),
    daybook.erase_data_keys(text, text[]) to daybook_eraser;
grant select, update (erased_at, rows) on retention_erasure to daybook_eraser;
create policy carried_out on retention_erasure for select to daybook_eraser using (true);
create policy carried_out_now on retention_erasure for update to daybook_eraser using (true);
