"""Adding what is signed: a second tap finds the first, and a refusal of the database is said in
words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.cannot import Cannot


def _refusals() -> dict[str, str]:
    return {
        "assessments_goes_on": _("It ended meanwhile, and stays as it is."),
        "assessments_offered": _("This instrument is offered no more. Choose another."),
        "assessments_purpose": _("This instrument was not made for that. Choose another."),
        "assessments_beside_a_general_one": _(
            "A specialist tool stands beside a general assessment, never instead of one. Close a "
            "general assessment first, or renew the old one."
        ),
        "assessments_assessor": _(
            "Choose colleagues who work with this person in a role that uses this instrument."
        ),
        "assessments_role": _("Your role does not use this instrument. What you typed is kept."),
        "assessments_trained": _(
            "Your training for this instrument is not current. What you typed is kept; ask the "
            "training unit, and sign when it is."
        ),
        "assessments_sheet_is_whole": _(
            "Something is missing on the sheet. What you typed is kept."
        ),
        "assessments_sheet_is_signed": _("The sheet is signed, and stays as it is."),
        "assessments_talked_about": _(
            "There are items you answered differently. Talk about each, and write down what you "
            "agree on or how each of you sees it."
        ),
        "assessments_talk_anchored": _("There is no such answer. Choose one of those listed."),
        "assessments_grows_old": _(
            "The day it is due again lies after today, and within the interval of the instrument."
        ),
        "assessments_copied_once": _("That the copy was given is written down already."),
        "assessments_sheet_one_each": _("Two colleagues look, each by themselves: choose two."),
    }  # fmt: skip


@contextmanager
def plainly() -> Iterator[None]:
    """Inside, what the database refuses for a reason that a person can mend is a ``Cannot``."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        if sentence := _refusals().get(_constraint(refused)):
            raise Cannot(sentence) from None
        raise


def added(row: Model, *, by: Viewer, author: str) -> bool:
    """Add a row. False if the viewer added it already; 404 for a key of another's."""
    manager = type(row)._default_manager
    try:
        with plainly():
            manager.bulk_create([row])
    except IntegrityError as refused:
        if not isinstance(refused.__cause__, UniqueViolation):
            raise
        if manager.filter(**{"pk": row.pk, author: by.staff_id}).exists():
            return False
        raise Http404 from None
    return True


def _constraint(refused: IntegrityError) -> str:
    diag = getattr(refused.__cause__, "diag", None)
    return getattr(diag, "constraint_name", None) or ""
