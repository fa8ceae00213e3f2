-- What may change, and by what. A report stays as it was signed; steps move its concern on; what
-- has ended never goes on.

create function daybook.open_concern() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into information_concern (id, report_id, person_id, establishment_id, behaviour, opened_at,
        legal_basis, weighed, review_on, ends_on, ended_how, ended_words)
    values (new.id, new.id, new.person_id, new.establishment_id, new.behaviour, new.written_at,
        '', '', new.written_at::date + 14, new.written_at::date + 28, '', '');
    return null;
end $$;
create trigger information_report_opens_a_concern after insert on information_report
    for each row execute function daybook.open_concern();

create function daybook.move_concern_on() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    c information_concern;
begin
    -- One colleague at a time: whoever comes second finds it ended.
    select * into strict c from information_concern where report_id = new.concern_id for update;
    if c.ended_at is not null and session_user <> 'daybook_owner' then
        raise exception 'It ended meanwhile, and nothing that ended goes on.'
            using errcode = 'restrict_violation', constraint = 'information_concern_goes_on';
    end if;
    if new.person_id <> c.person_id then
        raise exception 'It is about somebody else.' using errcode = 'check_violation';
    end if;
    case new.step
    when 'basis' then
        update information_concern set legal_basis = new.reason where report_id = c.report_id;
    when 'weighed' then
        update information_concern set weighed = new.reason where report_id = c.report_id;
    when 'kept' then
        if session_user <> 'daybook_owner' and (new.ends_on > current_date + 90
           or new.review_on <= current_date or c.ends_on < current_date) then
            raise exception 'It is kept for ninety days at most, before it lapses.'
                using errcode = 'check_violation', constraint = 'information_concern_fades';
        end if;
        update information_concern set review_on = new.review_on, ends_on = new.ends_on
         where report_id = c.report_id;
    when 'ended' then
        if new.joined is not null and (new.ended_how <> 'joined' or not exists (
            select from information_concern o
             where o.report_id = new.joined and o.person_id = c.person_id
               and o.ended_at is null and o.report_id <> c.report_id)) then
            raise exception 'It can be joined to one about the same person that goes on.'
                using errcode = 'check_violation', constraint = 'information_concern_joins';
        end if;
        if new.ended_how = 'joined' and new.joined is null then
            raise exception 'Say with which.' using errcode = 'check_violation';
        end if;
        update information_concern
           set ended_at = new.written_at, ended_by_id = new.written_by_id,
               ended_how = new.ended_how, ended_words = left(new.reason, 1000),
               joined_id = new.joined
         where report_id = c.report_id;
        -- Whoever has a copy must hear of it, and what rests on it is opened again.
        update information_copy set recalled_at = new.written_at
         where concern_id = c.report_id and recalled_at is null;
        update information_use set reopened_at = new.written_at
         where concern_id = c.report_id and reopened_at is null;
    end case;
    return null;
end $$;
create trigger information_concernstep_moves_it_on after insert on information_concernstep
    for each row execute function daybook.move_concern_on();

create function daybook.goes_on() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Nothing is laid beside, graded or given of what has ended, and nothing of somebody else.
    if session_user <> 'daybook_owner' and not exists (
        select from information_concern c
         where c.report_id = new.concern_id and c.ended_at is null
           and c.person_id = new.person_id for share) then
        raise exception 'It ended meanwhile, and nothing that ended goes on.'
            using errcode = 'restrict_violation', constraint = 'information_concern_goes_on';
    end if;
    return new;
end $$;

create function daybook.only_confirmed() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if session_user <> 'daybook_owner' and not daybook.is_citable(new.concern_id) then
        raise exception 'Nothing may rest on what is unconfirmed.'
            using errcode = 'restrict_violation', constraint = 'information_only_confirmed';
    end if;
    return new;
end $$;

create function daybook.name_who_reflected() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    select r.author_id into new.reflection_author_id
      from reflections_reflection r where r.id = new.reflection;
    return new;
end $$;
create trigger information_attachment_names_its_origin before insert on information_attachment
    for each row execute function daybook.name_who_reflected();

create function daybook.name_the_chaplain() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- What a chaplain says is marked as offered, whatever a form says.
    if session_user <> 'daybook_owner' then
        new.chaplain := daybook.holds('chaplain');
    end if;
    return new;
end $$;
create trigger information_account_a_names_the_chaplain before insert on information_account
    for each row execute function daybook.name_the_chaplain();

create function daybook.lay_at_once() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- What answers a question lies beside the concern it was asked for from the start.
    if new.asking_id is not null then
        select a.concern_id, new.written_at, a.written_by_id, a.kind
          into strict new.concern_id, new.laid_at, new.laid_by_id, new.kind
          from information_asking a where a.id = new.asking_id and a.person_id = new.person_id;
    elsif session_user <> 'daybook_owner'
          and (new.concern_id is not null or new.goes_back_to_id is not null) then
        raise exception 'The desk lays it beside a concern.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger information_account_b_lies_at_once before insert on information_account
    for each row execute function daybook.lay_at_once();

create function daybook.reply_with_account() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update information_asking set reply = 'given', replied_at = new.written_at
     where id = new.asking_id and reply = '';
    return null;
end $$;
create trigger information_account_replies after insert on information_account
    for each row when (new.asking_id is not null) execute function daybook.reply_with_account();

create function daybook.keep_concern() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.ended_at is null and pg_trigger_depth() > 1 then
        return new;
    end if;
    raise exception 'A step moves a concern on, and nothing that ended goes on.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_asking() returns trigger language plpgsql as $$
declare
    same information_asking := old;
begin
    if tg_op = 'UPDATE' and old.reply = '' then
        same.reply := new.reply;
        same.replied_at := new.replied_at;
        if new is not distinct from same and (new.reply <> 'given' or pg_trigger_depth() > 1) then
            return new;
        end if;
    end if;
    raise exception 'A question is answered once, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_account() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    same information_account := old;
begin
    if tg_op = 'UPDATE' then
        if old.withdrawn_at is null then
            same.withdrawn_at := new.withdrawn_at;
            if new is not distinct from same then
                return new;
            end if;
            same := old;
        end if;
        if old.concern_id is null and old.withdrawn_at is null then
            same.concern_id := new.concern_id;
            same.laid_at := new.laid_at;
            same.laid_by_id := new.laid_by_id;
            same.goes_back_to_id := new.goes_back_to_id;
            same.goes_back_to_report_id := new.goes_back_to_report_id;
            if new is not distinct from same
               and (session_user = 'daybook_owner' or new.laid_by_id = daybook.viewer()) and exists (
                select from information_concern c
                 where c.report_id = new.concern_id and c.person_id = new.person_id
                   and c.ended_at is null) then
                return new;
            end if;
            same := old;
        end if;
        -- Where it goes back to is said once, also of what was asked for; a word of the desk's.
        if old.concern_id is not null and old.withdrawn_at is null
           and old.goes_back_to_id is null and old.goes_back_to_report_id is null then
            same.goes_back_to_id := new.goes_back_to_id;
            same.goes_back_to_report_id := new.goes_back_to_report_id;
            if new is not distinct from same and new.goes_back_to_id is distinct from new.id then
                return new;
            end if;
        end if;
    end if;
    raise exception 'An account is laid beside one concern, or taken back, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_copy() returns trigger language plpgsql as $$
declare
    same information_copy := old;
begin
    if tg_op = 'UPDATE' then
        if old.recalled_at is null and pg_trigger_depth() > 1 then
            return new;
        end if;
        same.told_at := new.told_at;
        same.told_by_id := new.told_by_id;
        same.told_how := new.told_how;
        if old.recalled_at is not null and old.told_at is null and new is not distinct from same then
            return new;
        end if;
    end if;
    raise exception 'A copy is recalled once and told of once, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_use() returns trigger language plpgsql as $$
declare
    same information_use := old;
begin
    if tg_op = 'UPDATE' then
        if old.reopened_at is null and pg_trigger_depth() > 1 then
            return new;
        end if;
        same.looked_at := new.looked_at;
        same.looked_by_id := new.looked_by_id;
        same.looked_words := new.looked_words;
        if old.reopened_at is not null and old.looked_at is null
           and new is not distinct from same then
            return new;
        end if;
    end if;
    raise exception 'What rests on a concern is looked at again once, and never changed.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.keep_protection() returns trigger language plpgsql as $$
declare
    same information_protection := old;
begin
    if tg_op = 'UPDATE' and old.reviewed_at is null then
        same.reviewed_at := new.reviewed_at;
        same.reviewed_by_id := new.reviewed_by_id;
        same.reviewed_words := new.reviewed_words;
        if new is not distinct from same then
            return new;
        end if;
    end if;
    raise exception 'An urgent step ends by itself and is reviewed once; nothing renews it.'
        using errcode = 'insufficient_privilege';
end $$;

create function daybook.a_day_at_most() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- The day after by the clock of the service, which the database does not know.
    if new.until > new.written_at + interval '24 hours'
       or abs(new.review_on - (new.written_at at time zone 'UTC')::date - 1) > 1 then
        raise exception 'An urgent step ends within a day and is reviewed the day after.'
            using errcode = 'check_violation', constraint = 'information_protection_a_day';
    end if;
    -- Of two who decide at once the second waits, and then finds the first.
    perform pg_advisory_xact_lock(hashtextextended('urgent step ' || new.concern_id, 0));
    if exists (select from information_protection p where p.concern_id = new.concern_id) then
        raise exception 'There was an urgent step on it already; nothing renews it.'
            using errcode = 'restrict_violation', constraint = 'information_protection_once';
    end if;
    return new;
end $$;
create trigger information_protection_a_day before insert on information_protection
    for each row execute function daybook.a_day_at_most();

do $$
declare
    tbl text;
begin
    foreach tbl in array array['grading', 'levelling', 'attachment', 'asking', 'copy', 'use',
                               'urging', 'protection'] loop
        execute format('create trigger information_%1$s_goes_on before insert on information_%1$s '
                       'for each row execute function daybook.goes_on()', tbl);
    end loop;
    foreach tbl in array array['copy', 'use'] loop
        execute format('create trigger information_%1$s_only_confirmed before insert '
                       'on information_%1$s for each row execute function daybook.only_confirmed()',
                       tbl);
    end loop;
    foreach tbl in array array['concern', 'asking', 'account', 'copy', 'use', 'protection'] loop
        execute format('create trigger information_%1$s_kept before update or delete '
                       'on information_%1$s for each row execute function daybook.keep_%1$s()', tbl);
    end loop;
    foreach tbl in array array['report', 'concernstep', 'grading', 'levelling', 'attachment',
                               'asking', 'account', 'copy', 'use', 'enquiry', 'answer', 'feedback',
                               'urging', 'protection'] loop
        execute format('create trigger information_%1$s_signed_now before insert '
                       'on information_%1$s for each row execute function daybook.sign_now()', tbl);
    end loop;
end $$;

create function daybook.let_lapse()
returns table (step uuid, concern uuid, person bigint, holders bigint[], makers bigint[])
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    lapsed record;
begin
    -- What nobody kept by its last day ends by itself; whoever relied on it is named, to be told.
    if not daybook.at_the_desk() then
        raise exception 'Daybook itself lets information lapse.'
            using errcode = 'insufficient_privilege';
    end if;
    for lapsed in
        select c.report_id, c.person_id from information_concern c
         where c.ended_at is null and c.ends_on < current_date
         order by c.ends_on for update skip locked
    loop
        step := gen_random_uuid();
        insert into information_concernstep (id, concern_id, person_id, step, reason, ended_how,
            written_by_id, written_at)
        values (step, lapsed.report_id, lapsed.person_id, 'ended',
                'Nobody kept it by its last day.', 'lapsed', daybook.viewer(), now());
        concern := lapsed.report_id;
        person := lapsed.person_id;
        holders := array(select p.staff_id from information_copy p
                          where p.concern_id = lapsed.report_id and p.staff_id is not null);
        makers := array(select u.written_by_id from information_use u
                         where u.concern_id = lapsed.report_id);
        return next;
    end loop;
end $$;
revoke all on function daybook.let_lapse() from public;
grant execute on function daybook.let_lapse() to daybook_app, daybook_wide;
