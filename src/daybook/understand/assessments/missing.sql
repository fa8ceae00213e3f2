-- What keeps a sheet from being signed.

create or replace function daybook.missing_on_sheet(sheet uuid)
returns table (item text, lacks text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    -- Item by item, by the version it is filled in on.
    with whole as (
        select d.whole, d.protocol = 'referenced' as referenced
          from assessments_sheet s
          join assessments_assessment a on a.id = s.assessment_id
          join instruments_definition d on d.id = a.definition_id
         where s.id = missing_on_sheet.sheet
    ), domains as (
        select d from whole w, jsonb_array_elements(w.whole -> 'domains') d
    ), items as (
        select i from domains, jsonb_array_elements(d -> 'items') i
    ), answers as (
        select a.item, a.answer, a.fact, a.cited,
               (select count(distinct c) from unnest(a.sources) c) as kinds
          from assessments_sheetanswer a where a.sheet_id = missing_on_sheet.sheet
    ), asked as (
        select i ->> 'key' as key, i ->> 'evidence' as evidence, (i ->> 'sources')::integer as sources,
               a.answer, a.fact, a.cited, a.kinds,
               (select (o ->> 'apart')::boolean from jsonb_array_elements(i -> 'answers') o
                 where o ->> 'key' = a.answer) as apart
          from items left join answers a on a.item = i ->> 'key'
    ), said as (
        select key, case when answer is null then 'unanswered'
                         when apart is null then 'outside its anchors'
                         when fact = '' and (evidence = 'required'
                                             or evidence = 'unless-unknown' and not apart)
                         then 'evidence'
                         when apart and evidence <> 'required' then null
                         when kinds < sources then 'sources'
                         when sources > 1 and cited = '' then 'which sources' end as lacks
          from asked
    )
    select key, lacks from said where lacks is not null
    union all
    select a.item, 'no such item' from answers a
     where not exists (select from items where i ->> 'key' = a.item)
    union all
    select d ->> 'key', 'no account' from domains, whole
     where whole.referenced and not exists (
           select from assessments_account t
            where t.sheet_id = missing_on_sheet.sheet and t.domain = d ->> 'key')
    union all
    select '', 'the day of use' from whole
     where whole.referenced and not exists (
           select from assessments_basis b
            where b.sheet_id = missing_on_sheet.sheet and b.used_on <= current_date)
    union all
    select '', 'what it rests on'
     where not exists (select from assessments_basis b where b.sheet_id = missing_on_sheet.sheet)
$$;
