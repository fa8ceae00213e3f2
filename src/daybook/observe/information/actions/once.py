"""Adding what is signed: a second tap finds the first, and a refusal of the database is said in
words, with nothing lost."""

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _

from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.cannot import Cannot


def _refusals() -> dict[str, str]:
    return {
        "information_concern_goes_on": _(
            "It ended meanwhile, and nothing that ended goes on. What you wrote is still here: "
            "copy it, and write a new report if there is something new."
        ),
        "information_concern_fades": _(
            "It can be kept for ninety days at most, and only before its last day is over."
        ),
        "information_concern_joins": _(
            "It can be joined only to a concern about the same person that still goes on."
        ),
        "information_only_confirmed": _(
            "It is unconfirmed now, so nothing may rest on it and no copy may leave. Look at what "
            "it lacks."
        ),
        "information_attachment_once": _("This reflection lies beside it already."),
        "information_use_once": _("This already rests on it."),
    }


def added(row: Model, *, by: Viewer) -> bool:
    """Add a signed row. False if the viewer signed it already; 404 for a key of another's.

    Raises ``Cannot`` where the database refuses it for a reason that a person can mend.
    """
    manager = type(row)._default_manager
    try:
        with transaction.atomic():
            manager.bulk_create([row])
    except IntegrityError as refused:
        if sentence := _refusals().get(_constraint(refused)):
            raise Cannot(sentence) from None
        if manager.filter(pk=row.pk, written_by_id=by.staff_id).exists():
            return False
        with as_author(by):
            if manager.filter(pk=row.pk, written_by_id=by.staff_id).exists():
                return False
        raise Http404 from None
    return True


def _constraint(refused: IntegrityError) -> str:
    diag = getattr(refused.__cause__, "diag", None)
    return getattr(diag, "constraint_name", None) or ""
