"""What stays that came in mean for somebody now: that they came, were transferred, or left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from daybook.foundation.registry.events import (
    Moved,
    TakenBack,
    Turn,
    Turned,
    moved,
    taken_back,
    turned,
)

from ..models import Stay
from .rules import Period

NEWS = timedelta(days=7)
"""What happened longer ago is history, and told to nobody."""
ON_THE_WAY = timedelta(hours=24)
"""So long may pass between two stays of one transfer. After longer, the person comes anew."""


@dataclass(frozen=True, slots=True)
class News:
    """What to tell of one person. Stays are named by their source until they have a key."""

    person_id: int
    corrected: tuple[str, ...]
    turns: tuple[tuple[str, Turn, datetime], ...]
    move: Moved | None


def news_of(
    person: int,
    known: Mapping[str, Period],
    written: Iterable[Period],
    *,
    houses: Mapping[int, int],
) -> list[News]:
    """What follows from writing these stays over the known ones; ``houses`` by unit."""
    before = list(known.values())
    after = list({**known, **{stay.source: stay for stay in written}}.values())
    were, are = _turns(before, houses), _turns(after, houses)
    found = News(
        person,
        tuple(source for source, turn in were.items() if are.get(source) != turn),
        tuple(
            (source, *turn)
            for source, turn in are.items()
            if were.get(source) != turn and is_news(turn[1]) and _lives(after)
        ),
        _move(person, before, after),
    )
    return [found] if found.corrected or found.turns or found.move else []


def announce(news: Iterable[News]) -> None:
    """Tell it, once the stays are written and have their keys."""
    news = list(news)
    sources = {source for each in news for source, *_turn in each.turns}
    sources |= {source for each in news for source in each.corrected}
    keys = dict(Stay.objects.filter(source__in=sources).values_list("source", "id"))

    def named(source: str) -> str:
        # A stay that came from nowhere else is called by its own key.
        return f"stay:{keys.get(source) or source.lstrip('#')}"

    for each in news:
        for source in each.corrected:
            taken_back.announce(TakenBack(each.person_id, named(source)))
        for source, turn, at in each.turns:
            turned.announce(Turned(each.person_id, turn, at, named(source)))
        if each.move:
            moved.announce(each.move)


def is_news(at: datetime) -> bool:
    return at > timezone.now() - NEWS


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _turns(stays: Iterable[Period], houses: Mapping[int, int]) -> dict[str, tuple[Turn, datetime]]:
    """By source: each stay with which somebody came, or came to another establishment."""
    found: dict[str, tuple[Turn, datetime]] = {}
    before: Period | None = None
    for stay in sorted(stays, key=lambda stay: stay.began_at):
        left = before.ended_at if before else None
        if before is None or (left and stay.began_at - left > ON_THE_WAY):
            found[stay.source] = Turn.ARRIVED, stay.began_at
        elif houses[before.unit_id] != houses[stay.unit_id]:
            found[stay.source] = Turn.TRANSFERRED, stay.began_at
        before = stay
    return found


def _move(person: int, before: list[Period], after: list[Period]) -> Moved | None:
    lived, lives = _lives(before), _lives(after)
    if lives is None and lived is not None:
        left = max((stay.ended_at for stay in after if stay.ended_at), default=timezone.now())
        return Moved(person, None, lived.unit_id, left)
    if lives is None or (lived and lived.unit_id == lives.unit_id):
        return None
    if lived is None and not is_news(lives.began_at):
        return None
    return Moved(person, lives.unit_id, lived.unit_id if lived else None, lives.began_at)


def _lives(stays: Iterable[Period]) -> Period | None:
    """The stay that lasts."""
    return next((stay for stay in stays if stay.ended_at is None), None)
