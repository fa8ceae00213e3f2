-- Finding words in what was written. A full-text match is not trusted to be silent about rows that
-- a policy hides, so under a policy no index would answer it. This function runs as the owner and
-- scopes itself, one kind of record at a time, as the policies do; what it gives back are keys,
-- and the rows are then read past both walls like any other.

create table daybook.searchable (
    kept_in text primary key, compartment text not null, words text not null,
    stands text not null, at text not null);
comment on table daybook.searchable is 'Where words are found, by kind of record; none is sealed.';

create function daybook.folded(words text) returns tsvector
language sql immutable parallel safe set search_path = pg_catalog as $$
    -- As names are folded: lower case, letters of other keyboards, no accents.
    select to_tsvector('simple', regexp_replace(normalize(translate(
        replace(replace(replace(replace(lower(words), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'łđðøħı', 'lddohi'), NFKD), '[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]', '', 'g'))
$$;

create function daybook.find_words(kept_in text, wanted text[], most integer)
returns table (id uuid, person_id bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    what daybook.searchable;
    beginnings tsquery;
    within text;
begin
    select * into what from daybook.searchable s where s.kept_in = find_words.kept_in;
    select string_agg(quote_literal(bare.letters) || ':*', ' & ')::tsquery into beginnings
      from unnest(find_words.wanted) w(word),
           regexp_replace(w.word, '[^[:alnum:]]', '', 'g') bare(letters)
     where bare.letters <> '';
    if what.kept_in is null or beginnings is null then
        return;
    end if;
    within := case when daybook.everywhere(what.compartment, 'read') then 'true'
                   else 't.person_id = any($2)' end;
    return query execute format(
        'select t.id, t.person_id from %I t where daybook.folded(%s) @@ $1 and %s and %s'
        ' order by t.%I desc limit $3',
        what.kept_in, what.words, what.stands, within, what.at)
        using beginnings, daybook.reach(what.compartment, 'read'), least(find_words.most, 200);
end $$;

revoke all on function daybook.find_words(text, text[], integer) from public;
grant execute on function daybook.folded(text) to daybook_app, daybook_wide, daybook_author;
grant execute on function daybook.find_words(text, text[], integer) to daybook_app, daybook_wide;
