"""One joint review with ten thousand items and three members: how long its pages take.

`python -m bench.review.pages` writes `bench/results/review.md`. Pages are asked of Daybook itself,
in this process, behind both walls, by whoever leads the review.
"""

import os
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer

from bench import postgres
from bench.daily import daybook_site, tables

RESULTS = Path(__file__).parents[1] / "results" / "review.md"
PERSON = "Amir Kaya"
STATEMENTS = (
    # Items of a review in all its cells, every third from a source of its own.
    """
insert into reviews_evidence (id, review_id, person_id, dimension, source, what, words, innocent,
    seen_on, told_by, record_kind, origin, written_by_id, written_at, struck_because)
select gen_random_uuid(), %(review)s, %(person)s, d.dimension, s.source, 'done',
       'Stayed on to sweep, time ' || n, 'He likes the work.', current_date - n %% 200,
       case n %% 3 when 0 then 'Somebody ' || n / 3 else '' end, '', '', %(lead)s, now(), ''
  from generate_series(1, %(items)s) n
  join (select row_number() over () - 1 as at, * from unnest(%(dimensions)s::text[]) dimension) d
    on d.at = n %% 9
  join (select row_number() over () - 1 as at, * from unnest(%(sources)s::text[]) source) s
    on s.at = n / 9 %% 5
""",
    """
insert into reviews_membermarks
    (id, review_id, person_id, member_id, evidence_id, marks, written_at)
select gen_random_uuid(), e.review_id, e.person_id, m.id, e.id,
       (select jsonb_object_agg(h.slug, (array['strongly-against', 'against', 'neither', 'fits'])
            [1 + abs(hashtext(h.slug || e.id::text || hashtext(m.id::text) %% 2)) %% 4])
          from reviews_hypothesis h
         where h.review_id = e.review_id and h.kind <> 'unknown'), now()
  from reviews_evidence e join reviews_member m on m.review_id = e.review_id
 where e.review_id = %(review)s
""",
)
WHOLE = ("reviews_review", "reviews_member", "reviews_evidence", "reviews_membermarks")


@dataclass(frozen=True)
class Timed:
    """One page: what it took at the middle and at most, and how many queries it asked."""

    name: str
    middle: float
    most: float
    queries: int


def main(
    items: Annotated[int, typer.Option(help="Items of evidence in the review.")] = 10_000,
    reads: Annotated[int, typer.Option(help="Reads of each page.")] = 7,
) -> None:
    """Fill a small service with one large review, and read each of its pages."""
    with postgres.throw_away() as server:
        environment = daybook_site.prepared(server, "reviews")
        os.environ.update(environment)
        version = server.version()
        with psycopg.connect(environment["DAYBOOK_OWNER_URL"], autocommit=True) as owner:
            timed = _measured(owner, items, reads)
    setting = (
        f"{datetime.now(UTC).date().isoformat()}, {tables.machine()}, PostgreSQL {version}; "
        f"{items:,} items, 3 members, 8 explanations, {3 * items:,} times marked."
    )
    headings = ("page", "middle ms", "most ms", "queries")
    lines = [
        (each.name, f"{each.middle:.0f}", f"{each.most:.0f}", str(each.queries)) for each in timed
    ]
    page = "\n\n".join(["# A joint review of its largest size", setting,
                        tables.markdown(headings, lines, words=1)])  # fmt: skip
    RESULTS.write_text(page + "\n")
    print(page)


def _measured(owner: psycopg.Connection[Any], items: int, reads: int) -> list[Timed]:
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    from tests.understand.reviews.furnished import LEAD, gathering
    from tests.world import small_world

    world = small_world(owner)
    made = gathering(world, world.people[PERSON])
    _fill(owner, items, made.review, made.person, world.staff[LEAD])
    client = world.client(LEAD)
    at = f"/reviews/{made.review}/"

    def read(path: str) -> Callable[[], Any]:
        return lambda: client.get(at + path)

    def kept() -> Any:
        page = client.get(at + "rate/")
        fields = dict.fromkeys(_radios(page.content.decode()), "neither")
        return lambda: client.post(at + "rate/", fields)

    timed = [
        _timed("the review, with its board", read(""), reads),
        _timed("one cell of the board", read("board/settings/wing/"), reads),
    ]
    with _at_stage(owner, made.review, "rating_since = now()"):
        timed.append(_timed("rate, 25 items", read("rate/"), reads))
        timed.append(_timed("rate, keep a page", kept(), reads, status=302))
    with _at_stage(owner, made.review, "rating_since = now(), matrix_since = now()"):
        timed.append(_timed("the matrix", read("matrix/"), reads))
        timed.append(_timed("the close form", read("close/"), reads))
        timed.append(_once("close it", lambda: client.post(at + "close/", _closing())))
    return timed


def _fill(owner: psycopg.Connection[Any], items: int, review: Any, person: int, lead: int) -> None:
    from daybook.understand.reviews.vocabulary import Dimension, RecordKind, Source

    given = {
        "review": review,
        "person": person,
        "lead": lead,
        "items": items,
        "dimensions": list(Dimension.values),
        "sources": [source for source in Source.values if source not in RecordKind.values],
    }
    for statement in STATEMENTS:
        owner.execute(statement, given)
    owner.execute("analyze")


@contextmanager
def _at_stage(owner: psycopg.Connection[Any], review: Any, moments: str) -> Iterator[None]:
    """The review at a later stage, for a moment: its steps are measured, and not its locks."""
    signed = "now()" if "matrix" in moments else "null"
    for table in WHOLE:
        owner.execute(f"alter table {table} disable trigger user")
    owner.execute(f"update reviews_review set {moments} where id = %s", [review])
    owner.execute(
        f"update reviews_member set finished_at = {signed} where review_id = %s", [review]
    )
    for table in WHOLE:
        owner.execute(f"alter table {table} enable trigger user")
    yield


def _radios(page: str) -> set[str]:
    return {
        name
        for tag in re.findall(r"<input[^>]*>", page)
        if 'type="radio"' in tag
        for name in re.findall(r' name="([^"]+)"', tag)
    }


def _closing() -> dict[str, object]:
    from daybook.foundation.registry.keys import new_key
    from tests.understand.reviews.furnished import CLOSING

    said = {name: given for name, given in CLOSING.items() if given not in ("", True)}
    next_on = (datetime.now(UTC) + timedelta(days=56)).date().isoformat()
    key = str(new_key())
    return said | {"key": key, "least": ["unknown"], "nobody_differs": "on", "next_on": next_on}


def _once(name: str, ask: Callable[[], Any]) -> Timed:
    """What can be done but once, with the queries it asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 302:
        raise RuntimeError(f"{name}: {answer.status_code}")
    return Timed(name, took, took, len(asked))


def _timed(name: str, ask: Callable[[], Any], reads: int, *, status: int = 200) -> Timed:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    took = []
    for _ in range(reads):
        began = time.perf_counter()
        answer = ask()
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != status:
            raise RuntimeError(f"{name}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        ask()
    return Timed(name, statistics.median(took), max(took), len(asked))


if __name__ == "__main__":
    typer.run(main)
