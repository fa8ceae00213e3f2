-- Who is trained for what is known to everybody who works here, as their post is; those who train
-- write it down, and nobody writes it of themselves.

alter table staff_competence enable row level security;
grant select, insert, update (ended_at) on staff_competence to daybook_app;
grant select on staff_competence to daybook_wide, daybook_author;
create policy seen_by_all on staff_competence for select
    to daybook_app, daybook_wide, daybook_author using ((select daybook.viewer()) is not null);
create policy written_by_who_trains on staff_competence for insert to daybook_app
    with check ((select daybook.trains()) and written_by_id = (select daybook.viewer())
                and staff_id <> (select daybook.viewer()));
create policy ended_by_who_trains on staff_competence for update to daybook_app
    using ((select daybook.trains())) with check ((select daybook.trains()));

create function daybook.competence_stays() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.ended_at is null
       and to_jsonb(new) - 'ended_at' = to_jsonb(old) - 'ended_at' then
        return new;
    end if;
    raise exception 'What was written of a training stays; it can be taken back once.'
        using errcode = 'restrict_violation';
end $$;
create trigger staff_competence_stays before update or delete on staff_competence
    for each row execute function daybook.competence_stays();
