"""One explanation, and the items that test it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from ..models import HypothesisTest
from .items import standing
from .review import ReviewFile, Told

LISTED = 200


@dataclass(frozen=True, slots=True)
class Test:
    key: UUID
    words: str


def explanation_of(file: ReviewFile, key: UUID) -> Told:
    found = next((told for told in file.explanations if told.key == key), None)
    if found is None:
        raise Http404
    return found


def tests_of(file: ReviewFile, key: UUID) -> list[Test]:
    """Items that could have spoken against it, had they turned out otherwise."""
    rows = HypothesisTest.objects.filter(
        review_id=file.key, hypothesis_id=key, dropped_at__isnull=True,
        evidence__struck_at__isnull=True,
    )  # fmt: skip
    return [
        Test(test, words)
        for test, words in rows.order_by("written_at", "id").values_list("id", "evidence__words")
    ]


def items_to_test_with(file: ReviewFile) -> tuple[list[tuple[UUID, str]], bool]:
    """The newest items of the board, shortened; and whether there are more."""
    rows = standing(file.key).order_by("-written_at", "-id").values_list("id", "words")
    found = list(rows[: LISTED + 1])
    return [(key, words[:100]) for key, words in found[:LISTED]], len(found) > LISTED
