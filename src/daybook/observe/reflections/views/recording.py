"""Recording the day: my people, one person, the rest of the wing."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from daybook.foundation.access.page import Visit, page
from daybook.foundation.access.queries import require_unit, units_of
from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, people_on, person_line
from daybook.foundation.people.queries import my_people as own_people
from daybook.foundation.places.queries import unit_with

from ..actions.recording import save
from ..forms.recording import EntryForm, FullForm, RoundForm, ShortForm
from ..queries.agreed import stance_now
from ..queries.channels import asked_lately
from ..queries.offered import first_of
from ..queries.today import Today, people_to_write_about, usual_words, written_today
from ..queries.usual import usual_now
from ..rules.person import usual_for
from ..rules.recording import TAKE_BACK_WITHIN, CannotSign, KeyTaken

WING = Compartment.WING


@page
def my_people(request: Visit) -> HttpResponse:
    """Whom I know best, and whom of them I have written about today."""
    viewer = request.viewer
    if not viewer.may(Right.WRITE, WING):
        raise Http404
    lines = people_to_write_about(viewer=viewer)
    ids = [line.id for line in lines]
    today = written_today(ids, viewer=viewer)
    usual = usual_words(ids, viewer=viewer)
    waiting = [line for line in lines if not today.get(line.id, Today()).mine]
    reads = viewer.may(Right.READ, WING)
    context = {
        "rows": [
            {
                "line": line,
                "wing": "" if reads else line.unit,
                "today": today.get(line.id, Today()),
                "usual": usual.get(line.id, "").strip().partition("\n")[0],
            }
            for line in lines
        ],
        "done": len(lines) - len(waiting),
        "first": waiting[0] if waiting else None,
        "reads": reads,
        "units": units_of(viewer, WING, Right.WRITE),
    }
    return render(request, "reflections/my_people.html", context)


@page
def reflect(request: Visit, person: int) -> HttpResponse:
    """One person, one screen; then the next."""
    viewer = request.viewer
    require(person, viewer=viewer, compartment=WING, right=Right.WRITE)
    draft = f"reflection-{person}"
    if request.method == "POST":
        form = _form(viewer, person, request.POST)
        if signed(viewer, form):
            messages.success(request, _saved_in_words(timezone.now()), extra_tags=draft)
            return _onward(viewer, form.cleaned_data["then"])
    else:
        form = _form(viewer, person)
    line = person_line(person, viewer=viewer)
    form.speak_of(line.pronoun)
    place = _place_in_round(viewer, person)
    if not form.is_bound:
        form.fields["then"].initial = place["next"]
    context = {
        "line": line,
        "form": form,
        "draft": draft,
        "usual": usual_now(person, viewer=viewer),
        "usual_for": usual_for(line.pronoun),
        "stance": stance_now(person, viewer=viewer),
        "first": first_of([person], viewer=viewer).get(person, ()),
        "own_low": _("low"),
        "own_high": _("bright"),
        **place,
    }
    status = 422 if form.is_bound else 200
    return render(request, "reflections/reflect.html", context, status=status)


def _form(viewer: Viewer, person: int, data: Any = None) -> ShortForm:
    """Whoever only writes meets people elsewhere, and is asked less."""
    if viewer.may(Right.READ, WING):
        return FullForm(data, person=person, channels=asked_lately())
    return ShortForm(data, person=person)


def signed(viewer: Viewer, form: EntryForm) -> bool:
    """Sign what the form says. False where it can't be: the form says why, and keeps it all."""
    if not form.is_valid():
        return False
    try:
        save(by=viewer, entry=form.entry)
    except CannotSign as refusal:
        form.refuse(refusal.problems)
    except KeyTaken:
        form.start_over()
    return not form.errors


def _saved_in_words(at: datetime) -> str:
    until = timezone.localtime(at + TAKE_BACK_WITHIN)
    return _("Saved. You can take it back until {time}, under “What I wrote”.").format(
        time=time_format(until, "H:i")
    )


def _onward(viewer: Viewer, then: int | None) -> HttpResponse:
    if then and then > 0:
        return redirect("reflections:reflect", person=then)
    # Whoever reaches people, and no place, has no board to go to.
    has_a_board = any(
        (held.unit_id or held.establishment_id) and Right.READ in held.role.rights.get(WING, ())
        for held in viewer.held
    )
    return redirect("reflections:boards" if has_a_board else "reflections:my-people")


def _place_in_round(viewer: Viewer, person: int) -> dict[str, Any]:
    """Where somebody stands among those one writes about, and who is next without an entry."""
    with viewer.unseen():
        ids = [line.id for line in people_to_write_about(viewer=viewer)]
        if person not in ids:
            return {"place": None, "total": len(ids), "next": None}
        place = ids.index(person) + 1
        today = written_today(ids[place:], viewer=viewer)
    waiting = (id for id in ids[place:] if not today.get(id, Today()).mine)
    if not viewer.may(Right.READ, WING):
        # Everyone on several units is no round to be counted through.
        return {"place": None, "next": next(waiting, None)}
    return {"place": place, "total": len(ids), "next": next(waiting, None)}


@page
def quick_round(request: Visit, unit: str) -> HttpResponse:
    """Everyone else on the wing, two touches each."""
    viewer = request.viewer
    where = unit_with(unit)
    require_unit(where.pk, viewer=viewer, right=Right.WRITE)
    wrong: RoundForm | None = None
    if request.method == "POST":
        form = _row_form(_person_asked(request), request.POST)
        require(form.person, viewer=viewer, compartment=WING, right=Right.WRITE)
        done = signed(viewer, form)
        if request.htmx:
            line = person_line(form.person, viewer=viewer)
            row = _row(line, written_today([line.id], viewer=viewer), None if done else form)
            row["first"] = first_of([line.id], viewer=viewer).get(line.id, ())
            return render(request, "reflections/round_row.html", {"row": row, "touched": True})
        if done:
            return redirect(f"{reverse('reflections:round', args=[unit])}#person-{form.person}")
        wrong = form
    with viewer.unseen():
        everyone = people_on(where.pk, viewer=viewer, right=Right.WRITE, compartment=WING)
        mine = {line.id for line in own_people(viewer=viewer)}
    lines = [line for line in everyone if line.id not in mine]
    viewer.saw("names", [line.id for line in lines])
    today = written_today([line.id for line in lines], viewer=viewer)
    first = first_of([line.id for line in lines], viewer=viewer)
    context = {
        "unit": where,
        "rows": [
            _row(line, today, wrong if wrong and wrong.person == line.id else None)
            | {"first": first.get(line.id, ())}
            for line in lines
        ],
        "own": len(everyone) - len(lines),
    }
    return render(request, "reflections/round.html", context, status=422 if wrong else 200)


def _person_asked(request: Visit) -> int:
    try:
        return int(request.POST.get("person", ""))
    except ValueError:
        raise Http404 from None


def _row_form(person: int, data: Any = None, pronoun: str = "they") -> RoundForm:
    return RoundForm(data, person=person, pronoun=pronoun, auto_id=f"person-{person}-%s")


def _row(line: PersonLine, today: dict[int, Today], form: RoundForm | None) -> dict[str, Any]:
    """One line of the round: what is written, or what to ask."""
    if form is None:
        form = _row_form(line.id, pronoun=line.pronoun)
    return {"line": line, "today": today.get(line.id, Today()), "form": form}
