"""Forty reports of harm at one desk, in every state; most have ended, dismissed or explained."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.demo.world.chance import stream
from daybook.demo.world.harm import (
    ABOUT_LEVELS,
    CAME_IN,
    CLOSE,
    CONFIRMED,
    DYNAMIC,
    STORIES,
    UNCONFIRMED,
    WEIGHED,
    Story,
)
from daybook.foundation.access.models import Assignment
from daybook.foundation.cases.models import Case, TeamMember
from daybook.foundation.people.models import PersonalOfficer, Stay
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.models import (
    Account,
    Asking,
    Attachment,
    ConcernStep,
    Copy,
    Grading,
    Levelling,
    Report,
    Use,
)
from daybook.observe.reflections.models import Reflection

from .keys import Filling, add_rows

BASIS = "Prison Act, section 40: safety of persons"
Row = dict[str, Any]


def fill(filling: Filling) -> None:
    """Reports first; then what the desk and those it asked made of each, table by table."""
    telling = _Telling(filling)
    for number, story in enumerate(STORIES):
        telling.tell(number, story)
    telling.offer()
    telling.write()


def confirm(
    filling: Filling, person: int, stories: Sequence[Story], *, readers: Iterable[int], ago: int
) -> list[UUID]:
    """Have these reports about one person written by different officers so many days ago,
    confirmed by the desk, and given to those who need them; gives their keys."""
    if not stories:
        return []
    telling = _Telling(filling)
    unit = Stay.objects.get(person_id=person, ended_at__isnull=True).unit_id
    keys = [telling.confirm(story, person, unit, readers, ago) for story in stories]
    telling.write()
    return keys


class _Telling:
    """Collects the rows of every table, story by story."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.random = stream(filling.world.seed, "information")
        analyst = Assignment.objects.filter(role="analyst", until__isnull=True).order_by("id")[0]
        assert analyst.establishment_id is not None
        self.analyst, self.establishment = analyst.staff_id, analyst.establishment_id
        self.rows: dict[Any, list[Row]] = {
            # What rests on a concern stands before the steps that may end it.
            model: []
            for model in (
                Report, Grading, Levelling, Attachment, Asking, Account, Copy, Use, ConcernStep,
            )
        }  # fmt: skip
        here = Stay.objects.filter(
            ended_at__isnull=True, unit__establishment_id=self.establishment
        ).order_by("person_id")
        stays = list(here.values_list("person_id", "unit_id"))
        self.cases = {case.person_id: case for case in Case.objects.filter(closed_at__isnull=True)}
        drawn = [stays[int(n)] for n in self.random.permutation(len(stays))]
        # Who is told of is drawn by lot; what is confirmed, among those somebody works with.
        self.with_case = [each for each in drawn if each[0] in self.cases]
        self.others = [each for each in drawn if each[0] not in self.cases]

    def _whom(self, number: int) -> tuple[int, int]:
        place = number - CONFIRMED.start
        if 0 <= place < len(self.with_case):
            return self.with_case[place]
        return self.others[number % len(self.others)]

    def write(self) -> None:
        for model, rows in self.rows.items():
            add_rows(self.filling, model, rows)

    def confirm(
        self, story: Story, person: int, unit: int, readers: Iterable[int], ago: int
    ) -> UUID:
        """One more, of somebody of whom a team needs to know."""
        number, before = len(self.rows[Report]), self.rows[Report][-1:]
        writer = self._officer(unit, *(row["written_by_id"] for row in before))
        key = self._report(story, person, unit, writer, ago - number)
        self._grade(key, person, _before(ago - number - 1), story)
        self._confirmed(number, key, person, unit, ago - number)
        today = timezone.localdate()
        self._step(
            key, person, "kept", "A team that works with the person looks at it just now.", 2,
            review_on=today + timedelta(days=12), ends_on=today + timedelta(days=40),
        )  # fmt: skip
        for reader in readers:
            self._copy(key, person, reader, ago - number - 5)
        return key

    def tell(self, number: int, story: Story) -> None:
        person, unit = self._whom(number)
        ago = self._ago(number, story)
        key, at = self._report(story, person, unit, self._officer(unit), ago), _before(ago)
        if number in CAME_IN:
            self._attach(key, person, at)
            return
        self._grade(key, person, _before(ago - 1), story)
        if number in UNCONFIRMED:
            self._partly(number, key, person, unit, ago)
        elif number in CONFIRMED:
            self._confirmed(number, key, person, unit, ago)
        else:
            self._ended(number, key, person, unit, ago, story)

    def _report(self, story: Story, person: int, unit: int, writer: int, ago: int) -> UUID:
        key, at = new_key(), _before(ago)
        self.rows[Report].append(
            {
                "id": key, "person_id": person, "establishment_id": self.establishment,
                "unit_id": unit, "behaviour": story.behaviour, "harmed": [story.harmed],
                "how": story.how, "fact": story.fact, "assessment": "", "sure": story.sure,
                "happened_on": at.date(), "place": "On the landing, in the afternoon",
                "others": "", "ordinary": story.ordinary, "ordinary_words": story.ordinary_words,
                "regime": "", "fears": [], "whoever": True,
                "written_by_id": writer, "written_at": at,
            }
        )  # fmt: skip
        return key

    def _ago(self, number: int, story: Story) -> int:
        if story.ended:
            return 12 + 9 * number
        return 1 + number % 3 if number in CAME_IN else 5 + number % 6

    def _grade(self, key: UUID, person: int, at: datetime, story: Story) -> None:
        heard = story.sure == "hearsay"
        self.rows[Grading].append(
            {
                **self._by_the_desk(key, person, at), "scheme": "3x5x2",
                "source_grade": "2" if heard else "1",
                "information_grade": "C" if heard else "A", "handling": "C",
                "conditions": "For those who work with the person, and nobody else.",
                "doubted": False, "reason": "By how the writer knows it.",
            }
        )  # fmt: skip

    def _partly(self, number: int, key: UUID, person: int, unit: int, ago: int) -> None:
        """A legal basis, and some of the context: one kind short, or awaited."""
        self._step(key, person, "basis", BASIS, ago - 1)
        if number % 2:
            self._close(number, key, person, unit, ago)
        else:
            self._ask(key, person, "dynamic", self._head(unit), "What has changed lately?", ago)
        if number % 3 == 0:
            self._ask(key, person, "close", self._officer(unit), "How are things lately?", ago,
                      reply="nothing")  # fmt: skip

    def _confirmed(self, number: int, key: UUID, person: int, unit: int, ago: int) -> None:
        self._step(key, person, "basis", BASIS, ago - 1)
        self._close(number, key, person, unit, ago)
        head = self._head(unit)
        asking = self._ask(key, person, "dynamic", head, "What has changed lately?", ago,
                           reply="given")  # fmt: skip
        self._account(key, person, "dynamic", head, DYNAMIC[number % len(DYNAMIC)], ago - 3, asking)
        self._step(key, person, "weighed", WEIGHED, ago - 4)
        self.rows[Levelling].append(
            {
                **self._by_the_desk(key, person, _before(ago - 4)),
                "capability": "some", "capability_evidence": ABOUT_LEVELS[0],
                "intent": "unknown" if number % 2 else "low",
                "intent_evidence": "" if number % 2 else ABOUT_LEVELS[1],
                "engagement": "none-seen", "engagement_evidence": ABOUT_LEVELS[2],
                "meant_for": ["prisoners"],
                "from_others": "bullied" if number == CONFIRMED[0] else "no",
                "from_others_words": "Pays one of them, too." if number == CONFIRMED[0] else "",
                "influence": "mixed", "influence_words": "Others listen, also when it calms them.",
            }
        )  # fmt: skip
        case = self.cases.get(person)
        if case is None:
            return
        self.rows[Use].append(
            self._use(key, person, case, "Which workshop is offered, and beside whom.", ago - 5)
        )
        probation = TeamMember.objects.filter(
            case=case, until__isnull=True,
            staff__in=Assignment.objects.filter(role="probation-officer").values("staff"),
        ).first()  # fmt: skip
        if probation:
            self._copy(key, person, probation.staff_id, ago - 5)

    def _ended(
        self, number: int, key: UUID, person: int, unit: int, ago: int, story: Story
    ) -> None:
        self._step(key, person, "basis", BASIS, ago - 1)
        if number % 2:
            self._close(number, key, person, unit, ago)
        self._step(
            key, person, "ended", story.found or "Nobody kept it by its last day.",
            ago - 28 if story.ended == "lapsed" else ago - 6 - number % 9, ended_how=story.ended,
        )  # fmt: skip

    def offer(self) -> None:
        """What a chaplain says by own choice: one beside a concern, one that lies with the desk."""
        chaplain = Assignment.objects.filter(role="chaplain", until__isnull=True).order_by("id")[0]
        report = self.rows[Report][CONFIRMED[1]]
        self._account(
            report["id"], report["person_id"], "close", chaplain.staff_id,
            "We have spoken about making peace. The question was how one begins.", 2,
        )  # fmt: skip
        person, _unit = self._whom(CAME_IN[0])
        self._account(
            None, person, "close", chaplain.staff_id,
            "There is a quarrel in the family that would make anybody short-tempered.", 1,
        )  # fmt: skip

    # ---- One row each ----

    def _close(self, number: int, key: UUID, person: int, unit: int, ago: int) -> None:
        known = PersonalOfficer.objects.filter(person_id=person, until__isnull=True).first()
        writer = self.rows[Report][-1]["written_by_id"]
        by = known.staff_id if known and known.staff_id != writer else self._officer(unit, writer)
        asking = self._ask(key, person, "close", by, "How are things lately?", ago, reply="given")
        self._account(key, person, "close", by, CLOSE[number % len(CLOSE)], ago - 2, asking)

    def _attach(self, key: UUID, person: int, at: datetime) -> None:
        """What an officer had written of the person in those days, laid beside it by them."""
        written = (
            Reflection.objects.filter(person_id=person, withdrawn_at__isnull=True, struck_at=None)
            .exclude(seen_heard="")
            .order_by("-saved_at", "id")
            .values_list("id", "author_id")
            .first()
        )
        if written is None:
            return
        reflection, author = written
        self.rows[Attachment].append(
            {
                "id": new_key(), "concern_id": key, "person_id": person, "reflection": reflection,
                "reflection_author_id": author, "reason": "It was in the same week.",
                "written_by_id": author, "written_at": at,
            }
        )  # fmt: skip

    def _ask(
        self, key: UUID, person: int, kind: str, asked: int, question: str, ago: int,
        reply: str = "",
    ) -> UUID:  # fmt: skip
        row = self._by_the_desk(key, person, _before(ago - 1))
        self.rows[Asking].append(
            {
                **row, "kind": kind, "question": question, "asked_id": asked, "reply": reply,
                "replied_at": _before(ago - 2) if reply else None,
            }
        )  # fmt: skip
        asking: UUID = row["id"]
        return asking

    def _account(
        self, key: UUID | None, person: int, kind: str, by: int, words: str, ago: int,
        asking: UUID | None = None,
    ) -> None:  # fmt: skip
        at = _before(ago)
        self.rows[Account].append(
            {
                "id": new_key(), "person_id": person, "concern_id": key, "asking_id": asking,
                "kind": kind, "words": words, "told_by": "", "chaplain": asking is None,
                "agency": "", "laid_at": at if key else None,
                "laid_by_id": self.analyst if key else None, "written_by_id": by,
                "written_at": at,
            }
        )  # fmt: skip

    def _step(
        self, key: UUID, person: int, step: str, reason: str, ago: int, ended_how: str = "",
        review_on: date | None = None, ends_on: date | None = None,
    ) -> None:  # fmt: skip
        self.rows[ConcernStep].append(
            {
                **self._by_the_desk(key, person, _before(ago)), "step": step, "reason": reason,
                "ended_how": ended_how, "review_on": review_on, "ends_on": ends_on,
            }
        )  # fmt: skip

    def _use(self, key: UUID, person: int, case: Case, why: str, ago: int) -> Row:
        return {
            "id": new_key(), "concern_id": key, "person_id": person, "kind": "case",
            "record": case.pk, "why": why, "looked_words": "", "written_by_id": case.lead_id,
            "written_at": _before(ago),
        }  # fmt: skip

    def _copy(self, key: UUID, person: int, staff: int, ago: int) -> None:
        self.rows[Copy].append(
            {
                **self._by_the_desk(key, person, _before(ago)), "staff_id": staff, "recipient": "",
                "purpose": "The plan for release", "legal_basis": "Prison Act, section 41",
                "scheme": "3x5x2", "handling": "C",
                "conditions": "For those who work with the person, and nobody else.",
                "told_how": "",
            }
        )  # fmt: skip

    def _by_the_desk(self, key: UUID, person: int, at: datetime) -> Row:
        return {
            "id": new_key(), "concern_id": key, "person_id": person,
            "written_by_id": self.analyst, "written_at": at,
        }  # fmt: skip

    def _officer(self, unit: int, *other_than: int) -> int:
        held = Assignment.objects.filter(role="wing-officer", unit_id=unit, until__isnull=True)
        staff = list(held.exclude(staff_id__in=other_than).values_list("staff_id", flat=True))
        return staff[int(self.random.integers(len(staff)))]

    def _head(self, unit: int) -> int:
        held = Assignment.objects.filter(role="head-of-unit", unit_id=unit, until__isnull=True)
        head = held.values_list("staff_id", flat=True).first()
        return head if head is not None else self._officer(unit)


def _before(days: int) -> datetime:
    """So many days ago, an hour before now, and never to come."""
    return timezone.now() - timedelta(days=max(days, 0), hours=1)
