-- Whoever moves somebody may not reach them where they come to live, nor once they have left:
-- this ends the stay that was before their eyes and begins the next, and does nothing else.

create function daybook.move_on(
    person bigint, stay bigint, unit bigint, cell bigint, at timestamptz, reason text,
    ended_as text, out outcome text, out left_unit bigint, out began bigint
) language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me bigint := daybook.viewer();
    here people_stay;
begin
    -- Two officers at once: the second waits here, and reads what the first wrote.
    select * into here from people_stay s
     where s.id = move_on.stay and s.person_id = move_on.person for update;
    if here.ended_by_id = me and here.ended_at = move_on.at then
        outcome := 'again';
        return;
    end if;
    -- To write for 72 hours after somebody left is not to move them: who moves also reads.
    if here.id is null
       or here.person_id <> all(daybook.reach('identity', 'write'))
       or here.person_id <> all(daybook.reach('identity', 'read')) then
        outcome := 'absent';
        return;
    end if;
    if here.ended_at is not null then
        outcome := 'overtaken';
        return;
    end if;
    update people_stay s
       set ended_at = move_on.at, ended_by_id = me, ended_as = move_on.ended_as
     where s.id = here.id;
    -- Whoever goes elsewhere from court or hospital is out under escort no longer.
    if move_on.unit is distinct from here.unit_id then
        update people_escort e set back_at = greatest(e.left_at, move_on.at)
         where e.person_id = here.person_id and e.back_at is null;
    end if;
    if move_on.unit is null then
        -- Nobody reaches through an assignment whom the service no longer holds.
        update people_cover c set until = greatest(now(), c.since + interval '1 microsecond')
         where c.person_id = here.person_id and c.until > now();
        update people_personalofficer p set until = greatest(now(), p.since)
         where p.person_id = here.person_id and p.until is null;
    else
        insert into people_stay (person_id, unit_id, cell_id, began_at, reason, source)
        values (here.person_id, move_on.unit, move_on.cell, move_on.at, move_on.reason, '')
        returning id into began;
    end if;
    outcome := 'done';
    left_unit := here.unit_id;
end $$;

revoke all on function
    daybook.move_on(bigint, bigint, bigint, bigint, timestamptz, text, text) from public;
grant execute on function
    daybook.move_on(bigint, bigint, bigint, bigint, timestamptz, text, text) to daybook_app;
