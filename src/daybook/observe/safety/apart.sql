-- Nobody is kept apart for more than fifteen days on end with under two hours of meaningful
-- contact a day: not by beginning anew, nor by writing days otherwise than they were. Also not
-- by the owner. The same count as rules/apart.py.

create function daybook.contact_on(person bigint, day date) returns bigint
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(sum(c.minutes), 0) from safety_contactday c
     where c.person_id = contact_on.person and c.day = contact_on.day
$$;

create function daybook.fifteen_days() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    day date := new.began_on - 1;
    days integer := 0;
begin
    if tg_op = 'UPDATE' then
        if new.ended_on is distinct from old.ended_on
           and new.ended_on not between current_date - 1 and current_date + 1 then
            raise exception 'A separation ends on the day on which somebody ends it.'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    -- One at a time for each person, so that two can't begin beside each other.
    perform pg_advisory_xact_lock(hashtextextended('apart', new.person_id));
    if exists (select from safety_separation s
                where s.person_id = new.person_id
                  and (s.began_on > new.began_on or s.ended_on > new.began_on)) then
        raise exception 'A separation begins after the one before it.'
            using errcode = 'check_violation';
    end if;
    while daybook.contact_on(new.person_id, day) < 120
          and exists (select from safety_separation s
                       where s.person_id = new.person_id and s.began_on <= day
                         and s.ended_on >= day) loop
        days := days + 1;
        day := day - 1;
    end loop;
    for day in select generate_series(new.began_on, coalesce(new.ended_on, new.until_on), '1 day')
    loop
        days := case when daybook.contact_on(new.person_id, day) >= 120 then 0 else days + 1 end;
        if days > 15 then
            raise exception 'Nobody is kept apart for more than fifteen days on end.'
                using errcode = 'check_violation';
        end if;
    end loop;
    return new;
end $$;
create trigger safety_separation_fifteen before insert or update on safety_separation
    for each row execute function daybook.fifteen_days();

create function daybook.contact_while_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (select from safety_separation s
                    where s.id = new.separation_id and s.person_id = new.person_id
                      and new.day between s.began_on
                          and coalesce(s.ended_on, current_date + 1)) then
        raise exception 'Contact is written for a day on which the person was apart.'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger safety_contactday_while_apart before insert on safety_contactday
    for each row execute function daybook.contact_while_apart();
revoke all on function daybook.contact_on(bigint, date) from public;
