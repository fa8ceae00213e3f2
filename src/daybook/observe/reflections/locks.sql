-- Saved means signed, and signed means locked: for the app, for a page, and for the owner.

create function daybook.keep_reflection() returns trigger language plpgsql as $$
declare
    taken_back reflections_reflection;
begin
    if tg_op = 'INSERT' then
        -- Nobody dates a signature; imports run as the owner and bring their own times.
        if current_user <> 'daybook_owner'
           and abs(extract(epoch from new.saved_at - now())) > 300 then
            raise exception 'A reflection is signed when it is saved.'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'A signed reflection is not removed.'
            using errcode = 'insufficient_privilege';
    end if;
    if daybook.seals(to_jsonb(old), to_jsonb(new)) then
        return new;
    end if;
    taken_back := old;
    taken_back.withdrawn_at := new.withdrawn_at;
    if new is distinct from taken_back
       or old.withdrawn_at is not null
       or new.withdrawn_at is null
       or old.author_id is distinct from daybook.viewer()
       or now() > old.saved_at + interval '15 minutes' then
        raise exception 'A signed reflection is locked. Its author may take it back within 15 minutes.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger reflections_reflection_locked before insert or update or delete
    on reflections_reflection for each row execute function daybook.keep_reflection();

create function daybook.keep_rating() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    set_aside reflections_rating;
begin
    if tg_op = 'UPDATE' then
        if daybook.seals(to_jsonb(old), to_jsonb(new)) then
            return new;
        end if;
        set_aside := old;
        set_aside.counts := false;
        if new is not distinct from set_aside and exists (
            select from reflections_reflection r
             where r.id = old.reflection_id and r.withdrawn_at is not null
        ) then
            return new;
        end if;
    end if;
    raise exception 'A signed rating is locked; it stops counting only with its reflection.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger reflections_rating_locked before update or delete
    on reflections_rating for each row execute function daybook.keep_rating();

create function daybook.keep_pattern() returns trigger language plpgsql as $$
declare
    replaced reflections_usualpattern;
begin
    if tg_op = 'UPDATE' then
        if daybook.seals(to_jsonb(old), to_jsonb(new)) then
            return new;
        end if;
        replaced := old;
        replaced.replaced_at := new.replaced_at;
        if new is not distinct from replaced and old.replaced_at is null then
            return new;
        end if;
    end if;
    raise exception 'A usual pattern is replaced by a newer one, not rewritten.'
        using errcode = 'insufficient_privilege';
end $$;

create trigger reflections_usualpattern_kept before update or delete
    on reflections_usualpattern for each row execute function daybook.keep_pattern();

create function daybook.keep_minutes() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    written jsonb := to_jsonb(case tg_op when 'INSERT' then new else old end);
    meeting uuid := case tg_table_name
        when 'reflections_meeting' then (written ->> 'id')::uuid
        when 'reflections_explanation' then
            (select p.meeting_id from reflections_meetingperson p
              where p.id = (written ->> 'discussion_id')::uuid)
        else (written ->> 'meeting_id')::uuid
    end;
begin
    -- A filling or an import, run by the owner, brings meetings that were closed long ago.
    if tg_op = 'INSERT' and session_user = 'daybook_owner' then
        return new;
    end if;
    if tg_op = 'DELETE' or exists (
        select from reflections_meeting m where m.id = meeting and m.closed_at is not null
    ) then
        raise exception 'The minutes of a closed meeting are locked.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger reflections_meeting_minutes before update or delete
    on reflections_meeting for each row execute function daybook.keep_minutes();
create trigger reflections_meetingperson_minutes before insert or update or delete
    on reflections_meetingperson for each row execute function daybook.keep_minutes();
create trigger reflections_explanation_minutes before insert or update or delete
    on reflections_explanation for each row execute function daybook.keep_minutes();
create trigger reflections_care_begins before insert
    on reflections_care for each row execute function daybook.keep_minutes();
