"""People: names, numbers, legal status, dates, stays, officers, what is ahead; and cases."""

from collections.abc import Iterator
from datetime import date, timedelta

from daybook.demo.world import shapes
from daybook.demo.world.shapes import PersonEvent
from daybook.demo.world.words_team import CASE_GOES_ON
from daybook.foundation.audit.bulk import add_many, copy_rows, reserve_keys
from daybook.foundation.cases.models import Case, CaseReview, TeamMember
from daybook.foundation.people.models import (
    Coming,
    Cover,
    Escort,
    Identifier,
    KeyDate,
    LegalStatus,
    Person,
    PersonalOfficer,
    SearchWord,
    Stay,
)
from daybook.foundation.people.queries import search_words
from daybook.foundation.registry.keys import new_key

from .keys import REASON, Filling

A_MONTH = timedelta(days=28)


def fill(filling: Filling) -> None:
    _people(filling)
    _status(filling)
    _stays(filling)
    _officers(filling)
    _cases(filling)


def _people(filling: Filling) -> None:
    world = filling.world
    filling.people = reserve_keys(Person, len(world.people))
    add_many(
        Person,
        ("id", "given_name", "family_name", "known_as", "pronoun", "languages"),
        [
            (
                filling.people[person.id],
                person.given_name,
                person.family_name,
                person.known_as,
                person.pronoun,
                list(person.languages),
            )
            for person in world.people
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="id",
    )
    add_many(
        Identifier,
        ("person_id", "system", "number"),
        [(filling.people[n.person], n.system, n.value) for n in world.identity_numbers],
        by=filling.by,
        reason=REASON,
        person="person_id",
    )
    words: dict[int, set[str]] = {
        filling.people[p.id]: set(search_words(f"{p.given_name} {p.family_name} {p.known_as}"))
        for p in world.people
    }
    for number in world.identity_numbers:
        words[filling.people[number.person]].update(search_words(number.value))
    copy_rows(
        SearchWord,
        ("person_id", "word"),
        [(person, word) for person, found in words.items() for word in sorted(found)],
    )


def _status(filling: Filling) -> None:
    add_many(
        LegalStatus,
        ("person_id", "status", "since", "until"),
        [
            (filling.people[period.person], period.status, period.start, period.end)
            for period in filling.world.status_periods
        ],
        by=filling.by,
        reason=REASON,
        person="person_id",
    )
    add_many(
        KeyDate,
        ("person_id", "kind", "on", "noted_at"),
        # Set long before the demonstration begins: nobody knows when.
        sorted({(filling.people[d.person], d.kind, d.day, None) for d in filling.world.key_dates}),
        by=filling.by,
        reason=REASON,
        person="person_id",
    )


def _stays(filling: Filling) -> None:
    world = filling.world
    add_many(
        Stay,
        ("person_id", "unit_id", "cell_id", "began_at", "ended_at", "reason", "source"),
        [
            (
                filling.people[stay.person],
                filling.units[stay.unit],
                filling.cells[stay.cell],
                filling.at(stay.start),
                filling.at(stay.end) if stay.end else None,
                stay.came,
                f"demo:{stay.id}",
            )
            for stay in world.stays
        ],
        by=filling.by,
        reason=REASON,
        person="person_id",
    )
    add_many(
        Escort,
        ("id", "person_id", "kind", "left_at", "back_at"),
        [
            (
                new_key(),
                filling.people[escort.person],
                escort.kind,
                filling.at(escort.leaves),
                filling.at(escort.returns) if escort.returns else None,
            )
            for escort in world.escorts
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
    add_many(
        Coming,
        ("id", "person_id", "kind", "at", "words", "cancelled_at", "source"),
        [
            (
                new_key(),
                filling.people[event.person],
                event.kind,
                filling.at(event.at),
                event.note,
                _cancelled(filling, event),
                f"demo:{number}",
            )
            for number, event in enumerate(world.events)
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )


def _cancelled(filling: Filling, event: PersonEvent) -> object:
    return filling.morning(event.at.day) if event.outcome == "cancelled" else None


def _officers(filling: Filling) -> None:
    world = filling.world
    keys = reserve_keys(PersonalOfficer, len(world.personal_officers))
    add_many(
        PersonalOfficer,
        ("id", "person_id", "staff_id", "side", "since", "until"),
        [
            (
                keys[officer.id],
                filling.people[officer.person],
                filling.staff[officer.staff],
                officer.side,
                filling.morning(officer.start),
                filling.after(officer.end),
            )
            for officer in world.personal_officers
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
    add_many(
        Cover,
        ("assignment_id", "person_id", "staff_id", "since", "until"),
        [
            (
                keys[cover.assignment],
                filling.people[cover.person],
                filling.staff[cover.staff],
                filling.morning(cover.start),
                filling.after(cover.end),
            )
            for cover in world.covers
        ],
        by=filling.by,
        reason=REASON,
        person="person_id",
    )


def _cases(filling: Filling) -> None:
    cases, team, reviews = [], [], []
    for case in filling.world.cases:
        key = new_key()
        cases.append(
            (
                key,
                filling.people[case.person],
                filling.staff[case.lead],
                case.legal_basis,
                case.opened_for,
                filling.morning(case.opened),
                min(case.review_due, case.ends),
                case.ends,
                filling.morning(case.closed) if case.closed else None,
                filling.staff[case.closed_by] if case.closed_by is not None else None,
                case.closing_reason,
            )
        )
        for each, on in enumerate(_looked_at(case)):
            reviews.append((
                new_key(), key, filling.staff[case.lead], filling.morning(on),
                CASE_GOES_ON[each % len(CASE_GOES_ON)],
                min(on + A_MONTH, case.review_due), case.ends,
            ))  # fmt: skip
        team += [
            (new_key(), key, filling.staff[member], "", filling.morning(case.opened))
            for member in case.team
        ]
    add_many(
        Case,
        (
            "id", "person_id", "lead_id", "legal_basis", "opened_for", "opened_at", "review_on",
            "ends_on", "closed_at", "closed_by_id", "closed_because",
        ),
        cases,
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
    add_many(
        TeamMember,
        ("id", "case_id", "staff_id", "part", "since"),
        team,
        by=filling.by,
        reason=REASON,
        key="id",
    )
    add_many(
        CaseReview,
        ("id", "case_id", "reviewed_by_id", "reviewed_at", "reason", "review_on", "ends_on"),
        reviews,
        by=filling.by,
        reason=REASON,
        key="id",
    )


def _looked_at(case: shapes.Case) -> Iterator[date]:
    """The days on which a case that still runs was looked at, every four weeks."""
    on = case.opened + A_MONTH
    while case.closed is None and on < case.review_due:
        yield on
        on += A_MONTH
