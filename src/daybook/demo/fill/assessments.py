"""Assessments of those who have a case: again and again over the months, by two colleagues each; a
screen of who came lately; a tool kept elsewhere; and some that are under way."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.demo.world.assessing import (
    AGREED,
    DISSENT,
    NEEDS,
    OWN_VIEWS,
    READINGS,
    RESTS,
    SCREEN,
    TOOL,
    Facts,
)
from daybook.demo.world.chance import stream
from daybook.foundation.access.models import Assignment
from daybook.foundation.audit.bulk import copy_rows, sign_many
from daybook.foundation.cases.models import TeamMember
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Competence
from daybook.understand.assessments.models import (
    Account,
    Assessment,
    Basis,
    Closing,
    Draft,
    Sheet,
    SheetAnswer,
    Talk,
)
from daybook.understand.instruments.definition import Instrument, Item
from daybook.understand.instruments.queries import offered

from .keys import REASON, Filling, add_rows

Row = dict[str, Any]
TIMES = (165, 125, 85, 45, 9)
"""So many days ago the same was asked."""
TRAINED_FOR = ("assessing-needs", "structured-assessment", "vera-2r")


def fill(filling: Filling) -> None:
    _train(filling)
    telling = _Telling(filling)
    telling.tell()
    for record in (Assessment, Sheet):
        add_rows(filling, record, telling.rows[record], signed=False)
    for part in (Draft, Basis, SheetAnswer, Account):
        if rows := telling.rows[part]:
            columns = tuple(rows[0])
            copy_rows(part, columns, [[row[name] for name in columns] for row in rows])
    signed = [row["id"] for row in telling.rows[Sheet] if row["signed_at"]]
    sign_many(Sheet, signed, subject="assessor's sheet signed", by=filling.by, reason=REASON)
    for end in (Talk, Closing):
        add_rows(filling, end, telling.rows[end])


def _train(filling: Filling) -> None:
    """Whoever assesses was trained; one training ends next month."""
    trainer = Assignment.objects.filter(role="training-unit").order_by("id")[0].staff_id
    today = timezone.localdate()
    who = Assignment.objects.filter(
        role__in=("case-lead", "psychologist", "probation-officer"), until__isnull=True
    ).order_by("id")
    rows = [
        {
            "id": new_key(), "staff_id": staff, "key": key,
            "since": today - timedelta(days=300 + 7 * number),
            "until": today + timedelta(days=30 + 60 * (number % 7)),
            "how": "Two days at the training centre, and a case seen through together.",
            "written_by_id": trainer, "written_at": timezone.now() - timedelta(days=290),
        }
        for number, staff in enumerate(dict.fromkeys(who.values_list("staff_id", flat=True)))
        for key in TRAINED_FOR
    ]  # fmt: skip
    add_rows(filling, Competence, rows)


class _Telling:
    """Collects the rows of every table, person by person."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.random = stream(filling.world.seed, "assessments")
        self.rows: defaultdict[Any, list[Row]] = defaultdict(list)
        self.used = {each.instrument.key: each for each in offered()}
        self.team: defaultdict[int, list[int]] = defaultdict(list)
        members = TeamMember.objects.filter(
            until__isnull=True,
            case__closed_at__isnull=True,
            case__ends_on__gte=timezone.localdate(),
        ).order_by("case__opened_at", "since", "id")
        for person, staff in members.values_list("case__person_id", "staff_id"):
            if staff not in self.team[person]:
                self.team[person].append(staff)
        stays = Stay.objects.order_by("began_at").values_list(
            "person_id", "began_at", "unit_id", "ended_at"
        )
        self.came: dict[int, datetime] = {}
        self.unit: dict[int, int] = {}
        for person, began, unit, ended in stays:
            self.came.setdefault(person, began)
            if ended is None:
                self.unit[person] = unit

    def tell(self) -> None:
        people = [person for person, team in self.team.items() if len(team) >= 2]
        for number, person in enumerate(people):
            self._over_time(number, person)
        self._screens()
        if len(people) > 2:
            self._tool(people[1])
            self._under_way(people[0], people[2])

    def _over_time(self, number: int, person: int) -> None:
        used, team = self.used["needs-and-strengths"], self.team[person]
        places = {item.key: int(self.random.integers(0, 4)) for item in used.instrument.items()}
        first = True
        for turn, ago in enumerate(TIMES):
            at = timezone.now() - timedelta(days=ago, hours=3 + number % 5)
            if at < self.came[person] + timedelta(days=10):
                continue
            two = (team * 2)[turn % len(team) :][:2]
            because = "first" if first else ("interval", "change-in-the-record")[turn % 2]
            key = self._open(person, used.id, at, two, "needs", because, signed=True)
            answers = [
                self._answer(key, person, staff, used.instrument, places, at, NEEDS)
                for staff in two
            ]
            self._talk(key, person, used.instrument, answers, two[0], at)
            self._close(key, person, used.instrument, answers[0], two[0], at, number + turn)
            first = False
            for item in places:
                # What changes goes either way, and a little more often for the better.
                places[item] = min(
                    3, max(0, places[item] + int(self.random.choice((-1, -1, 0, 0, 1))))
                )

    def _open(
        self, person: int, definition: int, at: datetime, assessors: list[int], purpose: str,
        because: str, *, signed: bool, beside: UUID | None = None,
    ) -> UUID:  # fmt: skip
        key = new_key()
        self.rows[Assessment].append(
            {
                "id": key, "person_id": person, "definition_id": definition, "purpose": purpose,
                "because": because, "beside_id": beside, "opened_by_id": assessors[0],
                "opened_at": at - timedelta(days=5), "signed_at": at if signed else None,
                "dropped_at": None, "dropped_by_id": None, "dropped_because": "",
            }
        )  # fmt: skip
        return key

    def _sheet(self, key: UUID, person: int, staff: int, at: datetime, *, signed: bool) -> UUID:
        sheet = new_key()
        self.rows[Sheet].append(
            {
                "id": sheet, "assessment_id": key, "person_id": person, "assessor_id": staff,
                "given_at": at - timedelta(days=5), "signed_at": at if signed else None,
            }
        )  # fmt: skip
        if signed:
            self.rows[Basis].append(
                {
                    "sheet_id": sheet, "person_id": person,
                    "on_self_report": self._one(("little", "partly", "partly", "mainly")),
                    "on_compliance": self._one(("little", "little", "partly")),
                    "words": self._one(RESTS), "used_on": None,
                }
            )  # fmt: skip
        return sheet

    def _answer(
        self, key: UUID, person: int, staff: int, instrument: Instrument, places: dict[str, int],
        at: datetime, facts: dict[str, Facts],
    ) -> dict[str, str]:  # fmt: skip
        sheet = self._sheet(key, person, staff, at, signed=True)
        given = {}
        for item in instrument.items():
            answer = self._see(item, places[item.key], staff)
            given[item.key] = answer
            place = item.step(answer)
            fact = "" if place is None else facts[item.key][place > 1]
            self.rows[SheetAnswer].append(
                {
                    "id": new_key(), "sheet_id": sheet, "person_id": person, "item": item.key,
                    "answer": answer, "fact": fact, "reading": self._one(READINGS),
                    "sources": ["talk", self._one(("seen", "colleague", "reflections", "file"))],
                    "cited": f"Talk on {at:%-d %B}." if place is not None else "Two were asked.",
                }
            )  # fmt: skip
        return given

    def _see(self, item: Item, place: int, staff: int) -> str:
        """What one assessor sees of it: mostly what is there, at times a step beside."""
        if self.random.random() < 0.06:
            return next(answer.key for answer in item.answers if answer.apart)
        ordered = [answer.key for answer in item.answers if not answer.apart]
        beside = int(self.random.choice((-1, 1))) if self.random.random() < 0.2 else 0
        return ordered[min(len(ordered) - 1, max(0, place + beside))]

    def _talk(
        self, key: UUID, person: int, instrument: Instrument, answers: list[dict[str, str]],
        staff: int, at: datetime,
    ) -> None:  # fmt: skip
        one, other = answers
        for item in instrument.items():
            if one[item.key] == other[item.key]:
                continue
            agreed = self.random.random() < 0.7
            self.rows[Talk].append(
                {
                    "id": new_key(), "assessment_id": key, "person_id": person, "item": item.key,
                    "answer": one[item.key] if agreed else "",
                    "words": self._one(AGREED if agreed else DISSENT),
                    "written_by_id": staff, "written_at": at + timedelta(hours=2),
                }
            )  # fmt: skip

    def _close(
        self, key: UUID, person: int, instrument: Instrument, answers: dict[str, str], staff: int,
        at: datetime, number: int,
    ) -> None:  # fmt: skip
        there, missing = _by_place(instrument, answers)
        says = number % 4 != 3
        copied = at + timedelta(days=2)
        self.rows[Closing].append(
            {
                "id": new_key(), "assessment_id": key, "person_id": person,
                "summary": _summary(there, missing), "needs": _listed(missing) or "Nothing now.",
                "support": "Your personal officer and I see to it, and tell you how far we are.",
                "own_view": "said" if says else "rather-not",
                "own_words": OWN_VIEWS[number % len(OWN_VIEWS)] if says else "",
                "again_on": (at + timedelta(days=instrument.again_after_days)).date(),
                "closed_by_id": staff, "closed_at": at + timedelta(hours=4),
                **(
                    {"copied_at": copied, "copied_by_id": staff, "copied_said": "",
                     "copied_how": "Read together, and left with them."}
                    if copied < timezone.now()
                    else {"copied_at": None, "copied_by_id": None, "copied_said": "",
                          "copied_how": ""}
                ),
            }
        )  # fmt: skip

    def _screens(self) -> None:
        """Of whoever came in the last three weeks, by an officer of their wing."""
        used = self.used["immediate-needs"]
        officers = dict(
            Assignment.objects.filter(role="wing-officer", until__isnull=True).values_list(
                "unit_id", "staff_id"
            )
        )
        lately = [
            person
            for person, came in self.came.items()
            if person in self.unit
            and self.unit[person] in officers
            and timedelta(days=2) < timezone.now() - came < timedelta(days=40)
        ]
        for number, person in enumerate(sorted(lately)[:12]):
            at = self.came[person] + timedelta(days=1, hours=4)
            staff = officers[self.unit[person]]
            key = self._open(person, used.id, at, [staff], "needs", "first", signed=True)
            places = {item.key: int(self.random.integers(0, 3)) for item in used.instrument.items()}
            given = self._answer(key, person, staff, used.instrument, places, at, SCREEN)
            self._close(key, person, used.instrument, given, staff, at, number)

    def _tool(self, person: int) -> None:
        """One use of a tool kept elsewhere, of somebody drawn by lot, beside the last general."""
        used, at = self.used["vera-2r"], timezone.now() - timedelta(days=6)
        staff = self.team[person][1]
        beside = next(
            row["id"] for row in reversed(self.rows[Assessment]) if row["person_id"] == person
        )
        key = self._open(
            person, used.id, at, [staff], "support", "interval", signed=True, beside=beside
        )
        sheet = self._sheet(key, person, staff, at, signed=True)
        self.rows[Basis][-1]["used_on"] = at.date()
        for domain, words in zip(used.instrument.domains, TOOL, strict=True):
            self.rows[Account].append(
                {
                    "id": new_key(), "sheet_id": sheet, "person_id": person, "domain": domain.key,
                    "words": words, "course": self._one(("better", "same", "same")),
                }
            )  # fmt: skip
        self._close(key, person, used.instrument, {}, staff, at, 1)

    def _under_way(self, filling: int, talking: int) -> None:
        """One that two fill in, one of them done; and one that is signed and to be talked about."""
        used = self.used["general-full"]
        now = timezone.now()
        lead, second = self.team[filling][:2]
        key = self._open(filling, used.id, now, [lead, second], "support", "asked", signed=False)
        mine = self._sheet(key, filling, lead, now, signed=False)
        self._sheet(key, filling, second, now, signed=False)
        self.rows[Draft].append(
            {
                "sheet_id": mine, "person_id": filling,
                "typed": f'{{"answer_health": "in-hand", "fact_health": "{NEEDS["joy"].there}"}}',
                "saved_at": now,
            }
        )  # fmt: skip
        lead, second = self.team[talking][:2]
        used = self.used["needs-and-strengths"]
        key = self._open(talking, used.id, now, [lead, second], "needs", "asked", signed=True)
        places = {item.key: int(self.random.integers(0, 4)) for item in used.instrument.items()}
        for staff in (lead, second):
            self._answer(key, talking, staff, used.instrument, places, now, NEEDS)
            places = {item: min(3, place + 1) for item, place in places.items()}

    def _one(self, among: tuple[str, ...]) -> str:
        return among[int(self.random.integers(len(among)))]


def _by_place(instrument: Instrument, answers: dict[str, str]) -> tuple[list[str], list[str]]:
    there: list[str] = []
    missing: list[str] = []
    for item in instrument.items():
        place = item.step(answers.get(item.key, ""))
        if place is not None:
            (missing if place > 1 else there).append(item.asks)
    return there, missing


def _summary(there: list[str], missing: list[str]) -> str:
    said = [f"What carries: {_listed(there)}"] if there else []
    said += [f"What is thin or missing: {_listed(missing)}"] if missing else []
    return " ".join(said) or "Nothing new was found, and what was found last time stands."


def _listed(items: list[str]) -> str:
    return (
        "; ".join(item[:1].lower() + item[1:].rstrip("?") for item in items) + "." if items else ""
    )
