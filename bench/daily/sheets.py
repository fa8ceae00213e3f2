"""``python -m bench.daily.sheets``: unlock sheet and evacuation list beside a plain select."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from rich.console import Console
from rich.progress import track

from bench import postgres
from bench.daily import daybook_site, tables
from bench.daily.daybook_side import Officer
from bench.load import Timings

RESULTS = Path(__file__).parents[1] / "results"
PEOPLE = 600
REFLECTIONS = 10_000
AT_MOST = 150
"""Milliseconds that one list may take, whole page, at the 95th percentile."""

# Two of five people have something to know, each tenth is kept apart from the next.
NOTES = """
insert into safety_unlocknote (id, person_id, kind, apart_from_id, pair, staff_needed, instruction,
    reason, written_by_id, written_at, review_on, ended_because)
select gen_random_uuid(), p, kind, null::bigint, null::uuid, null::smallint,
       'Needs an arm on the stairs.', 'A bad knee.', 1, now(), current_date + 14, ''
  from generate_series(1, {people}) p, unnest('{{medical,evacuation}}'::text[]) kind
 where p % 5 = 0
union all
select gen_random_uuid(), p, 'keep-apart', p + 1, gen_random_uuid(), null,
       'Exercise at other times.', 'A quarrel.', 1, now(), current_date + 14, ''
  from generate_series(1, {people} - 1) p where p % 10 = 0
"""
SELECT = """
select c.name, p.given_name, p.family_name, n.instruction
  from people_stay s
  join people_person p on p.id = s.person_id
  left join places_cell c on c.id = s.cell_id
  left join safety_unlocknote n on n.person_id = s.person_id and n.ended_at is null
 where s.unit_id = 1 and s.ended_at is null order by c.name
"""


def main(
    reads: Annotated[int, typer.Option(help="Reads of each list, in turns of ten.")] = 400,
    save: Annotated[bool, typer.Option(help="Write bench/results/sheets.md.")] = True,
) -> None:
    """Read both lists of a wing of sixty, in turns with the select that a list can't do without."""
    with postgres.throw_away() as server:
        environment = daybook_site.fill(server, "sheets", people=PEOPLE, reflections=REFLECTIONS)
        with (
            daybook_site.serving(environment) as address,
            psycopg.connect(environment["DAYBOOK_OWNER_URL"], autocommit=True) as owner,
        ):
            owner.execute(NOTES.format(people=PEOPLE))
            owner.execute("analyze safety_unlocknote")
            wing = daybook_site.target(address, wing=1)
            with (
                closing(Officer(replace(wing, board="/safety/u1/unlock/"), "officer1")) as unlock,
                closing(Officer(replace(wing, board="/safety/u1/evacuation/"), "officer2")) as out,
            ):
                sides: dict[str, Callable[[int], list[float]]] = {
                    "plain select": lambda times: _selects(owner, times),
                    "unlock sheet (whole page)": unlock.time_board,
                    "evacuation list (whole page)": out.time_board,
                }
                spent: dict[str, list[float]] = {name: [] for name in sides}
                for read in sides.values():
                    read(20)
                for _ in track(range(reads // 10), description="Reading in turns"):
                    for name, read in sides.items():
                        spent[name] += read(10)
        version = server.version()
    _tell({name: Timings(tuple(took), len(took) / sum(took)) for name, took in spent.items()},
          f"{datetime.now(UTC).date().isoformat()}, {tables.machine()}, PostgreSQL {version}; "
          f"{reads} reads of each, in turns; a page may take {AT_MOST} ms.", save=save)  # fmt: skip


def _selects(connection: psycopg.Connection, times: int) -> list[float]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        connection.execute(SELECT).fetchall()
        took.append((time.perf_counter() - began) * 1000)
    return took


def _tell(timings: dict[str, Timings], setting: str, *, save: bool) -> None:
    first = timings["plain select"]
    headings = ("Everyone on a wing of sixty", "p50 ms", "p95 ms", "p95 beside the select")
    lines = [
        (name, f"{t.p50:.1f}", f"{t.p95:.1f}", f"{t.p95 / first.p95:.1f} ×")
        for name, t in timings.items()
    ]
    console = Console()
    tables.show(console, headings, lines)
    console.print(setting)
    if save:
        page = "\n\n".join(
            ["# Unlock sheet and evacuation list", setting, tables.markdown(headings, lines)]
        )
        (RESULTS / "sheets.md").write_text(page + "\n")


if __name__ == "__main__":
    typer.run(main)
