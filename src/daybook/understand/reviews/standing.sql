-- What the marks of a joint review come to, told once more beside the pages' own rules: the lock on
-- closing asks here, and a test holds both equal (rules/matrix.py).

-- Which records stand is said in laying.sql, which comes after it.
set local check_function_bodies = off;

create table daybook.origin_key (key bytea not null);
comment on table daybook.origin_key is 'What origins of evidence are hidden with. It stays as it is.';
comment on column daybook.origin_key.key is 'Random. No role of the app reads it.';
insert into daybook.origin_key (key) select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

create function daybook.hide_origin(review uuid, said text) returns text
language plpgsql stable as $$
declare
    secret bytea := (select k.key from daybook.origin_key k);
begin
    -- The same origin reads the same within one review, and nowhere else; nobody reads who it is.
    return encode(sha256(secret || sha256(secret
        || convert_to(concat_ws(' ', hide_origin.review, hide_origin.said), 'UTF8'))), 'hex');
end $$;

create function daybook.evidence_ended_in(review uuid) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    -- Items whose record has ended since: they are shown as that, and count no more.
    select coalesce(array_agg(e.id), '{}') from reviews_evidence e
     where e.review_id = $1 and e.record_kind <> ''
       and not daybook.record_stands(e.record_kind, e.record, e.person_id)
$$;

create function daybook.review_standing(review uuid)
returns table (slug text, contradicting bigint, testable boolean, confirmed bigint,
               may_close boolean)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with item as (
        select e.id, e.origin, e.record_kind
          from reviews_evidence e
         where e.review_id = $1 and e.struck_at is null
           and e.id <> all(daybook.evidence_ended_in($1))
    ), explanation as (
        select h.id, h.slug::text from reviews_hypothesis h
         where h.review_id = $1 and h.dropped_at is null and h.kind <> 'unknown'
    ), cell as (
        select m.evidence_id, k.key as slug, count(*) as said,
               count(*) filter (where k.value in ('against', 'strongly-against')) as against,
               count(*) filter (where k.value = 'fits') as fits
          from reviews_membermarks m
          join reviews_member p on p.id = m.member_id and p.finished_at is not null
         cross join lateral jsonb_each_text(m.marks) k
         where m.review_id = $1
         group by 1, 2
    ), speaks as (
        select i.id, i.origin, i.record_kind, c.slug,
               c.against * 2 > c.said as against, c.fits * 2 > c.said as fits
          from item i join cell c on c.evidence_id = i.id
    ), told as (
        select x.slug,
               (select count(distinct s.origin) from speaks s
                 where s.slug = x.slug and s.against) as contradicting,
               exists (select from reviews_hypothesistest t join item i on i.id = t.evidence_id
                        where t.hypothesis_id = x.id and t.dropped_at is null) as tested,
               -- Good behaviour fits what is hidden as well as what is real: only what fits the
               -- one, speaks against the other, and can be looked up where it was written, counts.
               case when x.slug = 'concealed' then (
                   select count(distinct s.origin)
                     from speaks s join speaks g on g.id = s.id and g.slug = 'genuine' and g.against
                    where s.slug = 'concealed' and s.fits and s.record_kind <> '')
               else 0 end as confirmed
          from explanation x
    ), open_ones as (
        select t.*, (t.contradicting > 0 or t.tested) as testable,
               (t.contradicting > 0 or t.tested)
               and (t.slug <> 'concealed' or t.confirmed >= 2) as stands
          from told t
    )
    select o.slug, o.contradicting, o.testable, o.confirmed,
           o.stands and o.contradicting = (select min(w.contradicting) from open_ones w
                                            where w.stands)
      from open_ones o
$$;

revoke all on function daybook.hide_origin(uuid, text), daybook.evidence_ended_in(uuid),
    daybook.review_standing(uuid) from public;
