"""A joint review as its team reads it: the question, who takes part, the explanations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_with
from daybook.foundation.staff.models import short_name

from ..models import Hypothesis, Member, Review
from ..rules.stages import STEPS, Stage, roles_lack, stage_of
from ..vocabulary import STAYS, Explanation
from .names import explanation_meaning, explanation_words, part_words
from .reach import leads, review_seen


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who takes part, or was asked to."""

    key: UUID
    staff_id: int
    name: str
    part: str
    role: str
    accepted: bool
    finished: bool
    left: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One explanation, as the review names it."""

    key: UUID
    slug: str
    kind: str
    words: str
    meaning: str
    against: str
    stays: bool
    hidden: bool
    """It says that something is kept hidden."""
    dropped: bool
    dropped_because: str


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """Everything but the evidence."""

    key: UUID
    person_id: int
    person: PersonLine | None
    """None once the person has gone where the viewer does not reach."""
    question: str
    opened_by: str
    opened_at: datetime
    stage: Stage
    ended_at: datetime | None
    given_up_by: str
    given_up_because: str
    parts: list[Part]
    explanations: list[Told]
    leads: bool
    """The viewer takes the team’s steps now."""

    @property
    def left_behind(self) -> bool:
        """None of its members leads it any more: the viewer takes it on, or gives it up."""
        return self.leads and not self.takes_part

    @property
    def closes(self) -> bool:
        """The viewer ends it with an answer: whoever leads it, and has rated."""
        return self.leads and self.takes_part and self.stage is Stage.OPEN

    @property
    def mine(self) -> Part | None:
        return next((each for each in self.parts if each.mine and not each.left), None)

    @property
    def asked(self) -> bool:
        """The viewer was asked, and hasn’t answered."""
        mine = self.mine
        return mine is not None and not mine.accepted and self.stage is Stage.GATHERING

    @property
    def lays(self) -> bool:
        """The viewer lays evidence now."""
        return self.takes_part and self.stage is Stage.GATHERING

    @property
    def takes_part(self) -> bool:
        return self.mine is not None and self.mine.accepted

    @property
    def rates(self) -> bool:
        return self.takes_part and self.stage is Stage.RATING

    @property
    def talks(self) -> bool:
        return self.takes_part and self.stage is Stage.OPEN

    @property
    def open(self) -> bool:
        return self.ended_at is None

    @property
    def team(self) -> list[Part]:
        return [each for each in self.parts if each.accepted and not each.left]

    @property
    def invited(self) -> list[Part]:
        return [each for each in self.parts if not each.accepted and not each.left]

    @property
    def waits_for(self) -> list[Part]:
        return [each for each in self.team if not each.finished]

    @property
    def one_role(self) -> bool:
        return roles_lack([each.part for each in self.team])

    @property
    def standing(self) -> list[Told]:
        return [each for each in self.explanations if not each.dropped]

    @property
    def dropped(self) -> list[Told]:
        return [each for each in self.explanations if each.dropped]

    @property
    def rated(self) -> list[Told]:
        """Those that items are held against: all but “not enough known”."""
        return [each for each in self.standing if each.kind != "unknown"]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The way it goes: each step with “done”, “now” or nothing."""
        names = [stage for stage, _label in STEPS]
        at = names.index(self.stage) if self.stage in names else len(names)
        return [
            (str(label), "done" if number < at else "now" if number == at else "")
            for number, (_stage, label) in enumerate(STEPS)
        ]


def review_file(key: UUID, *, viewer: Viewer) -> ReviewFile:
    """One review, or 404 alike for an absent one and one out of sight."""
    row = review_seen(key, viewer=viewer)
    people = people_with([row.person_id], viewer=viewer)
    parts = _parts(key, viewer)
    names = {each.staff_id: each.name for each in parts}
    given, family = row.written_by.given_name, row.written_by.family_name
    return ReviewFile(
        key=row.id,
        person_id=row.person_id,
        person=people.get(row.person_id),
        question=row.question,
        opened_by=names.get(row.written_by_id) or short_name(given, family),
        opened_at=row.written_at,
        stage=stage(row),
        ended_at=row.ended_at,
        given_up_by=names.get(row.given_up_by_id or 0, ""),
        given_up_because=row.given_up_because,
        parts=parts,
        explanations=explanations_of(key),
        leads=row.ended_at is None and leads(key, viewer=viewer),
    )


def stage(row: Review) -> Stage:
    return stage_of(
        row.rating_since, row.matrix_since, row.ended_at, row.given_up_by_id is not None
    )


def explanations_of(review: UUID) -> list[Told]:
    """In the order in which they were laid: the standing ones first."""
    rows = Hypothesis.objects.filter(review_id=review).order_by("written_at", "id")
    return [
        Told(
            key=row.id,
            slug=row.slug,
            kind=row.kind,
            words=explanation_words(row),
            meaning=explanation_meaning(row.kind),
            against=row.against,
            stays=row.kind in STAYS,
            hidden=row.keeps_hidden or row.kind == Explanation.CONCEALED,
            dropped=row.dropped_at is not None,
            dropped_because=row.dropped_because,
        )
        for row in rows
    ]


def _parts(review: UUID, viewer: Viewer) -> list[Part]:
    rows = Member.objects.filter(review_id=review).order_by("written_at", "id")
    return [_part(row, viewer) for row in rows.select_related("staff")]


def _part(row: Any, viewer: Viewer) -> Part:
    return Part(
        key=row.id,
        staff_id=row.staff_id,
        name=short_name(row.staff.given_name, row.staff.family_name),
        part=row.part,
        role=part_words(row.part),
        accepted=row.accepted_at is not None,
        finished=row.finished_at is not None,
        left=row.left_at is not None,
        mine=row.staff_id == viewer.staff_id,
    )
