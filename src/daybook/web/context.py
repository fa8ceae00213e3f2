"""What every page's frame needs to know: where one can go, and who is at the desk."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from daybook.foundation.access import roles
from daybook.foundation.access.desks import KEEPERS
from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, Compartment, Reach, Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.breakglass.queries import may_open, may_read
from daybook.foundation.retention.queries.due import keeps_limits
from daybook.foundation.retention.queries.holds import may_hold
from daybook.observe.information.queries.counts import may_count
from daybook.observe.information.queries.reach import may_report
from daybook.observe.safety.queries.concerns import may_raise

FAIRNESS = (
    roles.GOVERNOR,
    roles.DUTY_MANAGER,
    roles.HEAD_OF_UNIT,
    roles.OVERSIGHT,
    roles.DATA_PROTECTION,
)
SEARCHED = "searched"
"""Under what the sign-in keeps the words searched for last."""
Place = tuple[str, str, tuple[object, ...]]
"""Name of an address, what it is called, and what the address takes."""


def desk(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page. A visitor who is not signed in gets an empty one."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"desk": {"nav": [], "search_url": "", "who": "", "waiting_here": _waiting_here()}}
    search = reverse("search")
    return {
        "desk": {
            "nav": _links(request, ways(viewer)),
            "foot": _links(
                request,
                [
                    (_("Who may reach what"), reverse("access:roles")),
                    (_("How long it is kept"), reverse("retention:periods")),
                    (_("Glossary"), reverse("glossary")),
                    (_("How I use the scales"), reverse("training:my-scale")),
                    (_("My training"), reverse("training:my-training")),
                    *(
                        [
                            (_("How alike scales are used"), reverse("training:how-alike")),
                            (_("How assessors agree"), reverse("training:how-assessors-agree")),
                            (_("Who is trained for what"), reverse("training:who-is-trained")),
                        ]
                        if viewer.holds(roles.TRAINING_UNIT)
                        else []
                    ),
                    (_("How I sign in"), reverse("how-i-sign-in")),
                    *(
                        [(_("Who is on duty"), reverse("safety:on-duty"))]
                        if _in_a_place(viewer)
                        else []
                    ),
                    *([(_("Desks"), reverse("desks"))] if viewer.holds(*KEEPERS) else []),
                    *([(_("Holds"), reverse("retention:holds"))] if may_hold(viewer) else []),
                    *_information(viewer),
                    *_emergencies(viewer),
                    *_about_staff(viewer),
                ],
            ),
            "glass": viewer.opened_here(),
            "search_url": search,
            "searched": request.session.get(SEARCHED, "") if request.path == search else "",
            "who": viewer.name,
            "concern_url": _concern(request, viewer),
            "notices_url": reverse("duties:notices"),
            "waiting": viewer.waiting,
            "whose": viewer.staff_id,
            "waiting_here": _waiting_here(viewer),
            "sign_out_url": reverse("sign-out"),
            "lock": {
                "url": reverse("lock"),
                "after": int(viewer.locks_after.total_seconds()),
                "still_here_url": reverse("still-here"),
                "door_url": reverse("sign-in"),
            },
        }
    }


def _waiting_here(viewer: Viewer | None = None) -> dict[str, Any]:
    """Where sealed entries that wait in a browser are sent, and whose are sent from this page."""
    return {
        "url": reverse("carry:arrive"),
        "whose": str(viewer.key) if viewer else "",
        "looks_url": reverse("carry:looks") if viewer else "",
    }


def _about_staff(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """The quiet way to the complaints custodian, and to what the custodian answered."""
    if viewer.may(Right.WRITE, Compartment.COMPLAINTS):
        yield _("About a colleague’s conduct"), reverse("conduct:tell")
    if any(held.role.reach is not Reach.NONE for held in viewer.held):
        yield _("Told in confidence"), reverse("confidences:mine")
    if viewer.holds(roles.GOVERNOR, roles.OVERSIGHT):
        yield _("What the custodian answered"), reverse("conduct:outcomes")


def _information(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Reporting harm, and reading what is confirmed of it."""
    if may_report(viewer):
        yield _("Report harm"), reverse("information:report")
    if viewer.may(Right.READ, Compartment.INFORMATION) and not viewer.everywhere:
        yield _("Confirmed information"), reverse("information:confirmed")
    if viewer.holds(roles.GOVERNOR, roles.OVERSIGHT):
        yield _("Asked outside, not answered"), reverse("information:unanswered")
    if viewer.holds(*FAIRNESS):
        yield _("Do groups fare alike?"), reverse("information:fairness")
    if may_count(viewer):
        yield _("How many, on a day"), reverse("information:counts")


def _emergencies(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Opening a record out of reach, and what was so opened."""
    if may_open(viewer):
        yield _("Emergency opening"), reverse("breakglass:open")
    if may_read(viewer):
        yield _("Emergency openings to review"), reverse("breakglass:reviews")


def _in_a_place(viewer: Viewer) -> bool:
    return any(held.role.reach in AT_AN_ESTABLISHMENT | {Reach.UNIT} for held in viewer.held)


def _concern(request: HttpRequest, viewer: Viewer) -> str:
    """Where a concern for safety is raised: for the person a page is about, else for anybody."""
    if not may_raise(viewer):
        return ""
    person = request.resolver_match.kwargs.get("person") if request.resolver_match else None
    return reverse("safety:raise-for", args=[person]) if person else reverse("safety:raise")


def _links(request: HttpRequest, ways: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": url, "current": _is_here(request.path, url)} for label, url in ways
    ]


def ways(viewer: Viewer, places: Iterable[Place] = ()) -> list[tuple[str, str]]:
    """Where the viewer can go, as label and address, the home page first; ``places`` last."""
    reads = viewer.may(Right.READ, Compartment.WING)
    writes = viewer.may(Right.WRITE, Compartment.WING)
    on_wings = reads and any(
        held.role.reach in (Reach.UNIT, Reach.ESTABLISHMENT, Reach.SERVICE)
        and Right.READ in held.role.rights.get(Compartment.WING, ())
        for held in viewer.held
    )
    known: list[Place] = [("home", _("Home"), ())]
    if on_wings:
        known.append(("reflections:boards", _("Wing"), ()))
    if writes:
        known.append(("reflections:my-people", _("My people") if reads else _("Write"), ()))
    if on_wings:
        known.append(("reflections:meetings", _("Meeting"), ()))
    if viewer.may(Right.WRITE, Compartment.CASES):
        known.append(("cases:mine", _("Cases"), ()))
    if viewer.holds(roles.ANALYST):
        known.append(("information:desk", _("Desk"), ()))
    if writes:
        known.append(("duties:mine", _("Actions"), ()))
    if viewer.holds(roles.COMPLAINTS_CUSTODIAN):
        known.append(("conduct:received", _("For the custodian"), ()))
    if viewer.holds(roles.DATA_PROTECTION):
        known.append(("reflections:sealed", _("Sealed entries"), ()))
        known.append(("disclosures:asked", _("Access requests"), ()))
        known.append(("cases:looks-on-inquiry", _("Who has looked"), ()))
    if keeps_limits(viewer):
        known.append(("retention:due", _("Due for erasure"), ()))
    return [(label, reverse(name, args=args)) for name, label, args in [*known, *places]]


def _is_here(path: str, url: str) -> bool:
    return path == url or (url != reverse("home") and path.startswith(url))
