"""Roles and what each may reach: the table as shipped, in code, one sentence a role.

The database holds a copy (``AccessRight``) that its policies read; a check at start and
a test keep the two equal. Changing the table is a decision a service records.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Reach(StrEnum):
    """Which people a role brings into sight."""

    UNIT = "unit"
    """People who are now on the units of the assignment."""
    OWN = "own"
    """People to whom one is personal officer, or for whom one covers."""
    CASE = "case"
    """People on whose case team one is named, until they are released or move abroad."""
    CASE_ACROSS = "case-across"
    """The same, and across the gate: a release does not end it."""
    ESTABLISHMENT = "establishment"
    """People who are now anywhere in the establishment of the assignment."""
    ANSWERING = "answering"
    """People of the establishment of the assignment for whose safety somebody is owed an answer."""
    SERVICE = "service"
    """Everyone the service holds."""
    NONE = "none"
    """Nobody, unless a step of its own opens one record, such as an inquiry."""


AT_AN_ESTABLISHMENT = frozenset({Reach.ESTABLISHMENT, Reach.ANSWERING})
"""Such roles are held for an establishment."""


class Compartment(StrEnum):
    """Kinds of record that are kept apart."""

    IDENTITY = "identity"
    """Who somebody is and where they live: what every reach includes."""
    WING = "wing"
    SAFETY = "safety"
    CASEWORK = "casework"
    CASES = "cases"
    """Work on one concern. To write here is to open one; its team alone reads it."""
    INFORMATION = "information"
    SOURCE_IDENTITY = "source-identity"
    PASTORAL = "pastoral"
    HEALTH = "health"
    COMPLAINTS = "complaints"
    PARTNER = "partner"
    EQUALITY = "equality"
    STAFF_SUPPORT = "staff-support"
    BREAK_GLASS = "break-glass"
    """Openings in an emergency. To write here is to open somebody out of reach for three hours,
    to read what one's role reads anyway of the wing, safety and casework; to read is to review."""


class Right(StrEnum):
    """What a role may do in a compartment.

    ``WRITE`` alone lets one add, and read back one's own and nothing else.
    """

    READ = "read"
    WRITE = "write"


READ = frozenset({Right.READ})
WRITE = frozenset({Right.WRITE})
READ_WRITE = frozenset({Right.READ, Right.WRITE})


OF_A_WING = frozenset({Reach.UNIT, Reach.OWN})
KNOWN_ON_A_WING = frozenset({Compartment.IDENTITY, Compartment.WING, Compartment.SAFETY})


@dataclass(frozen=True)
class Role:
    key: str
    name: object
    sentence: object
    reach: Reach
    rights: dict[Compartment, frozenset[Right]] = field(default_factory=dict)
    alone: bool = False
    """Held by itself: whoever holds it holds no other role beside it."""

    def __post_init__(self) -> None:
        # Whoever is reached is known by name and place; more than that is said cell by cell.
        if self.reach is not Reach.NONE:
            self.rights.setdefault(Compartment.IDENTITY, READ)

    @property
    def needs_second_factor(self) -> bool:
        """Whether it reaches more than a wing: other people, or other kinds of record.

        ``daybook.needs_second_factor`` says the same to the database.
        """
        read = {kind for kind, rights in self.rights.items() if Right.READ in rights}
        return self.reach not in OF_A_WING or not read <= KNOWN_ON_A_WING


C = Compartment

WING_OFFICER = Role(
    "wing-officer",
    _("Wing officer"),
    _("Knows the people who now live on the wing, reads and writes what the wing knows."),
    Reach.UNIT,
    {
        C.WING: READ_WRITE,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: WRITE,
        C.INFORMATION: WRITE,
        C.COMPLAINTS: WRITE,
    },
)
PERSONAL_OFFICER = Role(
    "personal-officer",
    _("Personal officer"),
    _("Knows a few people well, wherever they are moved, for as long as the assignment lasts."),
    Reach.OWN,
    {
        C.WING: READ_WRITE,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: WRITE,
        C.INFORMATION: WRITE,
        C.COMPLAINTS: WRITE,
    },
)
ACTIVITY_STAFF = Role(
    "activity-staff",
    _("Activity staff"),
    _("Teaches, instructs or receives visits: writes what was seen there, reads back their own."),
    Reach.UNIT,
    {C.WING: WRITE, C.SAFETY: READ, C.CASEWORK: WRITE, C.INFORMATION: WRITE, C.COMPLAINTS: WRITE},
)
DUTY_MANAGER = Role(
    "duty-manager",
    _("Duty manager"),
    _(
        "Answers for the establishment during a shift; in an emergency opens the record of "
        "somebody out of reach, for three hours and with a reason."
    ),
    Reach.ESTABLISHMENT,
    {
        C.IDENTITY: READ_WRITE,
        C.WING: READ_WRITE,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: READ,
        C.CASES: WRITE,
        C.INFORMATION: READ,
        C.COMPLAINTS: WRITE,
        C.BREAK_GLASS: WRITE,
    },
)
HEAD_OF_UNIT = Role(
    "head-of-unit",
    _("Head of unit"),
    _(
        "Leads the team of a wing and answers for how it works; opens a record out of reach in an "
        "emergency, and reviews whoever so opened one of the wing’s."
    ),
    Reach.UNIT,
    {
        C.IDENTITY: READ_WRITE,
        C.WING: READ_WRITE,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: READ,
        C.CASES: WRITE,
        C.INFORMATION: READ,
        C.COMPLAINTS: WRITE,
        C.BREAK_GLASS: READ_WRITE,
    },
)
CASE_LEAD = Role(
    "case-lead",
    _("Case lead"),
    _("Brings together everyone who works with a person on a case, and keeps its dates."),
    Reach.CASE,
    {
        C.WING: READ,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: READ_WRITE,
        C.CASES: WRITE,
        C.INFORMATION: READ,
        C.COMPLAINTS: WRITE,
        C.PARTNER: READ,
    },
)
PSYCHOLOGIST = Role(
    "psychologist",
    _("Psychologist"),
    _("Assesses and supports the people on whose case they are named."),
    Reach.CASE,
    {
        C.WING: READ,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: READ_WRITE,
        C.CASES: WRITE,
        C.HEALTH: READ_WRITE,
        C.COMPLAINTS: WRITE,
        C.PARTNER: READ,
    },
)
CHAPLAIN = Role(
    "chaplain",
    _("Chaplain"),
    _("Is there for whoever asks; what is said in confidence stays out of security's reach."),
    Reach.ESTABLISHMENT,
    {
        C.WING: WRITE,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: WRITE,
        C.INFORMATION: WRITE,
        C.PASTORAL: WRITE,
        C.COMPLAINTS: WRITE,
    },
)
ANALYST = Role(
    "analyst",
    _("Analyst"),
    _("Puts information into context; sees no reflection that was not attached with a reason."),
    Reach.ESTABLISHMENT,
    {C.SAFETY: READ, C.INFORMATION: READ_WRITE, C.COMPLAINTS: WRITE, C.PARTNER: READ},
)
GOVERNOR = Role(
    "governor",
    _("Governor"),
    _("Leads the establishment: what is overdue, and whether it helps."),
    Reach.ESTABLISHMENT,
    {
        C.WING: READ,
        C.SAFETY: READ,
        C.CASEWORK: READ,
        C.INFORMATION: READ,
        C.PARTNER: READ,
    },
)
PROBATION_OFFICER = Role(
    "probation-officer",
    _("Probation officer"),
    _("Prepares release with the person and stays with them across the gate."),
    Reach.CASE_ACROSS,
    {
        C.WING: READ_WRITE,
        C.SAFETY: READ_WRITE,
        C.CASEWORK: READ_WRITE,
        C.CASES: WRITE,
        C.INFORMATION: READ,
        C.COMPLAINTS: WRITE,
        C.PARTNER: READ,
    },
)
OVERSIGHT = Role(
    "oversight",
    _("Oversight body"),
    _("Inspects from outside: reads what it must to see that rights are kept."),
    Reach.SERVICE,
    {
        C.WING: READ,
        C.SAFETY: READ,
        C.CASEWORK: READ,
        C.CASES: READ,
        C.INFORMATION: READ,
        C.COMPLAINTS: READ,
        C.PARTNER: READ,
        C.BREAK_GLASS: READ,
    },
    alone=True,
)
ON_CALL_CARE = Role(
    "on-call-care",
    _("On-call care"),
    _(
        "Answers concerns for safety; reaches the person a concern is about while it is open, and "
        "reads what was written of them in the last fourteen days."
    ),
    Reach.ANSWERING,
    {C.SAFETY: READ_WRITE, C.HEALTH: READ_WRITE, C.COMPLAINTS: WRITE},
)
SOURCE_CUSTODIAN = Role(
    "source-custodian",
    _("Source custodian"),
    _("Keeps who said something apart from what was said, and answers requests one by one."),
    Reach.SERVICE,
    {C.INFORMATION: READ, C.COMPLAINTS: WRITE},
    alone=True,
)
PARTNER_WORKER = Role(
    "partner-worker",
    _("Partner worker"),
    _("Works for another agency; reaches what was shared with that agency, and nothing else."),
    Reach.NONE,
)
COMPLAINTS_CUSTODIAN = Role(
    "complaints-custodian",
    _("Complaints custodian"),
    _("Handles complaints; reaches what a complaint names, and nothing else."),
    Reach.NONE,
)
TRAINING_UNIT = Role(
    "training-unit",
    _("Training and support unit"),
    _("Trains and supports staff; sees figures in which nobody can be told apart."),
    Reach.NONE,
)
RESEARCHER = Role(
    "researcher",
    _("Researcher"),
    _("Works on an approved project with figures in which nobody can be told apart."),
    Reach.NONE,
)
DATA_PROTECTION = Role(
    "data-protection-officer",
    _("Data-protection officer"),
    _("Watches over this table and the log; opens a record on a named inquiry only."),
    Reach.NONE,
)
ADMINISTRATOR = Role(
    "administrator",
    _("Administrator"),
    _("Keeps the service running; reads about nobody."),
    Reach.NONE,
)
CLERK = Role(
    "clerk",
    _("Daybook itself"),
    _("Draws the charts, calls on for an answer. Nobody signs in as it."),
    Reach.SERVICE,
    {C.WING: READ_WRITE, C.SAFETY: READ_WRITE, C.BREAK_GLASS: READ},
    alone=True,
)

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        WING_OFFICER,
        PERSONAL_OFFICER,
        ACTIVITY_STAFF,
        DUTY_MANAGER,
        HEAD_OF_UNIT,
        CASE_LEAD,
        PSYCHOLOGIST,
        ON_CALL_CARE,
        CHAPLAIN,
        ANALYST,
        SOURCE_CUSTODIAN,
        GOVERNOR,
        PROBATION_OFFICER,
        PARTNER_WORKER,
        COMPLAINTS_CUSTODIAN,
        TRAINING_UNIT,
        RESEARCHER,
        DATA_PROTECTION,
        OVERSIGHT,
        ADMINISTRATOR,
        CLERK,
    )
}
