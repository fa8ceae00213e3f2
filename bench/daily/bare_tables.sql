-- The leanest tables that could hold one save: the floor under any application.
create table session (
    key text primary key,
    staff_id int not null,
    ends timestamptz not null
);
create table reflection (
    id bigint generated always as identity primary key,
    person_id int not null,
    staff_id int not null,
    at timestamptz not null default now(),
    place text not null,
    contact text not null,
    seen text not null,
    reading text not null
);
create index on reflection (person_id, at desc);
create table rating (
    reflection_id bigint not null references reflection,
    channel smallint not null,
    step smallint,
    primary key (reflection_id, channel)
);
create table entry (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    staff_id int not null,
    verb text not null,
    person_id int not null,
    object_id bigint not null
);

insert into session
select 'session-' || n, n, now() + interval '1 day' from generate_series(1, 80) n;
insert into reflection (person_id, staff_id, at, place, contact, seen, reading)
select n % 60 + 1, n % 80 + 1, now() - n * interval '1 minute', 'wing', 'talk', 'quiet', ''
from generate_series(1, 20000) n;
insert into rating
select r.id, c, (r.id + c) % 5 + 1 from reflection r, generate_series(1, 4) c;
analyze;
