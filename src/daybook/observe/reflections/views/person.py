"""The person page: one column of time, and beside it what is usual, due, trusted and unknown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import DUTY_MANAGER, GOVERNOR, Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.cases.looks.queries import may_ask
from daybook.foundation.duties.queries import open_actions
from daybook.foundation.duties.rules import when_due
from daybook.foundation.people.ahead.queries import away_now, coming
from daybook.foundation.people.queries import dates_and_numbers, person_line
from daybook.foundation.registry.providers import TimelineEntry
from daybook.ui.charts import Chart, change_table, chart_drawing
from daybook.ui.parts import MARKS, Filter

from ..forms.moments import moment_asked_for
from ..queries import person as queries
from ..queries.agreed import stance_now
from ..queries.care import care_now
from ..queries.gaps import seen_of
from ..queries.offered import beside, first_of
from ..queries.strengths import strengths_of, trust_of
from ..queries.strikes import may_strike
from ..queries.timeline import own_reflections
from ..queries.told import WasTold, told, who_answers
from ..queries.usual import usual_now
from ..rules import person as rules
from ..rules.chart import ChannelPicture, chart_of
from ..rules.gaps import side_by_side
from ..rules.together import together_in_words
from ..rules.told import ANSWER_WITHIN, how_it_waits
from ..rules.usual import review_is_due
from ..vocabulary import Entered

AHEAD = timedelta(days=30)

SHOWN: dict[str, tuple[str, ...]] = {
    "": (),
    "reflections": ("reflections",),
    "meetings": ("meetings", "care"),
    "actions": ("actions", "trust"),
}
"""What the pills above the timeline narrow it to: names of providers."""


@require_safe
@page
def person(request: Visit, person: int) -> HttpResponse:
    """Everything this viewer may see; for those who only write, or only know who it is, less."""
    viewer = request.viewer
    writes = queries.reaches(person, viewer=viewer, right=Right.WRITE)
    if queries.reaches(person, viewer=viewer, right=Right.READ):
        return render(request, "reflections/person.html", _whole(request, person, writes))
    context: dict[str, Any] = {
        "person": person_line(person, viewer=viewer),
        "first": first_of([person], viewer=viewer).get(person, ()),
        "known": dates_and_numbers(person, viewer=viewer),
        "asides": beside(person, viewer=viewer),
    }
    if writes:
        entries = own_reflections(queries.my_entries(person, viewer=viewer))
        context |= {"writes": True, "timeline": _dated(entries)}
    else:
        context["officers"] = queries.officers(person, viewer=viewer)
    return render(request, "reflections/person_brief.html", context)


def _whole(request: Visit, person: int, writes: bool) -> dict[str, Any]:
    viewer, today = request.viewer, timezone.localdate()
    who = queries.introduction(person, viewer=viewer)
    lived = queries.stays(person, viewer=viewer)
    usual = usual_now(person, viewer=viewer)
    told_lately = told(person, viewer=viewer)
    pronoun = who.line.pronoun
    return {
        "person": who.line,
        "who": who,
        "knows_the_wing": who.line.unit_code in {unit.code for unit in units_of(viewer)},
        "writes": writes,
        "opens_cases": queries.reaches(
            person, viewer=viewer, right=Right.WRITE, compartment=Compartment.CASES
        ),
        "may_hold": viewer.holds(DUTY_MANAGER, GOVERNOR),
        "asks_who_looked": may_ask(person, viewer=viewer),
        "today": today,
        "care": _care(person, viewer),
        "first": first_of([person], viewer=viewer).get(person, ()),
        "away": away_now(person, viewer=viewer),
        "asides": beside(person, viewer=viewer),
        "told": told_lately[0] if told_lately else None,
        "strikable": Entered.values if may_strike(person, viewer=viewer) else (),
        "objections": [each for each in told_lately if each.objects],
        "stance": stance_now(person, viewer=viewer),
        "usual": usual,
        "usual_for": rules.usual_for(pronoun),
        "in_own_words": rules.own_words_said(pronoun),
        "review_due": usual is not None and review_is_due(usual.review_on, today),
        "due": open_actions([person], viewer=viewer),
        **_answers_owed(told_lately, who.line, viewer),
        "coming": coming([person], viewer=viewer, within=AHEAD),
        "known": dates_and_numbers(person, viewer=viewer),
        "trust": trust_of(person, viewer=viewer),
        "strengths": strengths_of(person, viewer=viewer),
        "good_at": rules.good_at(pronoun),
        "gaps": rules.gaps(
            queries.last_written(person, viewer=viewer),
            today=today,
            here_since=lived[0].began if lived else None,
            usual_is_written=usual is not None,
        ),
        **_charts(request, who.line, lived, writes=writes, today=today),
        **_timeline(request, person),
    }


def _care(person: int, viewer: Viewer) -> dict[str, Any] | None:
    care = care_now([person], viewer=viewer).get(person)
    if care is None:
        return None
    return {"words": rules.care_in_words(care.word), "since": timezone.localdate(care.set_at)}


def _answers_owed(told: list[WasTold], line: Any, viewer: Viewer) -> dict[str, Any]:
    """What we owe to whoever objects: by when, and who is to give it."""
    waiting = [each for each in told if each.waits]
    if not waiting:
        return {}
    today = timezone.localdate()
    return {
        "answers_owed": [
            {
                "key": each.key,
                "on": each.on,
                "waits": how_it_waits(each.on, today),
                "when": when_due(each.on + ANSWER_WITHIN, today),
                "is_due": each.on + ANSWER_WITHIN <= today,
            }
            for each in waiting
        ],
        "who_answers": [each.name for each in who_answers(line.unit_id)],
        "may_answer": all(
            queries.reaches(line.id, viewer=viewer, right=Right.WRITE, compartment=compartment)
            for compartment in (Compartment.WING, Compartment.IDENTITY)
        ),
    }


# ---- Charts ----


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """A way to another channel's chart, with the mark of its change."""

    key: str
    name: str
    mark: str
    said: str
    turn: str
    current: bool


def _charts(
    request: Visit,
    line: Any,
    lived: list[queries.Lived],
    *,
    writes: bool,
    today: date,
) -> dict[str, Any]:
    """The chart of the channel asked for, or of the one that changed; the others as links."""
    if not settings.CHARTS:
        return {}
    found = queries.pictures(line.id, viewer=request.viewer)
    if not found:
        return {"no_chart_yet": True}
    wanted = request.GET.get("channel", "")
    picture = next((each for each in found if each.key == wanted), found[0])
    chart = _drawn(picture, line, lived, viewer=request.viewer, writes=writes, today=today)
    return {
        "chart": chart,
        "together": together_in_words(found),
        "channels": [
            ChannelLink(
                each.key,
                each.name,
                MARKS.get(each.turn or "", ""),
                {"higher": _("higher"), "lower": _("lower")}.get(each.turn or "", ""),
                each.turn or "",
                each.key == picture.key,
            )
            for each in found
        ],
    }


def _drawn(
    picture: ChannelPicture,
    line: Any,
    lived: list[queries.Lived],
    *,
    viewer: Viewer,
    writes: bool,
    today: date,
) -> Chart:
    return chart_of(
        queries.with_lines(picture, line.id, line.unit_id, viewer=viewer),
        line.pronoun,
        today=today,
        happened=queries.happened(
            line.id, lived, viewer=viewer, since=picture.first_day, until=picture.drawn_to
        ),
        without_today=writes and not queries.judged_today(line.id, viewer=viewer),
    )


@require_safe
@page
def chart(request: Visit, person: int, channel: str) -> HttpResponse:
    """One channel as a table, with what it was drawn with: for ears, and for the numbers."""
    viewer = request.viewer
    if not settings.CHARTS or not queries.reaches(person, viewer=viewer, right=Right.READ):
        raise Http404
    line = person_line(person, viewer=viewer)
    found = queries.pictures(person, viewer=viewer)
    picture = next((each for each in found if each.key == channel), None)
    if picture is None:
        raise Http404
    today = timezone.localdate()
    writes = queries.reaches(person, viewer=viewer, right=Right.WRITE)
    drawn = _drawn(
        picture,
        line,
        queries.stays(person, viewer=viewer),
        viewer=viewer,
        writes=writes,
        today=today,
    )
    # As on the chart: others' marks of today sway nobody who has yet to write theirs.
    waits = writes and not queries.judged_today(person, viewer=viewer)
    seen = seen_of(person, channel, viewer=viewer, until=today - timedelta(days=waits))
    context = {
        "person": line,
        "chart": drawn,
        "picture": picture,
        "drawing": chart_drawing(drawn),
        "table": change_table(drawn),
        "together": together_in_words(found),
        "side_by_side": side_by_side(seen, line.pronoun),
    }
    return render(request, "reflections/chart.html", context)


# ---- One column of time ----


def _timeline(request: Visit, person: int) -> dict[str, Any]:
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    found = queries.timeline_of(
        person,
        viewer=request.viewer,
        before=moment_asked_for(request.GET.get("before", "")),
        kinds=SHOWN[show],
    )
    earlier = {"before": found.before.isoformat(), "show": show} if found.before else {}
    return {
        "timeline": _dated(found.entries),
        "earlier": urlencode({name: value for name, value in earlier.items() if value}),
        "from_the_top": "before" not in request.GET,
        "pills": [
            Filter(label, f"?show={key}#timeline" if key else "?#timeline", current=key == show)
            for key, label in (
                ("", _("Everything")),
                ("reflections", _("Reflections")),
                ("meetings", _("Meetings")),
                ("actions", _("Actions")),
            )
        ],
    }


def _dated(entries: list[TimelineEntry]) -> list[tuple[date | datetime, TimelineEntry]]:
    """Each entry with its time as it is shown: the day alone where no hour is known."""
    return [
        (timezone.localdate(entry.at) if entry.day_only else entry.at, entry) for entry in entries
    ]
