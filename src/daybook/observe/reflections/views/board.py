"""The wing board: everyone on a unit, and the unit's own day above them."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import require_unit, units_of
from daybook.foundation.access.roles import Right
from daybook.foundation.places import queries as places
from daybook.foundation.places.models import Unit
from daybook.foundation.places.rules import day_in_words
from daybook.ui.charts import sparkline, unit_line
from daybook.ui.parts import Filter, Line, Tile

from ..actions.unit_day import write_unit_day
from ..forms.unit_day import UnitDayForm, day_asked_for
from ..queries.board import SPAN, Place, Weather, wing_today
from ..rules import board as rules
from ..rules.meetings import last_time


@page
def boards(request: Visit) -> HttpResponse:
    """The only unit at once; several as a plain list."""
    units = units_of(request.viewer)
    if not units:
        raise Http404
    if len(units) == 1:
        return redirect("reflections:board", units[0].code)
    by_establishment: dict[str, list[Unit]] = {}
    for unit in units:
        by_establishment.setdefault(unit.establishment.name, []).append(unit)
    return render(request, "reflections/boards.html", {"establishments": by_establishment})


@page
def board(request: Visit, unit: str) -> HttpResponse:
    today = timezone.localdate()
    channel = request.GET.get("channel", "")
    wing = wing_today(
        unit, viewer=request.viewer, today=today, charts=settings.CHARTS, channel=channel
    )
    if channel not in {each.key for each in wing.channels}:
        channel = ""
    last = wing.last
    show = request.GET.get("show", "")
    shown = SHOWN.get(show, SHOWN[""])
    said = [(place, _lines(place, today, show)) for place in wing.places]
    tiles = [
        _tile(place, lines, today) for place, lines in said if shown.holds(place, lines, today)
    ]
    return render(
        request,
        "reflections/board.html",
        {
            "unit": wing.unit,
            "today": [rules.day_words(today), rules.shift_in_words(timezone.now())],
            "day": day_in_words(wing.day, staff_needed=wing.unit.staff_needed),
            "last": last,
            "last_time": last_time(last.theme, last.how_we_are) if last else [],
            "writes": wing.writes,
            "knows_what_is_first": wing.knows_what_is_first,
            "pills": _pills(said, today, show, channel),
            "tiles": tiles,
            "brief": not show,
            "nobody": shown.nobody(),
            "weather": _weather(wing.weather, today),
            "weather_words": rules.weather_in_words(wing.weather.steps) if wing.weather else "",
            "drawn": next((str(c).lower() for c in wing.channels if c.key == channel), ""),
            "weather_of": next(
                (str(c).lower() for c in wing.channels if c.key == channel or not channel), ""
            ),
            "channels": [
                Filter(str(each), _address(show, each.key), current=each.key == channel)
                for each in wing.channels
            ],
            "own_change": Filter(_("what changed"), _address(show, ""), current=not channel),
        },
    )


# ---- One tile ----


def _lines(place: Place, today: date, show: str) -> list[Line]:
    """What the board says of one person: what the team agreed and saw first, then the day."""
    lines = [rules.care(place.care)] if place.care else []
    lines += rules.brightening(place.charts, today=today)
    lines += rules.changes(place.charts, today=today, brief=not show, pronoun=place.person.pronoun)
    lines += rules.officers_say(place.entries, today=today, pronoun=place.person.pronoun)
    if place.away:
        lines.append(rules.away(*place.away, today=today))
    lines += [rules.ahead(e.kind, e.at, e.words, today=today) for e in place.ahead]
    lines += rules.owed(place.due, today=today)
    lines += rules.also_due(place.also_due, today=today)
    lines += [rules.what_came_of_it(o.what, o.effect_words) for o in place.done]
    if not place.away:
        lines += rules.last_entry(place.entries, today=today, asked=show == "no-entry")
    return lines


def _tile(place: Place, lines: list[Line], today: date) -> Tile:
    person = place.person
    return Tile(
        cell=person.cell,
        name=person.name,
        url=_page_of(person.id),
        lines=lines,
        spark=_spark(place, today),
        before=[line.words for line in place.first],
        brief=" · ".join(line.brief or line.words for line in place.first),
        strong=rules.different_aloud(person.pronoun) if rules.is_different(lines) else "",
        dot=_("one of your people") if place.mine else "",
    )


@lru_cache(maxsize=10_000)
def _page_of(person_id: int) -> str:
    return reverse("reflections:person", args=[person_id])


def _spark(place: Place, today: date) -> SafeString | str:
    chart = next((chart for chart in place.charts if chart.shown), None)
    if chart is None:
        return ""
    first = (chart.first_day - today).days + SPAN - 1
    days = enumerate(zip(chart.raw, chart.adjusted, strict=False), first)
    points = [(day, None if raw is None else value) for day, (raw, value) in days]
    changed = None
    if chart.worth_talking_about and chart.since:
        changed = (first + (chart.since - chart.first_day).days, chart.turn)
    return sparkline(
        points,
        span=SPAN,
        label=rules.chart_aloud(place.person.name, chart),
        band=chart.band,
        changed=changed,
    )


def _weather(weather: Weather | None, today: date) -> SafeString | str:
    if weather is None:
        return ""
    first = (weather.first_day - (today - timedelta(days=SPAN - 1))).days
    points = [(first + day, step) for day, step in enumerate(weather.steps)]
    words = rules.weather_in_words(weather.steps) or _("nothing out of the ordinary lately")
    return unit_line(points, span=SPAN, label=_("The wing itself, six weeks: {}").format(words))


# ---- Narrowing the board ----

Holds = Callable[[Place, list[Line], date], bool]


def _has_today(place: Place) -> bool:
    return bool(place.ahead or place.due or place.also_due or place.done or place.away)


class Shown:
    """A way to narrow the board: whom it holds, and what it says when it holds nobody."""

    def __init__(self, label: Callable[[], str], nobody: Callable[[], str], holds: Holds) -> None:
        self.label, self.nobody, self.holds = label, nobody, holds


SHOWN = {
    "": Shown(
        lambda: _("All"),
        lambda: _("Nobody lives here at the moment."),
        lambda place, lines, today: True,
    ),
    "different": Shown(
        lambda: _("Different from usual"),
        lambda: _("Nobody is different from their own usual, as far as anyone has written."),
        lambda place, lines, today: rules.is_different(lines),
    ),
    "no-entry": Shown(
        lambda: _("No entry today"),
        lambda: _("Everyone has an entry today."),
        lambda place, lines, today: not rules.entered_today(place.entries, today=today),
    ),
    "today": Shown(
        lambda: _("Today"),
        lambda: _("Nothing is coming up today or tomorrow, and no action is due."),
        lambda place, lines, today: _has_today(place),
    ),
    "mine": Shown(
        lambda: _("My people"),
        lambda: _("None of your people live on this unit."),
        lambda place, lines, today: place.mine,
    ),
}


def _pills(
    said: list[tuple[Place, list[Line]]], today: date, show: str, channel: str
) -> list[Filter]:
    return [
        Filter(
            shown.label(),
            _address(key, channel),
            sum(shown.holds(place, lines, today) for place, lines in said),
            current=key == (show if show in SHOWN else ""),
        )
        for key, shown in SHOWN.items()
    ]


def _address(show: str, channel: str) -> str:
    asked = {name: value for name, value in (("show", show), ("channel", channel)) if value}
    return f"?{urlencode(asked)}"


# ---- The unit's own day ----


@page
def unit_day(request: Visit, unit: str) -> HttpResponse:
    """What the day was like for everyone: staffing, hours, what happened."""
    where = places.unit_with(unit)
    # The form shows what colleagues wrote: whoever only adds does not read it here.
    for right in (Right.READ, Right.WRITE):
        require_unit(where.id, viewer=request.viewer, right=right)
    today = timezone.localdate()
    day = day_asked_for(request.GET.get("day", ""), today=today)
    if request.method == "POST":
        form = UnitDayForm(request.POST)
        if form.is_valid():
            write_unit_day(
                by=request.viewer,
                unit_id=where.id,
                day=day,
                changed=form.changed_data,
                **form.cleaned_data,
            )
            messages.success(
                request, _("The unit’s day is written down."), extra_tags=_draft(where, day)
            )
            return redirect("reflections:board", where.code)
    else:
        known = places.unit_day(where.id, day)
        form = UnitDayForm(initial=UnitDayForm.initial_from(known, staff_needed=where.staff_needed))
    return render(
        request,
        "reflections/unit_day.html",
        {
            "unit": where,
            "form": form,
            "day": day,
            "draft": _draft(where, day),
            "days": [
                Filter(rules.day_words(each), f"?day={each.isoformat()}", current=each == day)
                for each in (today - timedelta(days=ago) for ago in range(3))
            ],
        },
    )


def _draft(unit: Unit, day: date) -> str:
    return f"unit-day-{unit.code}-{day.isoformat()}"
