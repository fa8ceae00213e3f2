-- A keep-apart is two notes, one for each of two people. Whoever writes, reviews or ends the one
-- may not reach the other person: these carry it across to the other note, and do nothing else.

create function daybook.person_numbered(number text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whom a whole number means, for those who may keep people apart; nothing where two share it.
    if cardinality(daybook.reach('safety', 'write')) = 0 then
        return null;
    end if;
    return (select case when count(distinct i.person_id) = 1 then min(i.person_id) end
              from people_identifier i where i.number = person_numbered.number);
end $$;

create function daybook.keep_the_other_apart(note uuid, key uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into safety_unlocknote (id, person_id, kind, apart_from_id, pair, instruction, reason,
                                   written_by_id, written_at, review_on, ended_because)
    select keep_the_other_apart.key, n.apart_from_id, n.kind, n.person_id, n.pair, n.instruction,
           n.reason, n.written_by_id, n.written_at, n.review_on, ''
      from safety_unlocknote n
     where n.id = keep_the_other_apart.note and n.kind = 'keep-apart' and n.ended_at is null
       and n.written_by_id = daybook.viewer();
    if not found then
        raise exception 'Only who wrote the first note writes the second.'
            using errcode = 'insufficient_privilege';
    end if;
end $$;

create function daybook.review_the_other(review uuid, key uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into safety_review (id, person_id, note_id, words, reviewed_by_id, reviewed_at, next_on)
    select review_the_other.key, o.person_id, o.id, r.words, r.reviewed_by_id, r.reviewed_at,
           r.next_on
      from safety_review r
      join safety_unlocknote n on n.id = r.note_id
      join safety_unlocknote o on o.pair = n.pair and o.id <> n.id
     where r.id = review_the_other.review and r.reviewed_by_id = daybook.viewer()
       and o.ended_at is null;
    update safety_unlocknote o set review_on = r.next_on
      from safety_review r
     where r.id = review_the_other.key and o.id = r.note_id;
end $$;

create function daybook.end_the_other(note uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update safety_unlocknote o
       set ended_at = n.ended_at, ended_by_id = n.ended_by_id, ended_because = n.ended_because
      from safety_unlocknote n
     where n.id = end_the_other.note and n.ended_by_id = daybook.viewer()
       and o.pair = n.pair and o.id <> n.id and o.ended_at is null;
end $$;

revoke all on function
    daybook.person_numbered(text), daybook.keep_the_other_apart(uuid, uuid),
    daybook.review_the_other(uuid, uuid), daybook.end_the_other(uuid) from public;
grant execute on function
    daybook.person_numbered(text), daybook.keep_the_other_apart(uuid, uuid),
    daybook.review_the_other(uuid, uuid), daybook.end_the_other(uuid) to daybook_app;
