"""The role table in sentences, generated from the code that both walls are built on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .changes import Cell, Change
from .roles import CLERK, READ, READ_WRITE, ROLES, WRITE, Compartment, Reach, Right, Role
from .viewer import Viewer

WHOM = {
    Reach.UNIT: gettext_lazy("people who live on their units now"),
    Reach.OWN: gettext_lazy("people whose personal officer they are, or for whom they cover"),
    Reach.CASE: gettext_lazy("people on whose case team they are, until a release"),
    Reach.CASE_ACROSS: gettext_lazy("people on whose case team they are, also after a release"),
    Reach.ESTABLISHMENT: gettext_lazy("everyone who is in their establishment now"),
    Reach.ANSWERING: gettext_lazy("people of their establishment whom a concern is about"),
    Reach.SERVICE: gettext_lazy("everyone in the service"),
    Reach.NONE: gettext_lazy("nobody by itself"),
}
KINDS = {
    Compartment.IDENTITY: (
        gettext_lazy("Names and places"),
        gettext_lazy(
            "Who somebody is, where they live and who their officers are. To write here is to "
            "bring in, to move and to let go."
        ),
    ),
    Compartment.WING: (
        gettext_lazy("The wing’s book"),
        gettext_lazy("Reflections, usual patterns, meetings, actions: what the wing knows."),
    ),
    Compartment.SAFETY: (
        gettext_lazy("Safety"),
        gettext_lazy("Keeping somebody safe, from themselves or from others."),
    ),
    Compartment.CASEWORK: (
        gettext_lazy("Casework"),
        gettext_lazy("Assessments, reviews and plans."),
    ),
    Compartment.CASES: (
        gettext_lazy("Cases"),
        gettext_lazy("Work on one concern. To add is to open one; only its team reads it."),
    ),
    Compartment.INFORMATION: (
        gettext_lazy("Information"),
        gettext_lazy("What has come in and is being put into context."),
    ),
    Compartment.SOURCE_IDENTITY: (
        gettext_lazy("Who a source is"),
        gettext_lazy("Kept apart from what was said, and told only request by request."),
    ),
    Compartment.PASTORAL: (
        gettext_lazy("Pastoral care"),
        gettext_lazy("What was said to a chaplain in confidence."),
    ),
    Compartment.HEALTH: (
        gettext_lazy("Health"),
        gettext_lazy("What was said to a psychologist or to health care."),
    ),
    Compartment.COMPLAINTS: (
        gettext_lazy("Complaints"),
        gettext_lazy("Complaints, and letters about the law."),
    ),
    Compartment.PARTNER: (
        gettext_lazy("From partners"),
        gettext_lazy("What another agency gave, under its conditions."),
    ),
    Compartment.EQUALITY: (
        gettext_lazy("Equality"),
        gettext_lazy("Told voluntarily, and seen only in figures where nobody can be told apart."),
    ),
    Compartment.STAFF_SUPPORT: (
        gettext_lazy("Support for staff"),
        gettext_lazy("How colleagues are, after hard days."),
    ),
    Compartment.BREAK_GLASS: (
        gettext_lazy("Emergency openings"),
        gettext_lazy(
            "Who opened the record of somebody out of reach, for three hours, and why. To add is "
            "to open one; to read is to review it. Never opened: information, who a source is, "
            "pastoral care, health, complaints."
        ),
    ),
}
MAY = (
    (READ_WRITE, gettext_lazy("Reads and writes")),
    (READ, gettext_lazy("Reads")),
    (WRITE, gettext_lazy("Adds, and reads back only their own")),
)


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """One role: what it is for, whom it reaches, and what it may do there."""

    key: str
    name: str
    sentence: str
    whom: str
    second_factor: bool
    """Signing in takes one."""
    may: list[tuple[str, list[str]]]
    """What may be done, with the kinds of record it may be done with."""
    held: bool
    """The reader holds it now."""


@dataclass(frozen=True, slots=True)
class KindInWords:
    """One kind of record: what it is, who reads it and who may only add to it."""

    name: str
    meaning: str
    readers: list[str]
    adders: list[str]


def roles_in_words(*, viewer: Viewer) -> list[RoleInWords]:
    """Every role that a person can hold, in the order of the table."""
    return [
        RoleInWords(
            key=role.key,
            name=str(role.name),
            sentence=str(role.sentence),
            whom=str(WHOM[role.reach]),
            second_factor=role.needs_second_factor,
            may=_may(role),
            held=viewer.holds(role),
        )
        for role in _people()
    ]


def kinds_in_words() -> list[KindInWords]:
    """Every kind of record, with the roles that reach it."""
    return [
        KindInWords(
            name=str(name),
            meaning=str(meaning),
            readers=[str(r.name) for r in _people() if Right.READ in _rights(r, compartment)],
            adders=[str(r.name) for r in _people() if _rights(r, compartment) == WRITE],
        )
        for compartment, (name, meaning) in KINDS.items()
    ]


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """One cell that changed: "Wing officer · Safety", what it was, what it is."""

    role: str
    kind: str
    before: str
    after: str
    widens: bool


def changes_in_words(changes: Iterable[Change]) -> list[ChangeInWords]:
    """Each cell that differs, as one reads it aloud."""
    return [
        ChangeInWords(
            role=str(ROLES[change.role].name) if change.role in ROLES else change.role,
            kind=_kind(change.compartment),
            before=_cell(change.before),
            after=_cell(change.after),
            widens=change.widens,
        )
        for change in changes
    ]


def _kind(compartment: str) -> str:
    known = compartment in set(Compartment)
    return str(KINDS[Compartment(compartment)][0]) if known else compartment


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return _("nothing")
    rights = {Right.READ} if cell.reads else set()
    rights |= {Right.WRITE} if cell.writes else set()
    verb = next((str(verb) for may, verb in MAY if may == rights), "")
    whom = str(WHOM[Reach(cell.reach)]) if cell.reach in set(Reach) else cell.reach
    return f"{verb}: {whom}"


def _people() -> list[Role]:
    return [role for role in ROLES.values() if role is not CLERK]


def _rights(role: Role, compartment: Compartment) -> frozenset[Right]:
    """What the role really opens: a right about nobody opens nothing."""
    return frozenset() if role.reach is Reach.NONE else role.rights.get(compartment, frozenset())


def _may(role: Role) -> list[tuple[str, list[str]]]:
    found = [
        (
            str(verb),
            [str(name) for kind, (name, _meaning) in KINDS.items() if _rights(role, kind) == may],
        )
        for may, verb in MAY
    ]
    return [(verb, kinds) for verb, kinds in found if kinds]
