-- What comes after a closing: what the person says to it once they could be asked; and the chance to
-- be trusted that it gave, which stands where every other one does.

alter table reviews_saidsince enable row level security;
grant select, insert on reviews_saidsince to daybook_app;
grant select on reviews_saidsince to daybook_wide;
create policy seen_with_its_review on reviews_saidsince for select to daybook_app
    using (review_id in (select unnest(daybook.reviews_seen())));
create policy seen_everywhere on reviews_saidsince for select to daybook_wide
    using ((select daybook.everywhere('casework', 'read')));
-- Whoever took part asks them, or whoever keeps casework about them now.
create policy added_by_its_members on reviews_saidsince for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and review_id in (select unnest(daybook.reviews_joined(false))));
create policy added_by_who_keeps_casework on reviews_saidsince for insert to daybook_app
    with check (written_by_id = (select daybook.viewer())
                and daybook.reaches(person_id, 'casework', 'read')
                and daybook.reaches(person_id, 'casework', 'write'));

create function daybook.say_since() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform daybook.review_at(new.review_id, new.person_id);
    if session_user <> 'daybook_owner' and not exists (
        select from reviews_closing c where c.review_id = new.review_id and c.person_said = '') then
        perform daybook.refuse_stage('unheard');
    end if;
    return new;
end $$;
create trigger reviews_saidsince_said before insert on reviews_saidsince
    for each row execute function daybook.say_since();
create trigger reviews_saidsince_signed_now before insert on reviews_saidsince
    for each row execute function daybook.sign_now();

create function daybook.offer_what_was_given() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- It bears the key of the closing. Who leads a case reads the wing's record and writes none, so
    -- that the database offers it in their name.
    if session_user <> 'daybook_owner' and new.support = 'trust' then
        insert into reflections_truststep (id, person_id, what, offered_on, offered_by_id, note)
        values (new.id, new.person_id,
                case when length(new.support_words) > 300 then left(new.support_words, 299) || '…'
                     else new.support_words end,
                current_date, new.written_by_id, '');
    end if;
    return null;
end $$;
create trigger reviews_closing_offers_trust after insert on reviews_closing
    for each row execute function daybook.offer_what_was_given();
