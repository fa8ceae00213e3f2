"""The table as it was designed, typed by hand, beside the table in code. Neither moves alone.

R reads, W writes, w adds and reads back one's own, a sees figures where nobody can be told apart,
c is a custodian who answers requests one by one, - nothing. The rest are conditions.
"""

import pytest

from daybook.foundation.access.roles import (
    CLERK,
    READ,
    READ_WRITE,
    ROLES,
    WRITE,
    Compartment,
    Reach,
    Right,
)

C = Compartment
COLUMNS = (
    C.WING, C.SAFETY, C.CASEWORK, C.INFORMATION, C.SOURCE_IDENTITY, C.PASTORAL, C.HEALTH,
    C.COMPLAINTS, C.PARTNER, C.EQUALITY, C.STAFF_SUPPORT,
)  # fmt: skip
DESIGNED = """
wing-officer | unit | RW | RW | w | w | - | - | - | w | - | - | own
personal-officer | own | RW | RW | w | w | - | - | - | w | - | - | own
activity-staff | unit | w | R | w | w | - | - | - | w | - | - | own
duty-manager | establishment | RW | RW | R | R1 | - | - | - | w | - | a | a
head-of-unit | unit | RW | RW | R | R1 | - | - | - | w | - | a | a
case-lead | case | R | RW | RW | R1 | - | - | - | w | R | - | own
psychologist | case | R | RW | RW | -2 | - | - | RW disc | w | R | - | own
on-call-care | answering | R14 | RW | - | - | - | - | RW | w | - | - | own
chaplain | establishment | w | RW | w | w | - | RW own | - | w | - | - | own
analyst | establishment | -2 | R | -2 | RW | - | - | - | w | R3 | - | own
source-custodian | service | - | - | - | R | c | - | - | w | - | - | own
governor | establishment | R | R | R | R1 | - | - | - | R4 | R | a | a
probation-officer | case-across | RW9 | RW | RW | R1 | - | - | - | w | R | - | own
partner-worker | none | - | - | - | w5 | - | - | - | - | RW5| - | -
complaints-custodian | none | R6 | - | R6 | - | - | - | - | RW6 | - | - | -
training-unit | none | - | - | - | - | - | - | - | - | - | - | a
researcher | none | a | a | a | a | - | - | - | - | - | a | -
data-protection-officer | none | R7 | R7 | R7 | R7 | c | - | - | R7 | R7 | a | -
oversight | service | R | R | R | R | - | R8 | R8 | R | R | a | a
administrator | none | - | - | - | - | - | - | - | - | - | - | -
"""
RIGHTS = {
    "R": READ, "W": READ_WRITE, "RW": READ_WRITE, "w": WRITE, "-": frozenset(),
    # Figures and a custodian's answers are no right on rows.
    "a": frozenset(), "c": frozenset(),
    # What concerns oneself as a colleague is one's own, and about nobody in custody.
    "own": frozenset(),
    # 1: confirmed information only, never who told it, which its room sees to.
    "R1": READ,
    # 2: unless a record is attached to the report or case, one by one and with a reason.
    "-2": frozenset(),
    # 3: where it is addressed to them.
    "R3": READ,
    # 4: what was done about a complaint, in words that name nobody, by a wall of its own.
    "R4": frozenset(),
    # 5, 6, 7: what was shared with the agency; what a complaint names; on a named inquiry: opened
    # record by record, so that the role by itself reaches nobody.
    "w5": frozenset(), "RW5": frozenset(), "R6": frozenset(), "RW6": frozenset(), "R7": frozenset(),
    # 8: with the person's consent, one record at a time.
    "R8": frozenset(),
    # Fourteen days, while a concern is open: served by a function, and no right on the book.
    "R14": frozenset(),
    # 9: designed as R. They are the only ones who write about whom they see across the gate, and
    # casework has no place for it yet: until it has, they write in the book.
    "RW9": READ_WRITE,
    # A chaplain adds, and reads back nobody's but their own; a discipline reads its own.
    "RW own": WRITE, "RW disc": READ_WRITE,
}  # fmt: skip
# Kinds of record that the design speaks of without a column: names and places come with reach,
# and leading is to bring in, move and let go; a case is opened by some and read by its team.
BESIDE = {
    C.IDENTITY: {"duty-manager": READ_WRITE, "head-of-unit": READ_WRITE},
    C.CASES: {
        **dict.fromkeys(
            ("duty-manager", "head-of-unit", "case-lead", "psychologist", "probation-officer"),
            WRITE,
        ),
        "oversight": READ,
    },
    C.BREAK_GLASS: {"duty-manager": WRITE, "head-of-unit": READ_WRITE, "oversight": READ},
}


def designed():
    for line in DESIGNED.strip().splitlines():
        role, reach, *marks = (part.strip() for part in line.split("|"))
        yield role, reach, dict(zip(COLUMNS, marks, strict=True))


def test_every_role_and_every_kind_of_record_is_designed():
    assert [role for role, *_ in designed()] == [key for key in ROLES if key != CLERK.key]
    assert set(COLUMNS) | BESIDE.keys() == set(Compartment)


@pytest.mark.parametrize(
    ("role", "reach", "marks"), list(designed()), ids=[role for role, *_ in designed()]
)
def test_the_code_holds_what_was_designed(role, reach, marks):
    held = ROLES[role]
    assert held.reach == Reach(reach)
    for compartment, mark in marks.items():
        assert held.rights.get(compartment, frozenset()) == RIGHTS[mark], (role, compartment)
    for compartment, roles in BESIDE.items():
        usual = READ if compartment is C.IDENTITY and held.reach is not Reach.NONE else frozenset()
        assert held.rights.get(compartment, frozenset()) == roles.get(role, usual), compartment


def test_what_is_told_in_confidence_and_complaints_are_out_of_reach_of_security():
    """Whoever handles information, an establishment or a wing reads none of it."""
    for key in ("analyst", "governor", "duty-manager", "head-of-unit", "wing-officer"):
        for compartment in (C.PASTORAL, C.HEALTH, C.SOURCE_IDENTITY, C.COMPLAINTS):
            assert Right.READ not in ROLES[key].rights.get(compartment, ()), (key, compartment)
