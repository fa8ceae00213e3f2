"""What was told to a chaplain and to clinicians; who asked for it, and what was answered."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.cases.models import TeamMember
from daybook.foundation.people.models import PersonalOfficer, Stay
from daybook.foundation.registry.keys import new_key
from daybook.foundation.vault.actions import seal
from daybook.foundation.vault.fields import slot
from daybook.observe.confidences.models import (
    Addition,
    Answer,
    Confidence,
    Consent,
    Question,
    Source,
)
from daybook.observe.confidences.vocabulary import Discipline, Kept, Reply

from .keys import REASON, Filling

# (days ago, which of the people the chaplain has heard, what was told)
TO_THE_CHAPLAIN = (
    (
        31,
        0,
        "A sister marries in June, and it will be a wedding without a brother or sister from here. "
        "Would a letter count as a gift? We wrote the first two lines together.",
    ),
    (
        12,
        1,
        "Tears, for the first time since the verdict. It is not the sentence that weighs, it is a "
        "father who does not write. Asked me to tell nobody and to come again on Thursday.",
    ),
    (
        4,
        2,
        "Does not believe any more, and misses it. We spoke of a grandmother’s garden for most of "
        "an hour, and of what grew there.",
    ),
    (3, 0, "The letter is finished. We laughed about the third page, which is all about the cake."),
)
TO_THE_PSYCHOLOGIST = (
    (
        19,
        "Third conversation. Nights are better on the quiet side: awake at four, no longer at two. "
        "What we practised was tried twice at the workshop door, and helped once.",
    ),
    (
        6,
        "Wants to stop the sleeping tablets, slowly, and to bring it to the doctor together. "
        "Nobody on the wing need know of it.",
    ),
)
ADDED = "On Thursday: a letter from the father had come. Not opened yet."
FROM_A_SOURCE = "Somebody from the laundry, who asked that the name be kept. Heard it himself."


def fill(filling: Filling) -> None:
    """Notes, a word to the oversight body, and four requests: in part, no, and two that wait."""
    chaplain = _holding("chaplain")
    heard = list(
        Stay.objects.filter(ended_at__isnull=True, unit__establishment=chaplain.establishment)
        .filter(person__in=PersonalOfficer.objects.filter(until__isnull=True).values("person"))
        .order_by("person_id")
        .values_list("person_id", "unit_id")[3:6]
    )
    notes = [
        _note(heard[whom][0], Discipline.CHAPLAINCY, words, chaplain.staff_id, ago)
        for ago, whom, words in TO_THE_CHAPLAIN
    ]
    member = (
        TeamMember.objects.filter(
            case__closed_at__isnull=True, until__isnull=True,
            staff__in=Assignment.objects.filter(role="psychologist").values("staff"),
        )
        .order_by("case__opened_at", "id")
        .select_related("case")
        .first()
    )  # fmt: skip
    if member:
        notes += [
            _note(member.case.person_id, Discipline.PSYCHOLOGY, words, member.staff_id, ago)
            for ago, words in TO_THE_PSYCHOLOGIST
        ]
    _add(filling, Confidence, notes)
    _add(filling, Addition, [_addition(notes[1])])
    _add(filling, Consent, [_word(heard[1][0], chaplain.staff_id)])
    _ask(filling, heard, chaplain.staff_id, member)


def _ask(
    filling: Filling, heard: list[tuple[int, int]], chaplain: int, member: TeamMember | None
) -> None:
    (first, _unit), (second, unit), *_ = heard
    officer = PersonalOfficer.objects.filter(person_id=first, until__isnull=True).first()
    head = Assignment.objects.filter(role="head-of-unit", unit_id=unit).first()
    assert officer is not None
    leader = head.staff_id if head else officer.staff_id
    in_part = _question(
        Kept.PASTORAL,
        first,
        officer.staff_id,
        10,
        "What would help on the day of the wedding?",
        "I am on duty that weekend and would like it not to be only a bad day.",
    )
    refused = _question(
        Kept.PASTORAL,
        second,
        leader,
        8,
        "What was talked about on the day before the cell was changed?",
        "We would like to understand the quarrel on the landing.",
    )
    waits = _question(
        Kept.PASTORAL,
        heard[2][0],
        leader,
        1,
        "Is there anything to think of before the move to another wing?",
        "The move is planned for next week, and it is the third this year.",
    )
    questions = [in_part, refused, waits]
    if member:
        questions.append(
            _question(
                Kept.HEALTH,
                member.case.person_id,
                member.case.lead_id,
                2,
                "May work in the early shift be offered?",
                "The kitchen has a place from Monday, and we don’t want to set a trap.",
            )
        )
    _add(filling, Question, questions)
    _add(
        filling,
        Answer,
        [
            _answer(
                in_part,
                chaplain,
                9,
                Reply.PART,
                "We agreed on these words together. More is not needed.",
                "Somebody to talk to on that evening, and a call on the Saturday if it can be had.",
            ),
            _answer(
                refused,
                chaplain,
                7,
                Reply.NO,
                "It was told in confidence, and nobody’s safety hangs on it. Ask directly: being "
                "asked may do good.",
            ),
        ],
    )
    _about_a_source(filling, officer.staff_id)


def _about_a_source(filling: Filling, by: int) -> None:
    key, at = new_key(), _ago(5)
    words = seal(
        FROM_A_SOURCE,
        slot=slot(Source, "words", row=key, whose=key, compartment=Kept.SOURCE),
    )
    _add(filling, Source, [{"id": key, "words": words, "written_by_id": by, "written_at": at}])
    analyst = _holding("analyst").staff_id
    _add(
        filling,
        Question,
        [
            _question(
                Kept.SOURCE,
                None,
                analyst,
                1,
                "Could it be the same person as in the report of last week?",
                "Two reports that rest on one person are one report.",
                source=key,
            )
        ],
    )


def _note(person: int, discipline: Discipline, words: str, by: int, days: int) -> dict[str, Any]:
    key = new_key()
    at = slot(Confidence, "words", row=key, whose=person, compartment=discipline.compartment)
    return {
        "id": key,
        "person_id": person,
        "discipline": discipline.value,
        "words": seal(words, slot=at),
        "written_by_id": by,
        "written_at": _ago(days),
        "struck_because": "",
    }


def _addition(note: dict[str, Any]) -> dict[str, Any]:
    key, person = new_key(), note["person_id"]
    at = slot(Addition, "words", row=key, whose=person, compartment=Kept.PASTORAL)
    return {
        "id": key,
        "confidence_id": note["id"],
        "person_id": person,
        "words": seal(ADDED, slot=at),
        "written_by_id": note["written_by_id"],
        "written_at": _ago(8),
    }


def _word(person: int, by: int) -> dict[str, Any]:
    day = timezone.localdate()
    return {
        "id": new_key(),
        "person_id": person,
        "kept": Kept.PASTORAL.value,
        "how": "On paper, after the visit of the oversight body.",
        "given_on": day - timedelta(days=6),
        "until": day + timedelta(days=54),
        "written_by_id": by,
        "written_at": _ago(6),
    }


def _question(
    kept: Kept,
    person: int | None,
    by: int,
    days: int,
    words: str,
    reason: str,
    *,
    source: UUID | None = None,
) -> dict[str, Any]:
    key, whose = new_key(), person or source
    assert whose is not None

    def sealed(column: str, said: str) -> object:
        at = slot(Question, column, row=key, whose=whose, compartment=kept)
        return seal(said, slot=at)

    return {
        "id": key,
        "kept": kept.value,
        "person_id": person,
        "source_id": source,
        "words": sealed("words", words),
        "reason": sealed("reason", reason),
        "written_by_id": by,
        "written_at": _ago(days),
    }


def _answer(
    to: dict[str, Any], by: int, days: int, reply: Reply, reason: str, words: str = ""
) -> dict[str, Any]:
    key = new_key()

    def sealed(column: str, said: str) -> object:
        at = slot(Answer, column, row=key, whose=to["person_id"], compartment=to["kept"])
        return seal(said, slot=at)

    return {
        "id": key,
        "question_id": to["id"],
        "reply": reply.value,
        "reason": sealed("reason", reason),
        "words": sealed("words", words) if words else None,
        "written_by_id": by,
        "written_at": _ago(days),
    }


def _add(filling: Filling, model: Any, rows: list[dict[str, Any]]) -> None:
    columns = tuple(rows[0])
    person = "person_id" if rows[0].get("person_id") else ""
    add_many(
        model,
        columns,
        [[getattr(row[name], "box", row[name]) for name in columns] for row in rows],
        by=filling.by,
        reason=REASON,
        key="id",
        person=person,
    )


def _holding(role: str) -> Assignment:
    return Assignment.objects.filter(role=role, until__isnull=True).order_by("id")[0]


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days, hours=2)
