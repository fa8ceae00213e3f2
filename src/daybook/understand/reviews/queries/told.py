"""What of joint reviews stands on a person’s page, on their timeline, and on one’s home page."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybook.foundation.access.roles import Right
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry.providers import Aside, Due, TimelineEntry, Voice
from daybook.foundation.staff.models import short_name
from daybook.ui.words import day_words

from ..models import Closing, Hypothesis, Member, Review, SaidSince
from ..rules.closing import faded
from ..rules.stages import Stage
from ..vocabulary import PersonHow, Support
from .closing import Since, said_since
from .names import explanation_words
from .reach import CASEWORK, may_open, parts_of, seen
from .review import stage

NOW = {
    Stage.GATHERING: gettext_lazy("The team gathers what was seen, from several sides."),
    Stage.RATING: gettext_lazy("Each member rates alone."),
    Stage.OPEN: gettext_lazy("The matrix is open: the team talks about where it differs."),
}
LOOKED_AGAIN = timedelta(days=14)
"""Before the day of the next look, the home page of whoever keeps casework about them says so."""


def beside(*, viewer: Viewer, person_id: int) -> Iterator[Aside]:
    """The review that goes on; or how the last one ended, until it fades, the support first."""
    rows = list(seen(viewer).filter(person_id=person_id).order_by("-written_at"))
    viewer.saw("joint review", [person_id] if rows else [])
    going_on = [row for row in rows if row.ended_at is None]
    for row in going_on:
        yield Aside(
            title=_("Joint review"),
            lines=(row.question, str(NOW[stage(row)])),
            url=reverse("reviews:review", args=[row.id]),
            link=_("To the review"),
        )
    if not going_on:
        yield from _last(rows)
        if may_open(person_id, viewer=viewer):
            yield Aside(
                title=_("Joint review"),
                lines=(
                    _("A question that several roles look at together, ending in a next look."),
                ),
                url=reverse("reviews:open", args=[person_id]),
                link=_("Open one"),
            )


def _last(rows: list[Review]) -> Iterator[Aside]:
    closing = (
        Closing.objects.filter(review_id__in=[row.id for row in rows]).order_by("-written_at")
    ).first()
    if closing is None or faded(closing.fades_on, timezone.localdate()):
        return
    yield Aside(
        title=_("Last joint review"),
        lines=(
            _("{support}: {words}").format(
                support=str(Support(closing.support).label).capitalize(),
                words=closing.support_words,
            ),
            _("Least contradicted: {what}").format(what=_least([closing])[closing.id]),
            _("Next look {day}: {what}").format(
                day=day_words(closing.next_on, within=True), what=closing.next_look
            ),
        ),
        url=reverse("reviews:review", args=[closing.review_id]),
        link=_("How it ended"),
    )


def _least(closings: Sequence[Closing]) -> dict[UUID, str]:
    """What each closing found least contradicted, in words: one question for all of them."""
    rows = Hypothesis.objects.filter(review_id__in=[each.review_id for each in closings])
    names = {(row.review_id, row.slug): explanation_words(row) for row in rows}
    return {
        each.id: "; ".join(names.get((each.review_id, slug), slug) for slug in each.least)
        for each in closings
    }


def timeline(
    *, viewer: Viewer, person_id: int, before: datetime | None, limit: int
) -> list[TimelineEntry]:
    """Reviews that ended in a next look: fact, reading and the person’s own words apart."""
    rows = Closing.objects.filter(
        person_id=person_id, review_id__in=seen(viewer).values_list("id", flat=True)
    ).select_related("written_by", "review")
    if before is not None:
        rows = rows.filter(written_at__lt=before)
    found = list(rows.order_by("-written_at")[:limit])
    viewer.saw("joint review", [person_id] if found else [])
    today = timezone.localdate()
    least = _least([row for row in found if not faded(row.fades_on, today)])
    since = said_since(row.review_id for row in found)
    return [_entry(row, least.get(row.id, ""), since.get(row.review_id, [])) for row in found]


def _entry(row: Closing, least: str, since: Sequence[Since]) -> TimelineEntry:
    voices = [Voice("fact", f"{str(Support(row.support).label).capitalize()}: {row.support_words}")]
    if least:
        said = _("Least contradicted: {what}. {because}")
        voices.append(Voice("reading", said.format(what=least, because=row.because)))
    if row.person_said:
        voices.append(Voice("own", row.person_said))
    elif row.person_how and not since:
        voices.append(Voice("note", str(PersonHow(row.person_how).label), _("own view")))
    for each in since:
        day = _("own view, {day}").format(day=day_words(_day(each.at), within=True))
        if each.words:
            voices.append(Voice("own", each.words, day))
        else:
            voices.append(Voice("note", str(PersonHow.RATHER_NOT.label), day))
    voices.append(Voice("note", _("Next look: {what}").format(what=row.next_look)))
    return TimelineEntry(
        at=row.written_at,
        who=short_name(row.written_by.given_name, row.written_by.family_name),
        where=_("Joint review"),
        voices=tuple(voices),
        kind="joint-review",
        key=str(row.review_id),
        url=reverse("reviews:review", args=[row.review_id]),
    )


def waiting(*, viewer: Viewer) -> Iterator[Due]:
    """What waits: an answer, a rating of one’s own, a matrix to talk about, a next look."""
    if not parts_of(viewer):
        return
    mine = Member.objects.filter(staff_id=viewer.staff_id, left_at__isnull=True)
    rows = list(mine.filter(review__ended_at__isnull=True).select_related("review"))
    for row in rows:
        if (said := _waits(row)) is not None:
            url = reverse("reviews:review", args=[row.review_id])
            yield Due(_day(said[0]), said[1], url, row.person_id)
    looks = list(_looks(viewer))
    for look in looks:
        url = reverse("reviews:review", args=[look.review_id])
        yield Due(look.next_on, _("Look again: {what}").format(what=look.next_look), url,
                  look.person_id)  # fmt: skip
    unheard = list(_unheard(viewer))
    for each in unheard:
        url = reverse("reviews:said", args=[each.review_id])
        yield Due(_day(each.written_at), _("Ask what they say to the joint review"), url,
                  each.person_id)  # fmt: skip
    about = [row.person_id for row in rows]
    about += [row.person_id for row in (*looks, *unheard)]
    viewer.saw("joint review", about)


def _looks(viewer: Viewer) -> QuerySet[Closing]:
    """Next looks that are near, for all who keep casework about the person now: whoever closed it
    may be gone, and it follows the person. A review that was opened since is the next look."""
    today = timezone.localdate()
    since = Review.objects.filter(
        person_id=OuterRef("person_id"),
        written_at__gt=OuterRef("written_at"),
        given_up_by__isnull=True,
    )
    return _kept(viewer).filter(
        ~Exists(since), next_on__lte=today + LOOKED_AGAIN, fades_on__gte=today
    )


def _unheard(viewer: Viewer) -> QuerySet[Closing]:
    """Reviews that ended before the person could be asked, until they are, or it has faded."""
    said = SaidSince.objects.filter(review_id=OuterRef("review_id"))
    return _kept(viewer).filter(
        ~Exists(said), person_how=PersonHow.NOT_YET, fades_on__gte=timezone.localdate()
    )


def _kept(viewer: Viewer) -> QuerySet[Closing]:
    """How reviews ended about whom the viewer keeps casework now."""
    kept = viewer.people(CASEWORK, Right.READ) & viewer.people(CASEWORK, Right.WRITE)
    return Closing.objects.filter(person_id__in=kept)


def _waits(row: Member) -> tuple[datetime, str] | None:
    review = row.review
    if review.rating_since is None:
        if row.accepted_at is None:
            return row.written_at, _("You are asked into a joint review")
        return None
    if row.accepted_at is None:
        return None
    if review.matrix_since is not None:
        return review.matrix_since, _("A joint review’s matrix is open, to talk about and close")
    if row.finished_at is None:
        return review.rating_since, _("A joint review waits for your rating")
    return None


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
