"""Asking for context, giving it, offering it unasked, taking it back, laying it beside."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.roles import CHAPLAIN
from daybook.foundation.access.scope import as_author
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.duties.actions.notices import notify
from daybook.foundation.duties.kinds import NoticeKind
from daybook.foundation.registry.cannot import Cannot

from ..models import Account, Asking, Concern
from ..queries.context import asked_of_me, to_be_asked
from ..queries.reach import desk_people, reports_on, require
from ..vocabulary import Context, Reply
from .once import added
from .reporting import attach

ASKED = NoticeKind("information-asked", gettext_lazy("The desk asks what you know of somebody"))
REPLIED = NoticeKind("information-replied", gettext_lazy("A colleague has answered the desk"))


@transaction.atomic
def ask(*, by: Viewer, concern: UUID, key: UUID, kind: str, asked: int, question: str) -> None:
    """Ask a colleague for one kind of context. They read the question, never the report.

    Raises ``Cannot`` for whoever doesn't work with the person, and for every chaplain.
    """
    found = Concern.objects.filter(id=concern).first()
    if found is None or found.person_id not in desk_people(by):
        raise Http404
    if asked not in {each.id for each in to_be_asked(found.person_id, viewer=by)}:
        raise Cannot(
            _("Choose somebody who works with this person. What a chaplain knows is never asked.")
        )
    row = Asking(
        id=key,
        concern_id=concern,
        person_id=found.person_id,
        kind=kind,
        question=question,
        asked_id=asked,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        record(
            by=by,
            kind=Kind.COLLECTION,
            subject="context asked for",
            record=key,
            people=[found.person_id],
            signed=Asking,
        )
        notify(by=by, kind=ASKED.slug, staff_ids=[asked], path=reverse("information:asked"))


@transaction.atomic
def answer(
    *,
    by: Viewer,
    asking: UUID,
    key: UUID,
    reply: str,
    words: str = "",
    told_by: str = "",
    reflection: UUID | None = None,
    reflection_reason: str = "",
) -> None:
    """Answer the desk, once: with one's account, that one has nothing to say, or rather not."""
    asked = asked_of_me(asking, viewer=by)
    if asked.reply:
        if asked.reply == reply and (reply != Reply.GIVEN or _said_already(key, by)):
            return
        raise Cannot(_("This was answered already. An answer stays as it was given."))
    if reply == Reply.GIVEN:
        if not words:
            raise Cannot(_("Write what you know, or choose another answer."))
        row = Account(
            id=key,
            person_id=asked.person_id,
            asking_id=asking,
            kind=asked.kind,
            words=words,
            told_by=told_by,
            written_by_id=by.staff_id,
            written_at=timezone.now(),
        )
        if added(row, by=by):
            _log(by, "context given", key, asked.person_id, signed=Account)
        if reflection:
            attach(by=by, concern=asked.concern, person_id=asked.person_id, reflection=reflection,
                   reason=reflection_reason)  # fmt: skip
    else:
        with as_author(by):
            Asking.objects.filter(id=asking, reply="").update(
                reply=reply, replied_at=timezone.now()
            )
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="context not given",
            record=asking,
            people=[asked.person_id],
        )
    notify(
        by=by,
        kind=REPLIED.slug,
        staff_ids=[asked.written_by],
        path=reverse("information:concern", args=[asked.concern]),
    )


@transaction.atomic
def offer(
    *, by: Viewer, key: UUID, person_id: int, kind: str, words: str, told_by: str = ""
) -> None:
    """Say unasked what one knows, in one's own words. A chaplain speaks in no other way."""
    require(reports_on(person_id, viewer=by))
    chaplain = by.holds(CHAPLAIN)
    row = Account(
        id=key,
        person_id=person_id,
        kind=Context.CLOSE if chaplain else kind,
        words=words,
        told_by=told_by,
        chaplain=chaplain,
        written_by_id=by.staff_id,
        written_at=timezone.now(),
    )
    if added(row, by=by):
        _log(by, "context offered", key, person_id, signed=Account)


@transaction.atomic
def take_back(*, by: Viewer, account: UUID) -> None:
    """One's own account stands no more: nobody reads it from now on, and it counts for nothing."""
    with as_author(by):
        mine = Account.objects.filter(id=account, written_by_id=by.staff_id)
        found = mine.values_list("person_id", "withdrawn_at").first()
        if found is None:
            raise Http404
        changed = mine.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    if changed:
        record(
            by=by,
            kind=Kind.ALTERATION,
            subject="context taken back",
            record=account,
            people=[found[0]],
        )


@transaction.atomic
def lay(
    *,
    by: Viewer,
    account: UUID,
    concern: UUID,
    goes_back_to: UUID | None = None,
    goes_back_to_report: UUID | None = None,
) -> None:
    """Lay an offered account beside a concern, and say where it goes back to, if not to itself."""
    found = Account.objects.filter(id=account).first()
    to = Concern.objects.filter(id=concern).first()
    if found is None or to is None or to.person_id not in desk_people(by):
        raise Http404
    if found.concern_id == concern:
        _say_where_from(by, found, goes_back_to, goes_back_to_report)
        return
    if to.ended_at is not None or found.person_id != to.person_id or found.concern_id is not None:
        raise Cannot(
            _("It can be laid beside one concern about the same person that still goes on.")
        )
    Account.objects.filter(id=account, concern__isnull=True).update(
        concern_id=concern,
        laid_at=timezone.now(),
        laid_by_id=by.staff_id,
        goes_back_to_id=goes_back_to,
        goes_back_to_report_id=goes_back_to_report,
    )
    record(
        by=by,
        kind=Kind.COMBINATION,
        subject="context laid beside",
        record=account,
        people=[to.person_id],
    )


def _say_where_from(by: Viewer, found: Account, account: UUID | None, report: UUID | None) -> None:
    """What already lies beside a concern goes back to something else there: said once."""
    if (found.goes_back_to_id, found.goes_back_to_report_id) == (account, report):
        return
    if found.goes_back_to_id or found.goes_back_to_report_id or account == found.id:
        raise Cannot(_("Where it goes back to was said already, or is itself. It stays as it is."))
    Account.objects.filter(id=found.id).update(
        goes_back_to_id=account, goes_back_to_report_id=report
    )
    record(
        by=by,
        kind=Kind.ALTERATION,
        subject="context: where it goes back to",
        record=found.id,
        people=[found.person_id],
    )


def _said_already(key: UUID, by: Viewer) -> bool:
    with as_author(by):
        return Account.objects.filter(id=key, written_by_id=by.staff_id).exists()


def _log(by: Viewer, subject: str, key: UUID, person_id: int, *, signed: Any) -> None:
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject=subject,
        record=key,
        people=[person_id],
        signed=signed,
    )
