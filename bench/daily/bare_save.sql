\set staff random(1, 80)
\set person random(1, 60)
\set step random(1, 5)
begin;
select staff_id from session where key = 'session-' || :staff and ends > now();
insert into reflection (person_id, staff_id, place, contact, seen, reading)
    values (:person, :staff, 'wing', 'talk',
            'Quieter than on other days. Had a visit this morning and came back early.',
            'Talked for ten minutes about work, wants to start on Monday.')
    returning id \gset saved_
insert into rating (reflection_id, channel, step)
    values (:saved_id, 1, :step), (:saved_id, 2, :step), (:saved_id, 3, :step), (:saved_id, 4, null);
insert into entry (staff_id, verb, person_id, object_id)
    values (:staff, 'saved', :person, :saved_id);
commit;
