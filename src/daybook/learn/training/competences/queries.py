"""Who is trained for what, for those who train; one's own, for oneself."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from daybook.foundation.access.roles import TRAINING_UNIT
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.staff.models import Competence, short_name
from daybook.understand.instruments.queries import offered


@dataclass(frozen=True, slots=True)
class Trained:
    key: UUID
    who: str
    number: str
    for_what: str
    since: date
    until: date
    how: str
    ended: bool

    @property
    def current(self) -> bool:
        return not self.ended and self.since <= timezone.localdate() <= self.until


def asked_for() -> list[tuple[str, str]]:
    """What instruments ask for, with the names of those that do."""
    found: dict[str, list[str]] = {}
    for each in offered():
        for key in each.instrument.uses.competences:
            found.setdefault(key, []).append(each.instrument.name)
    return [(key, ", ".join(names)) for key, names in sorted(found.items())]


def require_training(viewer: Viewer) -> None:
    if not viewer.holds(TRAINING_UNIT):
        raise Http404


def everybody(*, viewer: Viewer) -> list[Trained]:
    """What holds now or ended within the year, what ends first on top."""
    require_training(viewer)
    year_ago = timezone.localdate().replace(day=1).replace(year=timezone.localdate().year - 1)
    return _trained(Competence.objects.filter(until__gte=year_ago))


def mine(*, viewer: Viewer) -> list[Trained]:
    return _trained(Competence.objects.filter(staff_id=viewer.staff_id))


def _trained(rows: "QuerySet[Competence]") -> list[Trained]:
    ordered = rows.order_by("until", "staff__family_name", "id")
    return [
        Trained(key, short_name(given, family), number, what, since, until, how, ended is not None)
        for key, given, family, number, what, since, until, how, ended in ordered.values_list(
            "id", "staff__given_name", "staff__family_name", "staff__username", "key", "since",
            "until", "how", "ended_at",
        )
    ]  # fmt: skip
