"""The page one comes to the desk with: what is due, who is mine, what is ahead."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from daybook.foundation.access import roles
from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.cases.queries import my_cases
from daybook.foundation.duties.queries import my_actions
from daybook.foundation.people.queries import people_with
from daybook.observe.reflections.rules.board import day_words, entered_today, last_entry
from daybook.observe.safety.actions.calling import pressing_and_call_on
from daybook.observe.shifts.queries.events import support_to_offer

from ..queries import home as queries

OFFICERS = (roles.WING_OFFICER, roles.PERSONAL_OFFICER)
LEADERS = (roles.DUTY_MANAGER, roles.HEAD_OF_UNIT, roles.GOVERNOR)
CASEWORKERS = (roles.CASE_LEAD, roles.PSYCHOLOGIST, roles.PROBATION_OFFICER)


@page
def home(request: Visit) -> HttpResponse:
    """What each role held now needs, one part below the other; nobody's part hides another's."""
    viewer, today = request.viewer, timezone.localdate()
    promises = queries.promises(viewer=viewer)
    # What one promised oneself stands under one's own name, and not once more among the rest.
    mine = {reverse("shifts:request", args=[each.asked.id]) for each in promises}
    due = queries.due_in_reach(viewer=viewer, today=today)
    context: dict[str, Any] = {
        "day": day_words(today),
        "held": list({held.role.key: held.role for held in viewer.held}.values()),
        "oversight": viewer.holds(roles.OVERSIGHT),
        "writes_only": viewer.may(Right.WRITE, Compartment.WING)
        and not viewer.may(Right.READ, Compartment.WING),
        "pressing": _pressing(viewer),
        "actions": _actions(viewer),
        "due": [each for each in due if each.url not in mine],
        "promises": promises,
        "decisions": queries.decisions(viewer=viewer, today=today),
    }
    if viewer.holds(*CASEWORKERS):
        context["cases"] = [
            case for case in my_cases(viewer=viewer) if case.person and not case.closed_at
        ]
    if viewer.holds(*OFFICERS, *LEADERS):
        context |= _wings(viewer)
    return render(request, "web/home.html", context)


def _pressing(viewer: Viewer) -> list[tuple[Any, Any]]:
    """Above everything else: concerns for safety that are open, and looks that are late."""
    if viewer.everywhere:
        return []
    lines = pressing_and_call_on(viewer=viewer)
    people = people_with((person for person, _line in lines), viewer=viewer) if lines else {}
    return [(people[person], line) for person, line in lines if person in people]


def _actions(viewer: Viewer) -> list[tuple[Any, Any]]:
    """What the viewer owes, each with the person where they are still in reach."""
    owed = my_actions(viewer=viewer)
    people = people_with({action.person_id for action in owed}, viewer=viewer) if owed else {}
    return [(action, people.get(action.person_id)) for action in owed]


def _wings(viewer: Viewer) -> dict[str, Any]:
    today = timezone.localdate()
    wings = queries.units_today(viewer=viewer, today=today)
    units = [wing.unit for wing in wings]
    context: dict[str, Any] = {
        "wings": wings,
        "keeps_safe": viewer.may(Right.READ, Compartment.SAFETY),
    }
    if viewer.holds(*OFFICERS):
        mine = queries.people_i_know(viewer=viewer, today=today)
        context |= {
            "my_people": [_known(known) for known in mine],
            "my_patterns": queries.patterns_to_review(
                viewer=viewer, today=today, of=[known.person.id for known in mine]
            ),
            "coming": queries.coming_on(units, viewer=viewer, today=today) if units else [],
            "officer": True,
        }
    if viewer.holds(*LEADERS):
        context |= {
            "leads": True,
            "objections": queries.objections(viewer=viewer, today=today),
            "support": support_to_offer(viewer=viewer),
            "names_officers_on": _names_officers_on(viewer),
            "overdue": queries.overdue_actions(viewer=viewer, today=today),
            "patterns": queries.patterns_to_review(viewer=viewer, today=today),
            "unwritten": queries.unwritten(units, viewer=viewer, today=today),
            "charts": settings.CHARTS,
            "charts_drawn_at": queries.charts_drawn_at(units) if settings.CHARTS else None,
        }
    return context


def _names_officers_on(viewer: Viewer) -> set[str]:
    """Codes of the units for whose people the viewer names the personal officers."""
    if not viewer.may(Right.WRITE, Compartment.IDENTITY):
        return set()
    return {unit.code for unit in units_of(viewer, Compartment.IDENTITY, Right.WRITE)}


def _known(known: queries.Known) -> dict[str, Any]:
    today = timezone.localdate()
    entries = [known.last] if known.last else []
    return {
        "person": known.person,
        "away": known.away,
        "written": known.last if entered_today(entries, today=today) else None,
        "since": last_entry(entries, today=today, asked=True),
    }
