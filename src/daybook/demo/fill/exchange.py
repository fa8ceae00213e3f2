"""What the desk asked outside services and was asked; and urgent steps on what was unconfirmed."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.registry.keys import new_key
from daybook.observe.information.models import (
    Answer,
    Concern,
    Enquiry,
    Feedback,
    Protection,
    Urging,
)
from daybook.observe.information.vocabulary import Way

from .keys import Filling, add_rows

BASIS = "Prison Act, section 44: exchange with other authorities"
Row = dict[str, Any]

# (days ago, expected after, which way, service, question, answer, what came of it)
ASKED: tuple[tuple[int, int, Way, str, str, str, str], ...] = (
    (9, 14, Way.OUT, "The police of the district", "Is there an open matter between these two?",
     "None. There was one five years ago, which ended in a settlement.", ""),
    (34, 14, Way.OUT, "The youth service", "Who of the family may be told of a move?",
     "The aunt, at any hour. She asks to be rung and not written to.",
     "She was rung. The move went quietly."),
    (57, 21, Way.OUT, "The immigration office", "Until when is the permit valid?", "", ""),
    (12, 14, Way.OUT, "The probation service", "Is the address for release still good?", "", ""),
    (16, 10, Way.IN, "The prison at the coast", "How were cellmates chosen at yours?",
     "By asking each. With two of three it went well.", ""),
    (11, 8, Way.IN, "Social services", "May the child’s school write to the prison?", "", ""),
)  # fmt: skip


def fill(filling: Filling) -> None:
    analyst = Assignment.objects.filter(role="analyst", until__isnull=True).order_by("id")[0]
    going_on = list(
        Concern.objects.filter(ended_at__isnull=True, legal_basis="").order_by("opened_at", "id")
    )
    unconfirmed = list(
        Concern.objects.filter(ended_at__isnull=True, weighed="")
        .exclude(legal_basis="")
        .order_by("opened_at", "id")
    )
    _ask(filling, analyst.staff_id, [*unconfirmed, *going_on])
    _act(filling, analyst, unconfirmed)


def _ask(filling: Filling, by: int, concerns: list[Concern]) -> None:
    enquiries: list[Row] = []
    answers: list[Row] = []
    heard: list[Row] = []
    for number, (ago, expected, way, agency, question, answer, came_of_it) in enumerate(ASKED):
        concern = concerns[number % len(concerns)]
        key, at = new_key(), _before(ago)
        signed = {"person_id": concern.person_id, "written_by_id": by}
        enquiries.append(
            {
                "id": key, **signed, "concern_id": concern.pk if number == 0 else None,
                "establishment_id": concern.establishment_id, "way": way.value, "agency": agency,
                "question": question, "legal_basis": BASIS,
                "due_on": (at + timedelta(days=expected)).date(), "written_at": at,
            }
        )  # fmt: skip
        if answer:
            answers.append(
                {
                    "id": new_key(), "enquiry_id": key, **signed, "words": answer,
                    "conditions": "For the desk, and whoever it tells by name.",
                    "written_at": _before(ago - 3),
                }
            )  # fmt: skip
        if came_of_it:
            heard.append(
                {
                    "id": new_key(), "enquiry_id": key, **signed, "words": came_of_it,
                    "written_at": _before(ago - 5),
                }
            )  # fmt: skip
    add_rows(filling, Enquiry, enquiries)
    add_rows(filling, Answer, answers)
    add_rows(filling, Feedback, heard)


def _act(filling: Filling, analyst: Assignment, concerns: list[Concern]) -> None:
    """One shown to the duty manager this morning; two acted on, of which one is to be reviewed."""
    assert analyst.establishment_id is not None
    manager = Assignment.objects.filter(
        role="duty-manager", establishment_id=analyst.establishment_id, until__isnull=True
    ).order_by("id")[0]
    leader = Assignment.objects.filter(
        role="governor", establishment_id=analyst.establishment_id, until__isnull=True
    ).order_by("id")[0]
    shown, acted, earlier = concerns[-1], concerns[0], concerns[1]
    add_rows(
        filling,
        Urging,
        [
            {
                "id": new_key(), "concern_id": concern.pk, "person_id": concern.person_id,
                "staff_id": manager.staff_id, "written_by_id": analyst.staff_id,
                "why": "Both eat at one table tonight.", "written_at": at,
            }
            for concern, at in (
                (shown, _before(0)), (acted, _before(2)), (earlier, _before(4)),
            )
        ],
    )  # fmt: skip
    add_rows(
        filling,
        Protection,
        [
            {
                "id": new_key(), "concern_id": concern.pk, "person_id": concern.person_id,
                "establishment_id": concern.establishment_id,
                "danger": "A blow at supper, to somebody smaller.",
                "why_now": "Supper is in an hour, and whoever knows them is off duty.",
                "step": "Supper at two times tonight, an officer at the servery.",
                "instead_of": "Talking with both first; one of them is at court until six.",
                "until": _before(ago) + timedelta(hours=12),
                "review_on": timezone.localtime(_before(ago)).date() + timedelta(days=1),
                "reviewed_at": _before(ago - 1) if words else None,
                "reviewed_by_id": leader.staff_id if words else None, "reviewed_words": words,
                "written_by_id": manager.staff_id, "written_at": _before(ago),
            }
            for concern, ago, words in (
                (acted, 2, ""),
                (earlier, 4, "Right for one evening. They talked since; nothing is left of it."),
            )
        ],
    )  # fmt: skip


def _before(days: int) -> datetime:
    return timezone.now() - timedelta(days=days, hours=2)
