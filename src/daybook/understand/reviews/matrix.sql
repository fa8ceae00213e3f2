-- The open matrix is the same for all who read the review, also where an item stands on information
-- that some of them don't read: they are told how it was marked, and nothing of what it says.

-- What the marks come to, told once more beside the pages' own rules: the lock on closing asks here,
-- and a test holds both equal (rules/matrix.py).
create or replace function daybook.review_standing(review uuid)
returns table (slug text, contradicting bigint, testable boolean, confirmed bigint,
               may_close boolean)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with item as (
        select e.id, e.origin, e.record_kind
          from reviews_evidence e
         where e.review_id = $1 and e.struck_at is null
           and e.id <> all(daybook.evidence_ended_in($1))
    ), explanation as (
        select h.id, h.slug::text, h.kind = 'concealed' or h.keeps_hidden as hidden
          from reviews_hypothesis h
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
    ), shows as (
        -- Good behaviour fits what is hidden as well as what is real: only what fits the one,
        -- speaks against the other, and can be looked up where it was written, shows it.
        select s.slug, s.origin, s.record_kind
          from speaks s join speaks g on g.id = s.id and g.slug = 'genuine' and g.against
         where s.fits and s.record_kind <> ''
    ), told as (
        select x.slug, x.hidden,
               (select count(distinct s.origin) from speaks s
                 where s.slug = x.slug and s.against) as contradicting,
               exists (select from reviews_hypothesistest t join item i on i.id = t.evidence_id
                        where t.hypothesis_id = x.id and t.dropped_at is null) as tested,
               case when x.hidden then (select count(distinct s.origin) from shows s
                                         where s.slug = x.slug)
               else 0 end as confirmed,
               -- Two voices of the daily record may go back to one rumour.
               exists (select from shows s
                        where s.slug = x.slug and s.record_kind = 'information') as informed
          from explanation x
    ), open_ones as (
        select t.*, (t.contradicting > 0 or t.tested) as testable,
               (t.contradicting > 0 or t.tested)
               and (not t.hidden or (t.confirmed >= 2 and t.informed)) as stands
          from told t
    )
    select o.slug, o.contradicting, o.testable, o.confirmed,
           o.stands and o.contradicting = (select min(w.contradicting) from open_ones w
                                            where w.stands)
      from open_ones o
$$;

create or replace function daybook.matrix_items(review uuid)
returns table (evidence uuid, origin text, record_kind text, ended boolean, seen boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    wide boolean := daybook.everywhere('casework', 'read');
    confirmed uuid[];
    ended uuid[];
begin
    if not matrix_items.review = any(daybook.matrices_open()) then
        return;
    end if;
    confirmed := daybook.confirmed_for_viewer();
    ended := daybook.evidence_ended_in(matrix_items.review);
    return query
        select e.id, e.origin::text, e.record_kind::text, e.id = any(ended),
               wide or e.record_kind <> 'information' or e.record = any(confirmed)
          from reviews_evidence e
         where e.review_id = matrix_items.review and e.struck_at is null
         order by e.written_at, e.id;
end $$;

create or replace function daybook.matrix_marks(review uuid)
returns table (member integer, evidence uuid, marks jsonb)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Members are numbered, and not named: who marked what is read beside what one may read.
    if not matrix_marks.review = any(daybook.matrices_open()) then
        return;
    end if;
    return query
        select dense_rank() over (order by m.member_id)::integer, m.evidence_id, m.marks
          from reviews_membermarks m
          join reviews_member p on p.id = m.member_id and p.finished_at is not null
         where m.review_id = matrix_marks.review;
end $$;

revoke all on function daybook.review_standing(uuid), daybook.matrix_items(uuid),
    daybook.matrix_marks(uuid) from public;
grant execute on function daybook.matrix_items(uuid), daybook.matrix_marks(uuid)
    to daybook_app, daybook_wide;
