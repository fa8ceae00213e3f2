-- What was written for somebody's safety stays as it was written. A row is answered, ended or
-- replaced once, by whoever is looking, and never otherwise changed: also not by the owner.

create function daybook.kept_but(old_row jsonb, new_row jsonb, answers text[]) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select old_row - answers = new_row - answers
$$;

create function daybook.keep_safety() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    was jsonb := to_jsonb(old);
    answered text;
    answers text[] := tg_argv[1]::text[];
    at_once text[] := string_to_array(tg_argv[0], ' ');
begin
    if tg_op = 'DELETE' then
        raise exception 'What was written for somebody''s safety is not removed.'
            using errcode = 'insufficient_privilege';
    end if;
    if daybook.seals(was, to_jsonb(new)) then
        return new;
    end if;
    if not daybook.kept_but(was, to_jsonb(new), answers) then
        raise exception 'What was written for somebody''s safety is not rewritten.'
            using errcode = 'insufficient_privilege';
    end if;
    -- Of what may be answered, nothing is answered twice.
    foreach answered in array at_once loop
        if coalesce(was ->> answered, '') <> '' and was -> answered <> to_jsonb(new) -> answered then
            raise exception 'This was answered already.' using errcode = 'insufficient_privilege';
        end if;
    end loop;
    return new;
end $$;

-- The first argument names the columns that are set once, the second all that may change.
create trigger safety_unlocknote_kept before update or delete on safety_unlocknote
    for each row execute function daybook.keep_safety(
        'ended_at', '{review_on,ended_at,ended_by_id,ended_because}');
create trigger safety_plan_kept before update or delete on safety_plan
    for each row execute function daybook.keep_safety(
        'replaced_at handed_back_at',
        '{review_on,replaced_at,handed_back_at,handed_back_by_id,handed_back_to,handed_back_because}');
create trigger safety_concern_kept before update or delete on safety_concern
    for each row execute function daybook.keep_safety(
        'words acknowledged_at ended_at',
        '{words,acknowledged_by_id,acknowledged_at,ended_at,ended_by_id,ended_how,ended_words}');
create trigger safety_checkin_kept before update or delete on safety_checkin
    for each row execute function daybook.keep_safety(
        'done_at withdrawn_at', '{came_of_it,words,done_by_id,done_at,withdrawn_at}');
create trigger safety_separation_kept before update or delete on safety_separation
    for each row execute function daybook.keep_safety(
        'ended_on', '{ended_on,ended_by_id,ended_because}');
create trigger safety_turn_kept before update or delete on safety_turn
    for each row execute function daybook.keep_safety('', '{until}');

-- The event itself opens a check-in, also where whoever moves somebody on reaches them no
-- longer, or may write nothing else about them: this opens one, and does nothing else.
create function daybook.open_check_in(
    key uuid, person bigint, occasion text, source text, opens timestamptz, due timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if daybook.viewer() is null and session_user <> 'daybook_owner' then
        raise exception 'Nobody is looking.' using errcode = 'insufficient_privilege';
    end if;
    insert into safety_checkin (id, person_id, occasion, source, opens_at, due_at, opened_at,
                                came_of_it, words)
    values (key, person, occasion, source, opens, due, now(), '', '')
    on conflict do nothing;
    return found;
end $$;

-- What opened them was corrected or taken back (or, without a source, the person left): what
-- nobody has done yet is owed no more. What was done stays done.
create function daybook.withdraw_check_ins(person bigint, source text) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    withdrawn integer;
begin
    if daybook.viewer() is null and session_user <> 'daybook_owner' then
        raise exception 'Nobody is looking.' using errcode = 'insufficient_privilege';
    end if;
    update safety_checkin c set withdrawn_at = now()
     where c.person_id = withdraw_check_ins.person and c.done_at is null
       and c.withdrawn_at is null
       and (withdraw_check_ins.source is null
            or split_part(c.source, '/', 1) = withdraw_check_ins.source);
    get diagnostics withdrawn = row_count;
    return withdrawn;
end $$;

-- Nobody makes a check-in go away by hand: it is done, or what opened it is taken back.
create function daybook.keep_owed() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if new.withdrawn_at is distinct from old.withdrawn_at and current_user <> 'daybook_owner' then
        raise exception 'A check-in is owed until it is done.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger safety_checkin_owed before update on safety_checkin
    for each row execute function daybook.keep_owed();

-- Whoever reaches somebody must know from whom to keep them apart, wherever that person lives.
create function daybook.kept_apart()
returns table (person_id bigint, apart_from bigint, given_name text, family_name text,
               known_as text, unit_id bigint, unit text, cell text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    wide boolean := daybook.everywhere('safety', 'read');
    reached bigint[] := daybook.reach('safety', 'read');
begin
    return query
        select n.person_id, n.apart_from_id, p.given_name::text, p.family_name::text,
               p.known_as::text, u.id, u.name::text, c.name::text
          from safety_unlocknote n
          join people_person p on p.id = n.apart_from_id
          left join people_stay s on s.person_id = n.apart_from_id and s.ended_at is null
          left join places_unit u on u.id = s.unit_id
          left join places_cell c on c.id = s.cell_id
         where n.ended_at is null and n.struck_at is null and (wide or n.person_id = any(reached));
end $$;

revoke all on function
    daybook.open_check_in(uuid, bigint, text, text, timestamptz, timestamptz),
    daybook.withdraw_check_ins(bigint, text),
    daybook.kept_apart() from public;
grant execute on function
    daybook.open_check_in(uuid, bigint, text, text, timestamptz, timestamptz),
    daybook.withdraw_check_ins(bigint, text),
    daybook.kept_apart()
    to daybook_app, daybook_wide, daybook_author;
