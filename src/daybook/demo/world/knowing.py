"""Knowing a person: what was told at admission, usual patterns, signs, trust, strengths."""

from datetime import date, timedelta

import numpy as np

from daybook.demo.world.chance import pick, pick_some, stream
from daybook.demo.world.moment import Moment
from daybook.demo.world.shapes import (
    EarlySign,
    Person,
    PersonalOfficer,
    Stay,
    Strength,
    ToldAtAdmission,
    TrustOpportunity,
    UsualPattern,
)
from daybook.demo.world.voice import Voice
from daybook.demo.world.words_team import (
    OWN_PATTERN,
    SIGNS,
    STRENGTHS,
    TOLD_ANSWERS,
    TRUST,
    TRUST_KEPT,
    TRUST_NOT_KEPT,
    TRUST_NOT_TAKEN,
    USUAL,
)


class OfficersOf:
    """Who was a person's personal officer on a day."""

    def __init__(self, personal_officers: tuple[PersonalOfficer, ...]) -> None:
        self.by_person: dict[int, list[PersonalOfficer]] = {}
        for entry in personal_officers:
            self.by_person.setdefault(entry.person, []).append(entry)

    def on(self, person: int, day: date) -> tuple[int, ...]:
        return tuple(
            entry.staff
            for entry in self.by_person.get(person, ())
            if entry.start <= day and (entry.end is None or entry.end >= day)
        )


def tell_at_admission(
    seed: int,
    people: tuple[Person, ...],
    stays: tuple[Stay, ...],
    officers: OfficersOf,
    now: Moment,
) -> tuple[ToldAtAdmission, ...]:
    """Everyone is told within a day. Many say nothing, which is as good as any answer."""
    rng = stream(seed, "told at admission")
    told = []
    for stay in stays:
        if stay.came != "admission":
            continue
        person = people[stay.person]
        at = Moment(stay.start.day + timedelta(days=1), int(rng.integers(8 * 60 + 30, 12 * 60)))
        staff = officers.on(person.id, stay.start.day) or officers.on(person.id, now.day)
        if at > now or not staff:
            continue
        said = pick(rng, TOLD_ANSWERS) if rng.random() < 0.55 else ""
        told.append(
            ToldAtAdmission(
                person.id,
                at,
                staff[0],
                person.languages[0],
                person.needs_interpreter,
                said,
                bool(rng.random() < 0.03),
            )
        )
    return tuple(told)


def write_patterns(
    seed: int,
    voices: tuple[Voice, ...],
    held_since: dict[int, date],
    officers: OfficersOf,
    first_day: date,
    until: date,
) -> tuple[tuple[UsualPattern, ...], tuple[EarlySign, ...]]:
    """Three of four people here longer than a month have a pattern of their own."""
    rng = stream(seed, "patterns")
    patterns: list[UsualPattern] = []
    signs: list[EarlySign] = []
    for person, since in sorted(held_since.items()):
        earliest = max(since + timedelta(days=14), first_day - timedelta(days=60))
        span = (until - earliest).days - 5
        if span < 12 or rng.random() < 0.22:
            continue
        written = earliest + timedelta(days=int(rng.integers(0, span)))
        staff = officers.on(person, max(written, first_day)) or officers.on(person, until)
        if not staff:
            continue
        voice = voices[person]
        reviewed = written + timedelta(days=int(rng.integers(60, 90)))
        was_reviewed = reviewed <= until and rng.random() < 0.8
        last = reviewed if was_reviewed else written
        patterns.append(
            UsualPattern(
                len(patterns),
                person,
                staff[0],
                written,
                voice.say(rng, pick(rng, USUAL)),
                bool(rng.random() < 0.92),
                pick(rng, OWN_PATTERN) if rng.random() < 0.8 else "",
                last + timedelta(days=90),
                reviewed if was_reviewed else None,
            )
        )
        for sign, response in pick_some(rng, SIGNS, int(rng.integers(1, 4))):
            signs.append(
                EarlySign(
                    len(signs),
                    patterns[-1].id,
                    voice.say(rng, sign),
                    voice.say(rng, response),
                )
            )
    return tuple(patterns), tuple(signs)


def offer_trust(
    seed: int,
    voices: tuple[Voice, ...],
    held_since: dict[int, date],
    officers: OfficersOf,
    first_day: date,
    until: date,
) -> tuple[TrustOpportunity, ...]:
    """Most offers are taken, most of those kept."""
    rng = stream(seed, "trust")
    offers: list[TrustOpportunity] = []
    for person, since in sorted(held_since.items()):
        for what in pick_some(rng, TRUST, int(rng.choice(4, p=(0.35, 0.35, 0.2, 0.1)))):
            day = _some_day(rng, max(since, first_day), until)
            staff = officers.on(person, day)
            if not staff:
                continue
            taken, declined, kept, note = _how_it_went(rng, voices[person], day, until)
            offers.append(
                TrustOpportunity(
                    len(offers), person, what, day, pick(rng, staff), taken, declined, kept, note
                )
            )
    return tuple(offers)


def _how_it_went(
    rng: np.random.Generator, voice: Voice, offered: date, until: date
) -> tuple[date | None, date | None, date | None, str]:
    """(taken on, declined on, kept on, note): so much of it as has happened by `until`."""
    answered = offered + timedelta(days=int(rng.integers(0, 4)))
    seen = answered + timedelta(days=int(rng.integers(10, 25)))
    if answered > until:
        return None, None, None, ""
    if rng.random() > 0.86:
        return None, answered, None, voice.say(rng, pick(rng, TRUST_NOT_TAKEN))
    if seen > until:
        return answered, None, None, ""
    if rng.random() > 0.85:
        return answered, None, None, voice.say(rng, pick(rng, TRUST_NOT_KEPT))
    return answered, None, seen, voice.say(rng, pick(rng, TRUST_KEPT))


def note_strengths(
    seed: int,
    voices: tuple[Voice, ...],
    held_since: dict[int, date],
    officers: OfficersOf,
    first_day: date,
    until: date,
) -> tuple[Strength, ...]:
    rng = stream(seed, "strengths")
    found: list[Strength] = []
    for person, since in sorted(held_since.items()):
        for text in pick_some(rng, STRENGTHS, int(rng.integers(0, 4))):
            day = _some_day(rng, max(since, first_day), until)
            staff = officers.on(person, day)
            if staff:
                written = voices[person].say(rng, text)
                found.append(Strength(len(found), person, written, day, pick(rng, staff)))
    return tuple(found)


def _some_day(rng: np.random.Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.integers(0, max(1, (last - first).days))))
