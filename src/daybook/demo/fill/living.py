"""What is usual for people, what they were told, what they are good at and trusted with."""

from datetime import date

from daybook.foundation.audit.bulk import add_many
from daybook.foundation.registry.keys import new_key
from daybook.observe.reflections.models import EarlySign, Strength, Told, TrustStep, UsualPattern

from .keys import REASON, Filling


def fill(filling: Filling) -> None:
    _told(filling)
    _patterns(filling)
    _trust(filling)


def _told(filling: Filling) -> None:
    add_many(
        Told,
        (
            "id", "person_id", "told_on", "language", "told_by_id", "with_interpreter", "said",
            "objects_to_it",
        ),
        [
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
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip


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
