"""The reflection meeting: begin, a person at a time, hand over, close, minutes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import require_unit
from daybook.foundation.access.roles import Right
from daybook.foundation.duties import queries as duties
from daybook.foundation.duties.queries import Colleague
from daybook.foundation.people.queries import PersonLine, person_line
from daybook.foundation.places.queries import unit_with
from daybook.foundation.registry.cannot import Cannot

from ..actions import meetings as actions
from ..forms.meetings import BeginForm, CloseForm, DiscussForm, HandOverForm
from ..forms.moments import moment_asked_for
from ..models.meetings import Shift
from ..queries import discussions
from ..queries import meetings as queries
from ..queries.discussions import Discussion, Taken
from ..queries.meetings import MeetingLine
from ..queries.offered import first_of
from ..rules.meetings import TEXTS, ChangedMeanwhile, Closed, last_time, shift_at
from ..vocabulary import Outcome

LOOK_BACK = timedelta(days=14)
"""How far back the facts go for somebody not talked about for long."""
PAGE = 20


@require_safe
@page
def meetings(request: Visit) -> HttpResponse:
    """The open meeting of each of my units, or the way to begin one; and past minutes."""
    before = moment_asked_for(request.GET.get("before", ""))
    past = queries.past_meetings(viewer=request.viewer, before=before, limit=PAGE + 1)
    context = {
        "units": [
            {"unit": unit, "meeting": meeting, "form": _begin_form(unit.code) if may else None}
            for unit, meeting, may in queries.my_units(viewer=request.viewer)
        ],
        "past": past[:PAGE],
        "earlier": past[PAGE - 1].opened_at.isoformat() if len(past) > PAGE else "",
        "before": before,
    }
    return render(request, "reflections/meetings.html", context)


@page
def begin(request: Visit, unit: str) -> HttpResponse:
    """Begin the unit's meeting, or join the one that is open."""
    where = unit_with(unit)
    already = queries.open_meeting(where.id, viewer=request.viewer)
    if request.method != "POST":
        return (
            redirect("reflections:meeting", already.id)
            if already
            else redirect("reflections:meetings")
        )
    require_unit(where.id, viewer=request.viewer, right=Right.WRITE)
    form = BeginForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say which shift meets, then begin the meeting."))
        return redirect("reflections:meetings")
    shift = Shift(form.cleaned_data["shift"])
    key = actions.begin(by=request.viewer, unit=where, shift=shift, charts=settings.CHARTS)
    return redirect("reflections:meeting", key)


@require_safe
@page
def meeting(request: Visit, meeting: UUID) -> HttpResponse:
    """Who is talked about, and who needs one touch."""
    found = queries.meeting_with(meeting, viewer=request.viewer)
    if found.closed_at is not None:
        return redirect("reflections:minutes", meeting)
    context = _agenda(request, found)
    last = queries.last_meeting(found.unit_id, viewer=request.viewer)
    context |= {"last": last, "last_time": last_time(last.theme, last.how_we_are) if last else []}
    return render(request, "reflections/meeting.html", context)


@require_POST
@page
def nothing_new(request: Visit, meeting: UUID, person: int) -> HttpResponse:
    """One touch; a second one takes it back. ``talk=yes`` puts somebody forward instead."""
    viewer = request.viewer
    try:
        if request.POST.get("talk"):
            actions.choose(by=viewer, meeting_id=meeting, person_id=person)
            return redirect("reflections:discuss", meeting, person)
        if request.POST.get("nothing-new") == "taken-back":
            actions.take_back_nothing_new(by=viewer, meeting_id=meeting, person_id=person)
        else:
            actions.say_nothing_new(by=viewer, meeting_id=meeting, person_id=person)
    except Cannot as refusal:
        messages.warning(request, str(refusal))
        whole_page = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        return whole_page(reverse("reflections:meeting", args=[meeting]))
    if not request.htmx:
        return redirect("reflections:meeting", meeting)
    found = queries.meeting_with(meeting, viewer=request.viewer)
    context = _agenda(request, found)
    context |= {
        "place": next(place for place in context["places"] if place.person.id == person),
        "alone": True,
    }
    return render(request, "reflections/meeting_other.html", context)


@require_POST
@page
def nothing_new_of_the_rest(request: Visit, meeting: UUID) -> HttpResponse:
    """One touch for all whom nobody put forward."""
    try:
        actions.say_nothing_new_of_the_rest(by=request.viewer, meeting_id=meeting)
    except Cannot as refusal:
        messages.warning(request, str(refusal))
    return redirect("reflections:meeting", meeting)


@page
def discuss(request: Visit, meeting: UUID, person: int) -> HttpResponse:
    """One person: facts, at least two explanations, stance, actions, dissent."""
    found = queries.meeting_with(meeting, viewer=request.viewer, right=Right.WRITE)
    if found.closed_at is not None and request.method != "POST":
        return redirect("reflections:minutes", meeting)
    line = person_line(person, viewer=request.viewer)
    written = discussions.discussion(meeting, person, viewer=request.viewer)
    owners = duties.possible_owners(person, viewer=request.viewer)
    data = request.POST if request.method == "POST" else None
    changed = _changed(person, request)
    form = DiscussForm(data, owners=owners, written=written, changed=changed)
    theirs: dict[str, str] = {}
    status = 200
    if data is not None:
        finished = "keep" not in data
        if note := form.check(finished=finished, today=timezone.localdate()):
            try:
                actions.write_down(
                    by=request.viewer, meeting_id=meeting, person_id=person, note=note
                )
            except ChangedMeanwhile:
                status, theirs = 409, _what_differs(form, written)
                form = _over_theirs(data, owners, written, changed)
            except Cannot as refusal:
                status = 409 if isinstance(refusal, Closed) else 422
                form.add_error(None, str(refusal))
            else:
                return _go_on(request, found, person, finished=finished)
        else:
            status = 422
    return render(
        request,
        "reflections/meeting_discuss.html",
        {
            "meeting": found,
            "person": line,
            "written": written,
            "form": form,
            "theirs": theirs,
            "first": first_of([person], viewer=request.viewer).get(person, ()),
            "draft": _draft(meeting, person),
            **_facts(request, line, found),
        },
        status=status,
    )


@page
def hand_over(request: Visit, meeting: UUID) -> HttpResponse:
    """Give the lead to a colleague of the next shift."""
    found = queries.meeting_with(meeting, viewer=request.viewer, right=Right.WRITE)
    team = duties.team(found.unit_id, viewer=request.viewer, readers_only=True)
    form = HandOverForm(
        request.POST or None, team=[one for one in team if one.id != found.led_by_id]
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(by=request.viewer, meeting_id=meeting, to=form.cleaned_data["to"])
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Handed over. Everything written stays."))
            return redirect("reflections:meeting", meeting)
    context = {"meeting": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reflections/meeting_hand_over.html", context, status=status)


@page
def close(request: Visit, meeting: UUID) -> HttpResponse:
    """What went well, how we are, one theme; and who is carried to the next meeting."""
    found = queries.meeting_with(meeting, viewer=request.viewer, right=Right.WRITE)
    if found.closed_at is not None:
        if request.POST.get("how_we_are", found.how_we_are).strip() != found.how_we_are:
            messages.warning(
                request,
                _("A colleague closed this meeting meanwhile. Your words are not in its minutes."),
            )
        return redirect("reflections:minutes", meeting)
    with request.viewer.unseen():
        context = _agenda(request, found)
    waiting = [place for place in context["places"] if place.row and place.waits]
    request.viewer.saw("meeting", [place.person.id for place in waiting])
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        waiting=len(waiting),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(by=request.viewer, meeting_id=meeting, **form.cleaned_data)
        except Cannot as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Closed. The minutes are locked."), extra_tags=f"close-{meeting}"
            )
            return redirect("reflections:minutes", meeting)
    context |= {"form": form, "waiting": waiting, "draft": f"close-{meeting}"}
    status = 422 if form.errors else 200
    return render(request, "reflections/meeting_close.html", context, status=status)


@require_safe
@page
def minutes(request: Visit, meeting: UUID) -> HttpResponse:
    """What was said, agreed and seen otherwise; made to be printed."""
    found = queries.meeting_with(meeting, viewer=request.viewer)
    if found.closed_at is None:
        return redirect("reflections:meeting", meeting)
    places = queries.agenda(found, viewer=request.viewer)
    said = discussions.discussions(meeting, viewer=request.viewer)
    context = {
        "meeting": found,
        "discussed": [
            {"person": place.person, "said": said[place.person.id]}
            for place in places
            if place.discussed
        ],
        "nothing_new": [p.person for p in places if p.outcome == Outcome.NOTHING_NEW],
        "carried": [
            {"person": place.person, "said": said[place.person.id]}
            for place in places
            if place.waits
        ],
    }
    return render(request, "reflections/minutes.html", context)


# ---- Shared steps ----


def _begin_form(unit: str) -> BeginForm:
    return BeginForm(initial={"shift": shift_at(timezone.localtime())}, auto_id=f"id_{unit}_%s")


def _agenda(request: Visit, found: MeetingLine) -> dict[str, Any]:
    places = queries.agenda(found, viewer=request.viewer)
    forward = [place for place in places if place.put_forward]
    others = [place for place in places if not place.put_forward]
    return {
        "meeting": found,
        "minutes_so_far": (timezone.now() - found.opened_at).seconds // 60,
        "today": timezone.localdate(found.opened_at) == timezone.localdate(),
        "places": places,
        "forward": forward,
        "others": others,
        "talked": sum(place.discussed for place in forward),
        "waiting_others": sum(place.waits and place.row is not None for place in others),
        "writes": any(
            unit.id == found.unit_id and may
            for unit, _meeting, may in queries.my_units(viewer=request.viewer)
        ),
    }


def _facts(request: Visit, line: PersonLine, found: MeetingLine) -> dict[str, Any]:
    """What the team knows, told since the person was last talked about."""
    viewer, person = request.viewer, line.id
    long_ago = found.opened_at - LOOK_BACK
    last = queries.last_discussed([person], viewer=viewer, before=found.opened_at).get(person)
    since = max(last, long_ago) if last else long_ago
    return {
        "since": since,
        "entries": discussions.entries_since(person, since, viewer=viewer),
        "charts": discussions.charts_in_words(
            line.id, pronoun=line.pronoun, viewer=viewer, today=timezone.localdate()
        )
        if settings.CHARTS
        else [],
        "came_of_it": duties.recent_outcomes([person], since=since, viewer=viewer),
        "still_open": duties.open_actions([person], viewer=viewer),
    }


def _draft(meeting: UUID, person: int) -> str:
    return f"meeting-{meeting}-{person}"


def _go_on(request: Visit, found: MeetingLine, person: int, *, finished: bool) -> HttpResponse:
    """To the next one put forward whom nobody has talked about, or back to everyone."""
    messages.success(request, _("Saved."), extra_tags=_draft(found.id, person))
    if finished:
        places = queries.agenda(found, viewer=request.viewer)
        for place in places:
            if place.put_forward and place.waits and not place.begun:
                return redirect("reflections:discuss", found.id, place.person.id)
    return redirect("reflections:meeting", found.id)


def _what_differs(form: DiscussForm, written: Discussion) -> dict[str, str]:
    """A colleague's words where they are other than one's own, by field."""
    mine = form.cleaned_data
    return {
        text: getattr(written, text)
        for text in (*TEXTS, "care")
        if getattr(written, text) and getattr(written, text) != mine[text]
    }


def _changed(person: int, request: Visit) -> list[Taken]:
    if not settings.CHARTS:
        return []
    return discussions.changed_charts(person, viewer=request.viewer)


def _over_theirs(
    given: QueryDict, owners: list[Colleague], written: Discussion, changed: list[Taken]
) -> DiscussForm:
    """The same answers on a page that now knows of the colleague's save: saving replaces it."""
    answers = given.copy()
    answers["seen"] = written.noted_at.isoformat() if written.noted_at else ""
    return DiscussForm(answers, owners=owners, written=written, changed=changed)
