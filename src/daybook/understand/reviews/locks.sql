-- What may change, and by what. A review goes one way: it gathers, rates, opens, ends; and what was
-- said at one stage stays as it was said. Fillings run as the owner and bring finished reviews.

create function daybook.review_at(review uuid, person bigint) returns reviews_review
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review;
begin
    -- The review as it stands, which moves on only after this transaction.
    select * into r from reviews_review it where it.id = review_at.review for share;
    if r.id is null or r.person_id <> review_at.person then
        raise exception 'It is about somebody else.' using errcode = 'foreign_key_violation';
    end if;
    return r;
end $$;

create function daybook.hold_review(review uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Whoever takes a step holds the review first, so that two steps never wait for each other.
    perform from reviews_review r
      where r.id = hold_review.review and r.id = any(daybook.reviews_seen()) for update;
end $$;

create function daybook.refuse_stage(what text) returns void language plpgsql as $$
begin
    raise exception 'The review has moved on.'
        using errcode = 'restrict_violation', constraint = 'reviews_' || what;
end $$;

-- Members.

create function daybook.join_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review := daybook.review_at(new.review_id, new.person_id);
    opens boolean := new.staff_id = r.written_by_id and new.written_by_id = new.staff_id;
begin
    if session_user = 'daybook_owner' then
        return new;
    end if;
    if r.rating_since is not null or r.ended_at is not null then
        perform daybook.refuse_stage('gathers');
    end if;
    -- Whoever opens it is in; everybody else answers for themselves.
    if new.finished_at is not null or new.left_at is not null
       or (new.accepted_at is not null) <> opens
       or not exists (select from access_assignment a
                       where a.staff_id = new.staff_id and a.role = new.part
                         and a.since <= now() and (a.until is null or a.until > now())) then
        raise exception 'Somebody takes part in the name of a role they hold.'
            using errcode = 'check_violation', constraint = 'reviews_member_holds_it';
    end if;
    if not opens and not exists (select from daybook.asked_to_review(new.review_id) w
                                  where w.id = new.staff_id and w.part = new.part) then
        raise exception 'Whoever works with the person is asked.'
            using errcode = 'check_violation', constraint = 'reviews_member_works_with_them';
    end if;
    return new;
end $$;
create trigger reviews_member_joins before insert on reviews_member
    for each row execute function daybook.join_review();

create function daybook.keep_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    same reviews_member := old;
    r reviews_review;
    mine boolean := old.staff_id = daybook.viewer();
begin
    if tg_op = 'UPDATE' and old.left_at is null then
        if pg_trigger_depth() > 1 then
            return new;
        end if;
        select * into r from reviews_review it where it.id = old.review_id for update;
        if r.ended_at is not null then
            perform daybook.refuse_stage('goes_on');
        end if;
        same.accepted_at := new.accepted_at;
        if new is not distinct from same and old.accepted_at is null and mine then
            if r.rating_since is not null then
                perform daybook.refuse_stage('gathers');
            end if;
            return new;
        end if;
        same := old;
        same.finished_at := new.finished_at;
        if new is not distinct from same and old.finished_at is null and mine
           and old.accepted_at is not null then
            if r.rating_since is null or r.matrix_since is not null then
                perform daybook.refuse_stage('rates');
            end if;
            return new;
        end if;
        -- They leave, or are taken off by who leads.
        same := old;
        same.left_at := new.left_at;
        if new is not distinct from same and r.matrix_since is null then
            return new;
        end if;
    end if;
    raise exception 'A member says yes, signs and leaves, each once and for themselves.'
        using errcode = 'insufficient_privilege';
end $$;
create trigger reviews_member_kept before update or delete on reviews_member
    for each row execute function daybook.keep_member();

create function daybook.open_matrix() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Of two who finish at once the second has waited for the review, and sees the first.
    update reviews_review r set matrix_since = now()
     where r.id = new.review_id and r.rating_since is not null and r.matrix_since is null
       and r.ended_at is null
       and not exists (select from reviews_member m
                        where m.review_id = r.id and m.left_at is null and m.finished_at is null)
       and (select count(distinct m.part) from reviews_member m
             where m.review_id = r.id and m.finished_at is not null) >= 2;
    return null;
end $$;
create trigger reviews_member_opens_the_matrix after update of finished_at, left_at
    on reviews_member for each row
    when (new.finished_at is distinct from old.finished_at
          or new.left_at is distinct from old.left_at)
    execute function daybook.open_matrix();

-- The review.

create function daybook.keep_joint_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    same reviews_review := old;
begin
    if tg_op = 'UPDATE' and old.ended_at is null then
        if pg_trigger_depth() > 1 then
            return new;
        end if;
        same.rating_since := new.rating_since;
        if new is not distinct from same and old.rating_since is null then
            if (select count(distinct m.part) from reviews_member m
                 where m.review_id = old.id and m.accepted_at is not null
                   and m.left_at is null) < 2 then
                raise exception 'One role alone rates nothing.'
                    using errcode = 'check_violation', constraint = 'reviews_two_roles';
            end if;
            if not exists (select from reviews_evidence e
                            where e.review_id = old.id and e.struck_at is null) then
                raise exception 'There is nothing to rate.'
                    using errcode = 'check_violation', constraint = 'reviews_some_evidence';
            end if;
            -- Whoever hasn't answered is no longer asked.
            update reviews_member m set left_at = now()
             where m.review_id = old.id and m.accepted_at is null and m.left_at is null;
            return new;
        end if;
        same := old;
        same.ended_at := new.ended_at;
        same.given_up_by_id := new.given_up_by_id;
        same.given_up_because := new.given_up_because;
        if new is not distinct from same and new.given_up_by_id = daybook.viewer() then
            return new;
        end if;
    end if;
    raise exception 'A joint review goes one way, and stays as it ended.'
        using errcode = 'insufficient_privilege';
end $$;
create trigger reviews_review_kept before update or delete on reviews_review
    for each row execute function daybook.keep_joint_review();

create function daybook.begin_review() returns trigger language plpgsql as $$
begin
    if session_user <> 'daybook_owner' and (new.rating_since is not null
       or new.matrix_since is not null or new.ended_at is not null) then
        raise exception 'A review begins by gathering.' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger reviews_review_begins before insert on reviews_review
    for each row execute function daybook.begin_review();

-- What is laid while it gathers.

create function daybook.lay_while_gathering() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review := daybook.review_at(new.review_id, new.person_id);
begin
    if session_user <> 'daybook_owner'
       and (r.rating_since is not null or r.ended_at is not null) then
        perform daybook.refuse_stage('gathers');
    end if;
    return new;
end $$;

create function daybook.meet_in_one_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (select from reviews_evidence e join reviews_hypothesis h
                       on h.review_id = e.review_id
                    where e.id = new.evidence_id and h.id = new.hypothesis_id
                      and e.review_id = new.review_id) then
        raise exception 'Both belong to one review.' using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
create trigger reviews_hypothesistest_meets before insert on reviews_hypothesistest
    for each row execute function daybook.meet_in_one_review();
create trigger reviews_note_meets before insert on reviews_note
    for each row execute function daybook.meet_in_one_review();

create function daybook.keep_gathered() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review;
begin
    -- The argument names what may still be said of it while the review gathers.
    if tg_op = 'UPDATE' then
        select * into r from reviews_review it where it.id = old.review_id for share;
        if to_jsonb(old) - tg_argv[0]::text[] = to_jsonb(new) - tg_argv[0]::text[]
           and to_jsonb(old) ->> tg_argv[1] is null then
            if r.rating_since is not null or r.ended_at is not null then
                perform daybook.refuse_stage('gathers');
            end if;
            return new;
        end if;
    end if;
    raise exception 'Rows of % stay as they were laid.', tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

create trigger reviews_hypothesis_laid before insert on reviews_hypothesis
    for each row execute function daybook.lay_while_gathering();
create trigger reviews_hypothesistest_laid before insert on reviews_hypothesistest
    for each row execute function daybook.lay_while_gathering();
create trigger reviews_hypothesis_kept before update or delete on reviews_hypothesis
    for each row execute function daybook.keep_gathered(
        '{against,dropped_at,dropped_by_id,dropped_because}', 'dropped_at');
create trigger reviews_hypothesistest_kept before update or delete on reviews_hypothesistest
    for each row execute function daybook.keep_gathered('{dropped_at,dropped_by_id}', 'dropped_at');
create trigger reviews_evidence_kept before update or delete on reviews_evidence
    for each row execute function daybook.keep_gathered('{struck_at,struck_because}', 'struck_at');

-- What is rated alone.

create function daybook.rate_alone() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review;
    m reviews_member;
begin
    if tg_op = 'UPDATE' and (new.id, new.review_id, new.person_id, new.member_id, new.evidence_id)
       is distinct from (old.id, old.review_id, old.person_id, old.member_id, old.evidence_id) then
        raise exception 'Marks stay with their item.' using errcode = 'insufficient_privilege';
    end if;
    -- Nothing opens, and this member signs nothing, until these marks are in.
    select * into m from reviews_member it where it.id = new.member_id for share;
    select * into strict r from reviews_review it where it.id = new.review_id;
    if session_user <> 'daybook_owner' or tg_op = 'UPDATE' then
        if r.rating_since is null or r.matrix_since is not null or r.ended_at is not null
           or m.finished_at is not null or m.left_at is not null or m.accepted_at is null then
            perform daybook.refuse_stage('rates');
        end if;
    end if;
    if m.review_id <> new.review_id or r.person_id <> new.person_id or not exists (
        select from reviews_evidence e
         where e.id = new.evidence_id and e.review_id = new.review_id) then
        raise exception 'It belongs to another review.' using errcode = 'foreign_key_violation';
    end if;
    if exists (
        select from jsonb_each(new.marks) k
         where k.value #>> '{}' not in ('strongly-against', 'against', 'neither', 'fits')
            or not exists (select from reviews_hypothesis h
                            where h.review_id = new.review_id and h.slug = k.key
                              and h.kind <> 'unknown' and h.dropped_at is null)) then
        raise exception 'A mark is one of four words for an explanation of this review.'
            using errcode = 'check_violation', constraint = 'reviews_membermarks_known';
    end if;
    return new;
end $$;
create trigger reviews_membermarks_alone before insert or update on reviews_membermarks
    for each row execute function daybook.rate_alone();

-- Once it is open.

create function daybook.say_where_they_differ() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review := daybook.review_at(new.review_id, new.person_id);
begin
    if session_user <> 'daybook_owner'
       and (r.matrix_since is null or r.ended_at is not null) then
        perform daybook.refuse_stage('opens');
    end if;
    return new;
end $$;
create trigger reviews_note_said before insert on reviews_note
    for each row execute function daybook.say_where_they_differ();

create function daybook.close_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    r reviews_review;
begin
    select * into r from reviews_review it where it.id = new.review_id for update;
    if r.person_id <> new.person_id then
        raise exception 'It is about somebody else.' using errcode = 'foreign_key_violation';
    end if;
    if new.fades_on <> new.next_on + 28 then
        raise exception 'It fades four weeks after the next look.' using errcode = 'check_violation';
    end if;
    if session_user = 'daybook_owner' then
        return new;
    end if;
    if r.matrix_since is null or r.ended_at is not null then
        perform daybook.refuse_stage('opens');
    end if;
    if new.next_on <= current_date - 1 or new.next_on > current_date + 181 then
        raise exception 'The next look comes within 180 days.'
            using errcode = 'check_violation', constraint = 'reviews_closing_next_look';
    end if;
    if new.least <> array['unknown']::varchar[] and exists (
        select from unnest(new.least) l
         where l not in (select s.slug from daybook.review_standing(new.review_id) s
                          where s.may_close)) then
        raise exception 'Something here contradicts it, or nothing could.'
            using errcode = 'check_violation', constraint = 'reviews_closing_least_contradicted';
    end if;
    return new;
end $$;
create trigger reviews_closing_closes before insert on reviews_closing
    for each row execute function daybook.close_review();

create function daybook.end_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update reviews_review set ended_at = new.written_at
     where id = new.review_id and ended_at is null;
    return null;
end $$;
create trigger reviews_closing_ends_it after insert on reviews_closing
    for each row execute function daybook.end_review();

do $$
declare
    tbl text;
begin
    foreach tbl in array array['review', 'member', 'hypothesis', 'hypothesistest', 'evidence',
                               'membermarks', 'note', 'closing'] loop
        execute format('create trigger reviews_%1$s_signed_now before insert on reviews_%1$s '
                       'for each row execute function daybook.sign_now()', tbl);
    end loop;
end $$;

revoke all on function daybook.review_at(uuid, bigint), daybook.refuse_stage(text),
    daybook.hold_review(uuid) from public;
grant execute on function daybook.hold_review(uuid) to daybook_app;
