-- A wall without a door: no role of the app may look into this table, not even at what its own
-- hand wrote. What somebody says goes in by one function; another one takes it back; figures, in
-- which nobody can be told apart, leave by a third, laid where they are needed.

create function daybook.may_hand_the_screen(person bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return daybook.reaches(may_hand_the_screen.person, 'identity', 'read')
       and daybook.reaches(may_hand_the_screen.person, 'wing', 'write');
end $$;

create function daybook.declare_of_oneself(person bigint, sheet uuid, said jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- ``said``: key of what was asked, and of the answer. It takes the place of all that was said
    -- before: what is left out now is taken back. Nothing comes out but that it was done.
    if not daybook.may_hand_the_screen(declare_of_oneself.person) then
        raise exception 'Whoever works with the person hands them the screen.'
            using errcode = 'insufficient_privilege';
    end if;
    perform pg_advisory_xact_lock(hashtext('daybook.equality'), declare_of_oneself.person::int);
    if exists (select from equality_declaration d
                where d.person_id = declare_of_oneself.person
                  and d.sheet = declare_of_oneself.sheet) then
        return;
    end if;
    update equality_declaration d set said = '', withdrawn_at = now()
     where d.person_id = declare_of_oneself.person and d.withdrawn_at is null;
    insert into equality_declaration
        (id, person_id, characteristic, said, way, sheet, declared_at)
    select gen_random_uuid(), declare_of_oneself.person, one.key, one.value, 'screen',
           declare_of_oneself.sheet, now()
      from jsonb_each_text(declare_of_oneself.said) one;
end $$;

create function daybook.age_band(born_on date, day date) returns text
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
    -- Worked out, asked of nobody.
    select case when born_on is null then 'unsaid'
                when born_on > day - interval '21 years' then 'under-21'
                when born_on > day - interval '25 years' then '21-24'
                when born_on > day - interval '40 years' then '25-39'
                when born_on > day - interval '60 years' then '40-59'
                else '60-on' end
$$;

create function daybook.keep_declaration() returns trigger language plpgsql as $$
declare
    gone equality_declaration;
begin
    if tg_op = 'UPDATE' and old.withdrawn_at is null and new.withdrawn_at is not null then
        gone := old;
        gone.said := '';
        gone.withdrawn_at := new.withdrawn_at;
        if new is not distinct from gone then
            return new;
        end if;
    end if;
    raise exception 'What somebody says of themself is taken back, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;
create trigger equality_declaration_kept before update or delete
    on equality_declaration for each row execute function daybook.keep_declaration();

alter table equality_declaration enable row level security;

revoke all on function daybook.may_hand_the_screen(bigint), daybook.age_band(date, date),
    daybook.declare_of_oneself(bigint, uuid, jsonb) from public;
grant execute on function daybook.may_hand_the_screen(bigint),
    daybook.declare_of_oneself(bigint, uuid, jsonb)
    to daybook_app, daybook_wide, daybook_author;
