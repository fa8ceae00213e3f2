-- A service of :people people in wings of sixty, and :reflections reflections over their last
-- 200 days, four ratings each. Run as a superuser with triggers and keys off: they hold for
-- what people write, and checking ten million made-up rows would measure nothing.

set session_replication_role = replica;

insert into places_establishment (id, code, name) overriding system value
select e, 'e' || e, 'Prison ' || e from generate_series(1, 1 + :people / 600) e;

insert into places_unit (id, establishment_id, code, name, regime, staff_needed)
    overriding system value
select u, 1 + (u - 1) / 10, 'u' || u, 'Wing ' || u, '', 6
  from generate_series(1, (:people + 59) / 60) u;

insert into places_cell (id, unit_id, name) overriding system value
select p, 1 + (p - 1) / 60, 'U' || 1 + (p - 1) / 60 || '-' || lpad(((p - 1) % 60 + 1)::text, 2, '0')
  from generate_series(1, :people) p;

insert into people_person (id, given_name, family_name, known_as, pronoun, languages)
    overriding system value
select p, 'Given' || p, 'Family' || p, '', 'they', '{en}' from generate_series(1, :people) p;

insert into people_stay (person_id, unit_id, cell_id, began_at, reason, source)
select p, 1 + (p - 1) / 60, p, now() - interval '300 days', 'admission', ''
  from generate_series(1, :people) p;

-- Ten officers a wing; everyone has the password whose hash was passed in.
insert into staff_staff (id, key, username, password, given_name, family_name, post, language,
                         is_active) overriding system value
select 1000 + s, gen_random_uuid(), 'officer' || s, :'password', 'Alex', 'Officer' || s, '', '',
       true
  from generate_series(1, 10 * ((:people + 59) / 60)) s;

insert into access_assignment (staff_id, role, unit_id, since)
select 1000 + s, 'wing-officer', 1 + (s - 1) / 10, now() - interval '300 days'
  from generate_series(1, 10 * ((:people + 59) / 60)) s;

-- Ten million rows are sorted once into an index far sooner than entered one by one.
create table bench_indexes as
    select pg_get_indexdef(i.indexrelid) as definition, i.indexrelid::regclass::text as name
      from pg_index i
      left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid in ('reflections_reflection'::regclass, 'reflections_rating'::regclass)
       and c.oid is null;
select 'drop index ' || name from bench_indexes \gexec

-- As in life: day by day, everyone once or not at all.
insert into reflections_reflection
    (id, person_id, author_id, unit_id, day, saved_at, form, setting, contact, difference, way,
     of_what, leaning, circumstances, seen_heard, reading, own_words, response, opening)
select :key_function(), p, 1001 + 10 * ((p - 1) / 60) + (n + p) % 10, 1 + (p - 1) / 60,
       current_date - 199 + n / :people, now() - (200 - n / :people) * interval '1 day',
       'quick', 'wing', (array['talk', 'words', 'seen'])[1 + n % 3],
       (array['as-usual', 'as-usual', 'as-usual', 'as-usual', 'a-little', ''])[1 + n % 6], '', '',
       '', '{}', case n % 5 when 0 then 'Ate with the others and went to work.' else '' end,
       '', '', '', ''
  from (select n, (1 + (n::bigint * 7919) % :people)::int as p
          from generate_series(0, :reflections - 1) n) one;

insert into reflections_rating
    (reflection_id, channel_id, person_id, rater_id, unit_id, day, step, counts)
select r.id, c.id, r.person_id, r.author_id, r.unit_id, r.day,
       1 + (r.person_id * 7 + r.author_id * 3 + c.id + extract(doy from r.day)::int) % 5, true
  from reflections_reflection r cross join reflections_channel c;

select definition from bench_indexes \gexec
drop table bench_indexes;

insert into reflections_picture
    (person_id, channel_id, state, because, direction, since, noticed_on, size, wing_share, chance,
     usual, band_low, band_high, first_day, raw, adjusted, line, method, parameters, drawn_at,
     drawn_to)
select p, c.id, case when p % 12 = 0 then 'worth-talking-about' else 'no-lasting-change' end, '',
       case when p % 12 = 0 then 1 - 2 * (p / 12 % 2) end,
       case when p % 12 = 0 then current_date - 12 end,
       case when p % 12 = 0 then current_date - 4 end, case when p % 12 = 0 then 0.9 end, 0.1, 5,
       3, 2.4, 3.6, current_date - 119, days.raw, days.line, days.line, 'bench', '{}', now(),
       current_date
  from generate_series(1, :people) p
 cross join reflections_channel c
 cross join lateral (
    select array_agg((1 + (p + d) % 5)::float) as raw,
           array_agg(round((3 + 0.4 * sin(p + d / 5.0))::numeric, 3)::float) as line
      from generate_series(1, 120) d
 ) days;

insert into reflections_unitpicture (unit_id, channel_id, first_day, weather, drawn_at)
select u, c.id, current_date - 119,
       (select array_agg(round((0.2 * sin(d / 3.0))::numeric, 3)::float)
          from generate_series(1, 120) d), now()
  from generate_series(1, (:people + 59) / 60) u cross join reflections_channel c;

select setval(pg_get_serial_sequence('people_person', 'id'), :people + 1);
select setval(pg_get_serial_sequence('staff_staff', 'id'), 1000000);
set session_replication_role = origin;
vacuum (analyze);
