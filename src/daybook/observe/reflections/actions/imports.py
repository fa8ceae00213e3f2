"""Bringing ratings of another system in: good rows once, the others back with their reasons."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.access.clerk import USERNAME as CLERK
from daybook.foundation.audit.actions import Actor
from daybook.foundation.people.models import Identifier, Stay
from daybook.foundation.registry.maps import WrongMap
from daybook.foundation.registry.refusals import Problem, Refused, Rejects, Tally, in_parts
from daybook.foundation.registry.sheets import Row
from daybook.foundation.staff.models import Staff

from ..models import Rating, Reflection
from ..queries.channels import channels
from ..rules.imports import Moment, RatingsMap, Reading, key_of
from ..rules.recording import Entry
from .bulk import Signed, save_many

ROWS_A_TRANSACTION = 5_000

Number = tuple[str, str]
Steps = dict[int, int | None]


@dataclass
class RatingsImport:
    """One file of ratings on its way in, as the owner of the tables.

    ``by`` is who brings it in; None only looks, and writes nothing. ``establishments`` are
    those whose charts the rows concern, new ones or not, so that a run that was cut short is
    charted by the next; ``unplaced`` counts rows about a day when nobody knows where the
    person lived, which charts leave out.
    """

    by: Actor | None
    map: RatingsMap
    reason: str
    tally: Tally = field(default_factory=Tally)
    establishments: set[int] = field(default_factory=set)
    unplaced: int = 0

    def __post_init__(self) -> None:
        self._reading = Reading(self.map, timezone.now(), timezone.get_current_timezone())
        self._channels = {channel.key: channel.pk for channel in channels()}
        self._staff = dict(Staff.objects.exclude(username=CLERK).values_list("username", "id"))
        self._people: dict[Number, int | None] = {}
        self._homes: dict[int, _Homes] = {}
        self._seen: dict[UUID, Steps] = {}
        self._check_who_is_fixed()

    def _check_who_is_fixed(self) -> None:
        """Raise ``WrongMap`` where the map itself names somebody whom nobody knows."""
        said, wrong = self.map, []
        if said.rater.fixed and said.rater.fixed not in self._staff:
            wrong.append("rater.number: no member of staff has this number.")
        if said.person.fixed and said.system.fixed:
            number = (said.system.fixed, said.person.fixed)
            self._get_to_know({number})
            if self._people[number] is None:
                wrong.append("person.number: no person has this number in this system.")
        if wrong:
            raise WrongMap(wrong)

    def bring_in(
        self, rows: Iterable[Row], rejects: Rejects, heard: Callable[[], None] = lambda: None
    ) -> Tally:
        """Take in all rows, some thousand a transaction; ``heard`` is called after each."""
        for part in in_parts(rows, ROWS_A_TRANSACTION):
            refused = self._take_part(part)
            for one in refused:
                self.tally.refuse(one)
            rejects.add(refused)
            heard()
        return self.tally

    def _take_part(self, part: list[Row]) -> list[Refused]:
        self.tally.read += len(part)
        refused: list[Refused] = []
        moments: list[Moment] = []
        for row in part:
            read = self._reading.moment(row)
            if not isinstance(read, Moment):
                refused.append(Refused(row, tuple(read)))
            elif not read.steps:
                self.tally.empty += 1
            else:
                moments.append(read)
        signed, unknown = self._placed(moments)
        new, other = self._not_yet_there(signed)
        if self.by is None:
            self._seen |= {one.entry.key: dict(one.entry.steps) for _row, one in new}
        elif new:
            save_many(by=self.by, signed=[one for _row, one in new], reason=self.reason)
        self.tally.added += len(new)
        return sorted(refused + unknown + other, key=lambda each: each.row.number)

    def _placed(self, moments: list[Moment]) -> tuple[list[tuple[Row, Signed]], list[Refused]]:
        """Each moment with the keys of person, rater, and where the person lived then."""
        self._get_to_know({moment.number for moment in moments})
        signed, unknown = [], []
        for moment in moments:
            person = self._people[moment.number]
            rater = self._staff.get(moment.rater)
            if person is None or rater is None:
                unknown.append(Refused(moment.row, tuple(self._whom_nobody_knows(person, rater))))
                continue
            home = self._homes[person].at(moment.at)
            if home is None:
                self.unplaced += 1
            else:
                self.establishments.add(home.establishment)
            entry = Entry(
                key=key_of(moment, self.map, person_id=person, rater_id=rater),
                person_id=person,
                day=moment.day,
                form=self.map.form,
                contact=self.map.contact,
                setting=self.map.setting,
                steps={self._channels[key]: step for key, step in moment.steps.items()},
            )
            signed.append(
                (moment.row, Signed(entry, rater, home.unit if home else None, moment.at))
            )
        return signed, unknown

    def _whom_nobody_knows(self, person: int | None, rater: int | None) -> Iterable[Problem]:
        if person is None:
            column = self.map.person.column or self.map.system.column
            yield Problem(column, _("no person has this number in this system"))
        if rater is None:
            yield Problem(self.map.rater.column, _("no member of staff has this number"))

    def _not_yet_there(
        self, signed: list[tuple[Row, Signed]]
    ) -> tuple[list[tuple[Row, Signed]], list[Refused]]:
        """Those to be added, and those that were signed before and say something else now."""
        there = self._steps_of({one.entry.key for _row, one in signed})
        new, other = [], []
        for row, one in signed:
            known = there.get(one.entry.key)
            if known is None:
                there[one.entry.key] = dict(one.entry.steps)
                new.append((row, one))
            elif known == one.entry.steps:
                self.tally.there += 1
            else:
                reason = _(
                    "the same person, rater and time were brought in with other ratings; "
                    "a signed entry stays as it is"
                )
                other.append(Refused(row, (Problem("", reason),)))
        return new, other

    def _steps_of(self, keys: set[UUID]) -> dict[UUID, Steps]:
        found = {key: self._seen[key] for key in keys & self._seen.keys()}
        found |= {
            key: {}
            for key in Reflection.even_struck.filter(id__in=keys).values_list("id", flat=True)
        }
        rated = Rating.even_struck.filter(reflection_id__in=list(found))
        for key, channel, step in rated.values_list("reflection_id", "channel_id", "step"):
            found[key][channel] = step
        return found

    def _get_to_know(self, numbers: set[Number]) -> None:
        """Look up people and their homes, those not met before in this file."""
        unmet = numbers - self._people.keys()
        if not unmet:
            return
        self._people |= dict.fromkeys(unmet)
        found = Identifier.objects.filter(
            system__in={system for system, _number in unmet},
            number__in={number for _system, number in unmet},
        ).values_list("system", "number", "person_id")
        people = {(system, number): person for system, number, person in found}
        self._people |= {number: people[number] for number in unmet & people.keys()}
        self._homes |= _homes_of(set(people.values()) - self._homes.keys())


@dataclass(frozen=True, slots=True)
class _Home:
    began: datetime
    ended: datetime | None
    unit: int
    establishment: int


@dataclass(frozen=True, slots=True)
class _Homes:
    """The stays of one person, oldest first."""

    stays: list[_Home]

    def at(self, moment: datetime) -> _Home | None:
        place = bisect_right(self.stays, moment, key=lambda stay: stay.began)
        if not place:
            return None
        last = self.stays[place - 1]
        return last if last.ended is None or moment < last.ended else None


def _homes_of(people: set[int]) -> dict[int, _Homes]:
    homes: dict[int, _Homes] = {person: _Homes([]) for person in people}
    stays = Stay.objects.filter(person_id__in=people).order_by("began_at")
    for person, began, ended, unit, establishment in stays.values_list(
        "person_id", "began_at", "ended_at", "unit_id", "unit__establishment_id"
    ):
        homes[person].stays.append(_Home(began, ended, unit, establishment))
    return homes
