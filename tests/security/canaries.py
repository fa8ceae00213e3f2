"""Words that stand once in the whole service: wherever one comes out, it tells from which row.

Every column of words about somebody gets one in every row. Who may read that row is said by the
role table: the kind of record of its table, and whom the role reaches. A table walled by something
else has a rule of its own here; without one, only those whom the row names as staff may read it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from django.apps import apps
from psycopg import errors

from daybook.foundation.access.roles import Compartment, Reach, Right, Role
from tests.security.doors import READS_THIS, TEAM, may, only
from tests.security.test_two_walls import OTHERWISE, REACHED, TABLES
from tests.world import World

C, R = Compartment, Right
WORD = re.compile(r"zq[0-9a-z]{5}z", re.IGNORECASE)
ABOUT_SOMEBODY = ("[personal]", "[intimate]")
HERE = "Amir Kaya"
ONLY_ADDRESSES = {"duties_notice.path"}
REACHED_NOW = REACHED | {Reach.ANSWERING: {HERE}}
"""A concern about Amir is open, so on-call care reaches him."""
May = Callable[[Role, bool], bool]
"""Whether a role may, about a row that belongs to the wing it works on, or to another prison."""


@dataclass(frozen=True)
class Canary:
    """Where a word stands, about whom, and which staff the row names."""

    table: str
    column: str
    person: str
    here: bool
    staff: frozenset[int]


def _in_reach(ask: Callable[[Role], bool]) -> May:
    """Whoever reads it where they work, and whoever looks at the whole service everywhere."""
    return lambda role, here: ask(role) and (here or role.reach is Reach.SERVICE)


def _by_office(ask: Callable[[Role], bool]) -> May:
    return lambda role, here: ask(role)


def _knows_amir(role: Role) -> bool:
    return may(R.READ)(role) and HERE in REACHED_NOW[role.reach] | REACHED[Reach.SERVICE]


def _reviews(role: Role, here: bool) -> bool:
    office = only("data-protection-officer", "oversight")
    return office(role) or (here and role.key == "head-of-unit")


EXCHANGES = only("analyst", "oversight", "source-custodian")
READERS: dict[str, May] = {
    # By the person's own word, which lets the oversight body read.
    "confidences_consent": _by_office(only("oversight")),
    "cases_case": _in_reach(TEAM),
    "cases_casereview": _in_reach(TEAM),
    "cases_teammember": _in_reach(TEAM),
    "reflections_meeting": _in_reach(may(R.READ)),
    "reflections_strike": _in_reach(only("case-lead", "head-of-unit", "duty-manager", "oversight")),
    "shifts_sharedevent": _in_reach(_knows_amir),
    "shifts_handovernote": _in_reach(may(R.READ)),
    "shifts_signature": _in_reach(may(R.READ)),
    **dict.fromkeys(
        (
            "assessments_assessment",
            "assessments_sheet",
            "assessments_basis",
            "assessments_sheetanswer",
            "assessments_account",
            "assessments_talk",
            "assessments_closing",
        ),
        _in_reach(may(R.READ, of=C.CASEWORK)),
    ),
    "conduct_observation": _by_office(only("complaints-custodian")),
    "conduct_outcome": _by_office(only("complaints-custodian", "governor", "oversight")),
    "contests_contest": _in_reach(may(R.READ)),
    "contests_settlement": _in_reach(may(R.READ)),
    # Whoever gives something to somebody outside owes them word of it.
    "contests_correction": lambda role, here: (
        role.key in {"data-protection-officer", "oversight"} or (role.key == "case-lead" and here)
    ),
    # Whoever reads this very concern, which is confirmed, and all that lies beside it.
    **{
        f"information_{table}": _in_reach(READS_THIS)
        for table in (
            "report",
            "concern",
            "concernstep",
            "grading",
            "levelling",
            "asking",
            "account",
            "copy",
            "use",
        )
    },
    # The desk's, and of whoever inspects information.
    "information_enquiry": _in_reach(EXCHANGES),
    "information_answer": _in_reach(EXCHANGES),
    "information_feedback": _in_reach(EXCHANGES),
    # Whoever reads the concern itself reads to whom it was shown at once.
    "information_urging": _in_reach(READS_THIS),
    "information_protection": _in_reach(may(R.READ, of=C.INFORMATION)),
    # Whoever reads casework, and whoever takes part.
    **{
        f"reviews_{table}": _in_reach(may(R.READ, of=C.CASEWORK))
        for table in (
            "review",
            "member",
            "hypothesis",
            "hypothesistest",
            "evidence",
            "membermarks",
            "note",
            "closing",
            "saidsince",
            "recordreading",
            "recordquality",
        )
    },
    "breakglass_opening": lambda role, here: (
        role.key in {"data-protection-officer", "oversight"}
        or (role.key == "head-of-unit" and here)
    ),
    "breakglass_review": lambda role, here: (
        role.key in {"data-protection-officer", "oversight"}
        or (role.key == "head-of-unit" and here)
    ),
}
# What is read beside a kind of record's own row of the role table, by whom and why.
BESIDE: dict[str, May] = {
    # Which service never answered, and since when: whoever leads the place, and about nobody.
    "information_enquiry": _in_reach(only("governor")),
    # Whoever leads the case reads who has looked, and on what ground: the typed reason.
    "breakglass_opening": _in_reach(only("case-lead")),
    # On-call care reads what was written in fourteen days of whom a concern is about.
    "reflections_reflection": _in_reach(only("on-call-care")),
    # Whoever knows somebody may fear for them, and so knows that a concern is open.
    "safety_concern": lambda role, here: False,
}


def plant(world: World) -> tuple[dict[str, Canary], list[str]]:
    """Put a word into every row; gives them, and the columns that take only set values."""
    numbers, planted, held_to_values = count(), dict[str, Canary](), []
    names = {key: name for name, key in world.people.items()}
    with world.owner.transaction():
        world.owner.execute("set constraints all immediate")
        for table in sorted(TABLES.keys() | OTHERWISE):
            world.owner.execute(f"alter table {table} disable trigger user")
            person = TABLES.get(table, ("", "person_id"))[1]
            for column in _words_in(world.owner, table):
                for place, row in _rows(world.owner, table):
                    word = f"zq{next(numbers):05d}z"
                    change = f"update {table} set {column} = %s where ctid = %s"
                    try:
                        with world.owner.transaction():
                            world.owner.execute(change, [word, place])
                    except (errors.CheckViolation, errors.StringDataRightTruncation):
                        # What is empty until something happens tells nothing.
                        held_to_values += [f"{table}.{column}"] if row[column] else []
                        continue
                    whom = names.get(row.get(person) or 0, "")
                    here = "Cem" not in whom if whom else _is_here(world, row)
                    planted[word] = Canary(table, column, whom, here, _staff(row))
            world.owner.execute(f"alter table {table} enable trigger user")
    return planted, sorted(set(held_to_values))


def takes_set_values(column: str) -> bool:
    """Whether the model says that only some values may stand in this column."""
    table, _, name = column.partition(".")
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    field: Any = model._meta.get_field(name)
    short = field.max_length is not None and field.max_length < 9
    return bool(field.choices) or short or column in ONLY_ADDRESSES


def may_read(role: Role, staff: int, canary: Canary) -> bool:
    """What the role table says of one word and one reader."""
    if staff in canary.staff and Right.WRITE in _rights(role, canary.table):
        return True
    if (beside := BESIDE.get(canary.table)) and beside(role, canary.here):
        return True
    if canary.table in TABLES:
        compartment = TABLES[canary.table][0]
        reads = Right.READ in role.rights.get(compartment, ())
        return reads and canary.person in REACHED_NOW[role.reach]
    if canary.table.startswith("disclosures_"):
        return role.key in {"data-protection-officer", "oversight"} or staff in canary.staff
    if rule := READERS.get(canary.table):
        return rule(role, canary.here) or staff in canary.staff
    return staff in canary.staff


def _rights(role: Role, table: str) -> frozenset[Right]:
    known = TABLES.get(table)
    return role.rights.get(known[0], frozenset()) if known else frozenset({Right.WRITE})


def found_in(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def _words_in(owner: psycopg.Connection[Any], table: str) -> Iterator[str]:
    rows = owner.execute(
        "select a.attname, col_description(a.attrelid, a.attnum) from pg_attribute a"
        " where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped"
        " and a.atttypid in ('text'::regtype, 'varchar'::regtype) order by a.attnum",
        [table],
    ).fetchall()
    yield from (name for name, said in rows if (said or "").endswith(ABOUT_SOMEBODY))


def _rows(owner: psycopg.Connection[Any], table: str) -> list[tuple[str, dict[str, Any]]]:
    query = f"select ctid::text, to_jsonb(t) from {table} t"
    return [(place, row) for place, row in owner.execute(query).fetchall()]


def _staff(row: dict[str, Any]) -> frozenset[int]:
    """Every member of staff whom the row names."""
    columns = ("staff_id", "author_id", "owner_id", "rater_id", "lead_id")
    return frozenset(
        value
        for name, value in row.items()
        if value is not None and (name in columns or name.endswith("_by_id"))
    )


def _is_here(world: World, row: dict[str, Any]) -> bool:
    """Whether a row about nobody in particular belongs to the wing that everybody works on."""
    if row.get("establishment_id"):
        return bool(row["establishment_id"] == world.establishments["north"])
    if row.get("case_id"):
        return row["case_id"] == str(world.cases[HERE])
    return row.get("unit_id") in {world.units["a"], world.units["b"], None}
