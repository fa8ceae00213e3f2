-- The wrong person, the wrong word. An entry is struck once, by whoever leads, with a reason; or
-- its words move to whom they are about. Struck, it is sealed: a policy hides it from every role
-- of the app, and no word of it changes. Data protection alone opens it, on a named inquiry.

create function daybook.strikes() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    known bigint[] := daybook.reach('wing', 'read');
begin
    -- Whose entries the viewer may strike: of people on the unit, or on the case, they lead.
    return (
        select coalesce(array_agg(led.person_id), '{}') from (
            select unnest(daybook.reach('wing', 'write')) as person_id
            intersect
            select unnest(daybook.reach('identity', 'write'))
            union
            select k.person_id from cases_case k
             where k.lead_id = daybook.viewer()
               and k.closed_at is null and k.ends_on >= current_date
        ) led where led.person_id = any(known)
    );
end $$;

-- What may be struck, where it is kept, whether it may move to somebody else, and for protections
-- by which columns they end: what still stands at somebody's door is ended by name first. Each
-- app tells of its own in its migrations, so that this file needs to know no table of later ones.
create table daybook.strikable (
    kind text primary key, kept_in text not null, moves boolean not null,
    ends text[] not null, within text, within_key text);
create table daybook.strikable_part (
    kind text not null references daybook.strikable, part text not null, whole text not null,
    primary key (kind, part, whole));
comment on table daybook.strikable is 'Kinds of entry that may be struck, and where they are kept.';
comment on table daybook.strikable_part is 'Rows that share the fate of an entry.';

create function daybook.kept_in(kind text) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select s.kept_in from daybook.strikable s where s.kind = kept_in.kind
$$;

create function daybook.parts_of(kind text) returns table (part text, whole text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    -- Rows that share the fate of an entry, and the column by which they belong to it.
    select p.part, p.whole from daybook.strikable_part p
     where p.kind = parts_of.kind order by p.part, p.whole
$$;

revoke all on function daybook.kept_in(text), daybook.parts_of(text) from public;

create function daybook.strike(
    strike uuid, kind text, record uuid, reason text, moved_to bigint, moved uuid)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    entry jsonb;
    about bigint;
    elsewhere jsonb;
    belongs record;
    kept daybook.strikable;
begin
    select * into kept from daybook.strikable s where s.kind = strike.kind;
    -- False: it does not stand any more. Two at one moment: the second waits, and finds that.
    execute format('select to_jsonb(r) from %I r where r.id = $1 for update',
                   daybook.kept_in(strike.kind)) into entry using strike.record;
    about := (entry ->> 'person_id')::bigint;
    if entry is null or about <> all(daybook.strikes()) then
        raise exception 'An entry is struck by whoever leads the unit or the case.'
            using errcode = 'insufficient_privilege';
    end if;
    if entry ->> 'struck_at' is not null or entry ->> 'withdrawn_at' is not null then
        return false;
    end if;
    if strike.kind = 'reflection'
       and (entry ->> 'saved_at')::timestamptz + interval '15 minutes' >= now() then
        raise exception 'For 15 minutes an entry is its author''s to take back.'
            using errcode = 'check_violation';
    end if;
    if kept.ends <> '{}' and not exists (
        select from unnest(kept.ends) ended where entry ->> ended is not null
    ) then
        raise exception 'It still stands: it is ended by name first.'
            using errcode = 'check_violation';
    end if;
    insert into reflections_strike
        (id, kind, record, person_id, author_id, moved, struck_by_id, struck_at, reason)
    values (strike.strike, strike.kind, strike.record, about,
            coalesce(entry ->> 'author_id', entry ->> 'written_by_id', entry ->> 'told_by_id',
                     entry ->> 'offered_by_id', entry ->> 'raised_by_id',
                     entry ->> 'made_by_id')::bigint,
            strike.moved_to is not null, daybook.viewer(), now(), strike.reason);
    if strike.moved_to is not null then
        if not kept.moves or strike.moved_to = about
           or strike.moved_to <> all(daybook.reach('wing', 'read')) then
            raise exception 'It can only move to somebody else in reach, as a whole.'
                using errcode = 'insufficient_privilege';
        end if;
        insert into reflections_move
            (id, kind, strike_id, person_id, moved_by_id, moved_at, reason)
        values (strike.moved, strike.kind, strike.strike, strike.moved_to, daybook.viewer(), now(),
                strike.reason);
        elsewhere := jsonb_build_object('person_id', strike.moved_to);
        if entry ? 'day' then
            elsewhere := elsewhere || jsonb_build_object('unit_id', (
                select s.unit_id from people_stay s
                 where s.person_id = strike.moved_to and s.began_at < (entry ->> 'day')::date + 1
                 order by s.began_at desc limit 1));
        end if;
        execute format('insert into %1$I select (jsonb_populate_record(null::%1$I, $1)).*',
                       daybook.kept_in(strike.kind))
            using entry || elsewhere || jsonb_build_object('id', strike.moved);
        for belongs in select * from daybook.parts_of(strike.kind) loop
            execute format(
                'insert into %1$I select copied.* from %1$I r, jsonb_populate_record(null::%1$I,'
                '   to_jsonb(r) || $2 || jsonb_build_object(''id'', gen_random_uuid(), %2$L, $3)'
                ' ) copied where r.%2$I = $1 and r.struck_at is null',
                belongs.part, belongs.whole)
                using strike.record, elsewhere, strike.moved;
        end loop;
    end if;
    execute format('update %I set struck_at = now() where id = $1', daybook.kept_in(strike.kind))
        using strike.record;
    for belongs in select * from daybook.parts_of(strike.kind) loop
        execute format('update %I set struck_at = now() where %I = $1 and struck_at is null',
                       belongs.part, belongs.whole) using strike.record;
    end loop;
    -- A picture that shows a struck day is no picture; the next is drawn without it.
    delete from reflections_picture p using reflections_rating r
     where r.reflection_id = strike.record and r.step is not null
       and p.person_id = r.person_id and p.channel_id = r.channel_id;
    return true;
end $$;

create function daybook.struck(records uuid[]) returns table (record uuid, struck_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- That entries once quoted were struck, and when: for whoever reads about their person.
    return query
        select s.record, s.struck_at from reflections_strike s
         where s.record = any(struck.records)
           and case when daybook.everywhere('wing', 'read') then true
                    else s.person_id = any(daybook.reach('wing', 'read')) end;
end $$;

create function daybook.unseal(strike uuid, inquiry text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    sealed reflections_strike;
    entry jsonb;
    rows jsonb;
    belongs record;
begin
    -- The entry with its parts, and whose it was; never without the inquiry in the log.
    if not daybook.protects_data() or btrim(unseal.inquiry) = '' then
        raise exception 'Data protection opens a sealed entry, on a named inquiry.'
            using errcode = 'insufficient_privilege';
    end if;
    select * into sealed from reflections_strike s where s.id = unseal.strike;
    if not found then
        return null;
    end if;
    insert into audit_entry (id, at, staff_key, sign_in_key, kind, subject, record, people, reason)
    select gen_random_uuid(), now(), w.key, current_setting('daybook.sign_in')::uuid,
           'consultation', 'sealed entry', sealed.record::text, array[sealed.person_id],
           left(unseal.inquiry, 500)
      from staff_staff w where w.id = daybook.viewer();
    execute format(
        'select to_jsonb(r) || jsonb_build_object(''person'', to_jsonb(p), ''author'','
        '   jsonb_build_array(w.given_name, w.family_name))'
        '  from %I r, people_person p, staff_staff w where r.id = $1 and p.id = $2 and w.id = $3',
        daybook.kept_in(sealed.kind))
        into entry using sealed.record, sealed.person_id, sealed.author_id;
    for belongs in select * from daybook.parts_of(sealed.kind) loop
        execute format('select coalesce(jsonb_agg(to_jsonb(r)), ''[]'') from %I r where r.%I = $1',
                       belongs.part, belongs.whole) into rows using sealed.record;
        entry := entry || jsonb_build_object(belongs.part, rows);
    end loop;
    -- What it was a part of, where that can't be read any more once all its parts are struck.
    for belongs in select s.within, s.within_key from daybook.strikable s
                    where s.kind = sealed.kind and s.within is not null loop
        execute format('select to_jsonb(w) from %I w where w.id = $1', belongs.within)
            into rows using (entry ->> belongs.within_key)::uuid;
        entry := entry || jsonb_build_object(belongs.within, rows);
    end loop;
    return entry;
end $$;

revoke all on function daybook.strikes(), daybook.struck(uuid[]),
    daybook.strike(uuid, text, uuid, text, bigint, uuid), daybook.unseal(uuid, text) from public;
grant execute on function daybook.strikes(), daybook.struck(uuid[])
    to daybook_app, daybook_wide, daybook_author;
grant execute on function daybook.strike(uuid, text, uuid, text, bigint, uuid),
    daybook.unseal(uuid, text) to daybook_app;

-- ---- What a seal lets through ----

create function daybook.seals(old jsonb, new jsonb) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whether a change does nothing but seal a row, by a strike of that row or of its whole.
    return old ->> 'struck_at' is null and new - 'struck_at' = old - 'struck_at' and exists (
        select from reflections_strike s
         where s.struck_at = (new ->> 'struck_at')::timestamptz
           and s.record::text in (
               select held.value from jsonb_each_text(old) held
                where held.key = 'id'
                   or held.key in (select p.whole from daybook.strikable_part p))
    );
end $$;

create function daybook.keep_but_for_a_strike() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and daybook.seals(to_jsonb(old), to_jsonb(new)) then
        return new;
    end if;
    raise exception 'Rows of % are added and never changed.', tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_once_struck() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and (
        daybook.seals(to_jsonb(old), to_jsonb(new))
        or old.struck_at is null and new.struck_at is null
    ) then
        return new;
    end if;
    raise exception 'A struck row stays as it was, and is struck only with a reason.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.beside_what_stands() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    stands boolean;
begin
    -- Whoever adds while somebody strikes waits for the strike, and is told.
    execute format('select true from %I where id = $1 and struck_at is null for key share',
                   tg_argv[0]) into stands using (to_jsonb(new) ->> tg_argv[1])::uuid;
    if stands is null then
        raise exception 'It was struck meanwhile.' using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;

create function daybook.moves_here(row_added jsonb) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whether a row comes by a move of this very moment, itself or with what it belongs to: it
    -- keeps its author's name and the time it was signed.
    return exists (
        select from reflections_move m
         where m.moved_at = now() and m.id::text in (
               select held.value from jsonb_each_text(row_added) held
                where held.key = 'id'
                   or held.key in (select p.whole from daybook.strikable_part p)));
end $$;
