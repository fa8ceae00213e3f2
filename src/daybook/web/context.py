"""What every page's frame needs to know: where one can go, and who is at the desk."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.viewer import Viewer


def desk(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page. A visitor who is not signed in gets an empty one."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"desk": {"nav": [], "search_url": "", "who": ""}}
    return {
        "desk": {
            "nav": [_link(request, name, label) for name, label in _ways(viewer)],
            "search_url": reverse("search"),
            "who": viewer.name,
        }
    }


def _ways(viewer: Viewer) -> list[tuple[str, str]]:
    reads = viewer.may(Right.READ, Compartment.WING)
    writes = viewer.may(Right.WRITE, Compartment.WING)
    ways = [("home", _("Home"))]
    if reads:
        ways.append(("reflections:boards", _("Wing")))
    if writes:
        ways.append(("reflections:my-people", _("My people") if reads else _("Write")))
    if reads:
        ways.append(("reflections:meetings", _("Meeting")))
    ways.append(("duties:mine", _("Actions")))
    return ways


def _link(request: HttpRequest, name: str, label: str) -> dict[str, Any]:
    url = reverse(name)
    here = request.path == url or (name != "home" and request.path.startswith(url))
    return {"label": label, "url": url, "current": here}
