"""What is usual for people, what they were told, what they are good at and trusted with."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from daybook.foundation.access.roles import HEAD_OF_UNIT
from daybook.foundation.audit.bulk import add_many, sign_many
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.models import (
    Answer,
    EarlySign,
    Strength,
    Told,
    TrustStep,
    UsualPattern,
)
from daybook.observe.reflections.vocabulary import AnsweredHow

from .keys import REASON, Filling

OBJECTION = "I never said I was angry. I was tired."
ANSWER = (
    "We read it together. What staff saw that day stays; your own words stand beside it now, and "
    "the officer will ask you first next time."
)


def fill(filling: Filling) -> None:
    _told(filling)
    _patterns(filling)
    _trust(filling)


def _told(filling: Filling) -> None:
    said = [
        (
            new_key(),
            filling.people[told.person],
            told.at.day,
            told.language,
            filling.staff[told.by],
            told.with_interpreter,
            told.said,
            told.objects,
        )
        for told in filling.world.told
    ]
    said += _told_again(filling)
    add_many(
        Told,
        (
            "id", "person_id", "told_on", "language", "told_by_id", "with_interpreter", "said",
            "objects_to_it",
        ),
        said,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
    _answered(filling, said)


def _told_again(filling: Filling) -> list[tuple[Any, ...]]:
    """On each unit one person objects: an answer is owed to them now."""
    world, last_week = filling.world, timezone.localdate() - timedelta(days=9)
    living_on: dict[int, int] = {}
    for stay in world.stays:
        if stay.end is None and stay.start.day < last_week:
            living_on.setdefault(stay.unit, stay.person)
    return [
        (
            new_key(),
            filling.people[living_on[unit]],
            last_week,
            world.people[living_on[unit]].languages[0],
            filling.staff[head],
            world.people[living_on[unit]].needs_interpreter,
            OBJECTION,
            True,
        )
        for unit, head in _heads(filling).items()
        if unit in living_on
    ]


def _answered(filling: Filling, said: list[tuple[Any, ...]]) -> None:
    """Whoever objected longer ago has been answered."""
    heads = list(_heads(filling).values())
    long_ago = timezone.localdate() - timedelta(days=14)
    add_many(
        Answer,
        ("id", "told_id", "person_id", "words", "answered_on", "answered_by_id", "language", "how"),
        [
            (
                new_key(),
                key,
                person,
                ANSWER,
                on + timedelta(days=6),
                filling.staff[heads[0]],
                language,
                AnsweredHow.INTERPRETED if interpreted else AnsweredHow.IN_PERSON,
            )
            for key, person, on, language, _, interpreted, _, objects in said
            if objects and heads and on < long_ago
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )


def _heads(filling: Filling) -> dict[int, int]:
    """Who leads each unit now."""
    return {
        post.unit: post.staff
        for post in filling.world.posts
        if post.role == HEAD_OF_UNIT.key and post.end is None and post.unit is not None
    }


def _patterns(filling: Filling) -> None:
    world = filling.world
    keys = [new_key() for _ in world.usual_patterns]
    newer: dict[int, date] = {}
    replaced: dict[int, date] = {}
    for pattern in sorted(world.usual_patterns, key=lambda each: each.written, reverse=True):
        if pattern.person in newer:
            replaced[pattern.id] = newer[pattern.person]
        newer[pattern.person] = pattern.written
    add_many(
        UsualPattern,
        (
            "id", "person_id", "words", "own_words", "agreed_with_person", "written_by_id",
            "written_at", "review_on", "replaced_at",
        ),
        [
            (
                keys[pattern.id],
                filling.people[pattern.person],
                pattern.usual,
                pattern.own_words,
                pattern.agreed_with_person,
                filling.staff[pattern.written_by],
                filling.morning(pattern.written),
                pattern.review_due,
                filling.morning(replaced[pattern.id]) if pattern.id in replaced else None,
            )
            for pattern in world.usual_patterns
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
        signed=False,
    )  # fmt: skip
    whose = {pattern.id: filling.people[pattern.person] for pattern in world.usual_patterns}
    add_many(
        EarlySign,
        ("id", "pattern_id", "person_id", "sign", "response", "position"),
        [
            (
                new_key(),
                keys[sign.pattern],
                whose[sign.pattern],
                sign.sign,
                sign.agreed_response,
                position,
            )
            for position, sign in enumerate(world.early_signs)
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
    sign_many(UsualPattern, keys, subject="usual pattern", by=filling.by, reason=REASON)


def _trust(filling: Filling) -> None:
    world = filling.world
    add_many(
        TrustStep,
        (
            "id", "person_id", "what", "offered_on", "offered_by_id", "taken_on", "declined_on",
            "kept_on", "note",
        ),
        [
            (
                new_key(),
                filling.people[step.person],
                step.what,
                step.offered,
                filling.staff[step.offered_by],
                step.taken_on,
                step.declined_on,
                step.kept_on,
                step.note,
            )
            for step in world.trust
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
    add_many(
        Strength,
        ("id", "person_id", "words", "written_by_id", "written_on"),
        [
            (
                new_key(),
                filling.people[strength.person],
                strength.text,
                filling.staff[strength.noted_by],
                strength.noted,
            )
            for strength in world.strengths
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
