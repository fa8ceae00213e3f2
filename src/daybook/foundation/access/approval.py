"""Where the role table stands: what was shipped, what was approved, and what changed between."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot
from daybook.foundation.staff.models import short_name

from .changes import Cell, Change, differences
from .models import Approval, Proposal
from .roles import DATA_PROTECTION, OVERSIGHT
from .viewer import Viewer


@dataclass(frozen=True, slots=True)
class Approved:
    """One approval, and what it changed against the one before (nothing said for the first)."""

    at: datetime
    by: str
    reason: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest table: whether it is approved, and if not what changed since the last that was."""

    fingerprint: str
    brought_at: datetime
    approved_at: datetime | None
    first: bool
    """Whether no table was ever approved here."""
    changes: list[Change]


def standing() -> Standing:
    """Where the table stands. It tells of nobody, and is for everybody."""
    newest = Proposal.objects.select_related("approval").order_by("-id")[0]
    approval = getattr(newest, "approval", None)
    last = Proposal.objects.filter(approval__isnull=False).order_by("-id").first()
    return Standing(
        newest.fingerprint,
        newest.brought_at,
        approval.approved_at if approval else None,
        last is None,
        differences(cells_of(last), cells_of(newest)) if last and not approval else [],
    )


def may_approve(viewer: Viewer) -> bool:
    return viewer.holds(DATA_PROTECTION)


def approvals(*, viewer: Viewer) -> list[Approved]:
    """Every approval, the newest first, for data protection and the oversight body."""
    if not viewer.holds(DATA_PROTECTION, OVERSIGHT):
        return []
    rows = Approval.objects.select_related("proposal", "approved_by").order_by("approved_at", "id")
    found: list[Approved] = []
    before: Proposal | None = None
    for row in rows:
        changes = differences(cells_of(before), cells_of(row.proposal)) if before else []
        by = short_name(row.approved_by.given_name, row.approved_by.family_name)
        found.append(Approved(row.approved_at, by, row.reason, changes))
        before = row.proposal
    return found[::-1]


@transaction.atomic
def approve(*, by: Viewer, key: UUID, fingerprint: str, reason: str) -> None:
    """Let the newest table hold whole. Raises ``Cannot`` if it is not the one that was read."""
    if not may_approve(by):
        raise Http404
    if not reason.strip():
        raise Cannot(_("Say in a sentence why the table may hold like this."))
    with connection.cursor() as cursor:
        cursor.execute("select daybook.approve_roles(%s, %s, %s)", [key, fingerprint, reason])
        (done,) = cursor.fetchone()
    if not done:
        raise Cannot(_("Another version came meanwhile. Read the table again, and then approve."))
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="role table approved",
        record=fingerprint,
        reason=reason,
    )


def cells_of(proposal: Proposal) -> list[Cell]:
    return sorted(Cell(**cell) for cell in proposal.cells)
