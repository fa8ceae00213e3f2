"""What this app keeps about people, and how long: short, and shorter for the protected."""

from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.records import Begins, Kept, Limit, Part, Then, Whole, records

from . import models

ENDED = Limit(12, 6, 6, Begins.END, Then.REVIEW)
WITHHELD = _(
    "It may name others who could be harmed by it, or a source. Data protection weighs what of it "
    "the person is given."
)

LAID = (
    "concern_id", "laid_at", "laid_by_id", "goes_back_to_id", "goes_back_to_report_id",
    "withdrawn_at",
)  # fmt: skip

CONCERN = Kept(
    "information",
    _("information about harm"),
    models.Concern,
    ENDED,
    day="opened_at",
    ends="ended_at",
    compartment="information",
    own_lock=True,
    parts=(
        Part(models.ConcernStep, "concern_id"),
        Part(models.Grading, "concern_id"),
        Part(models.Levelling, "concern_id"),
        Part(models.Attachment, "concern_id"),
        Part(models.Asking, "concern_id", own_lock=True),
        Part(models.Account, "concern_id", settles=LAID, own_lock=True),
        Part(models.Copy, "concern_id", own_lock=True),
        Part(models.Use, "concern_id", own_lock=True),
        Part(models.Urging, "concern_id"),
        Part(models.Protection, "concern_id", own_lock=True),
    ),
    # A concern has the key of the report that it came from, and takes it along.
    whole=Whole(models.Report, "report_id"),
    withheld=WITHHELD,
)
ENQUIRY = Kept(
    "information-enquiry",
    _("question to or from an outside service"),
    models.Enquiry,
    Limit(24, 12, 12, Begins.ENTRY, Then.REVIEW),
    day="written_at",
    compartment="information",
    parts=(Part(models.Answer, "enquiry_id"), Part(models.Feedback, "enquiry_id")),
    withheld=WITHHELD,
)
ACCOUNT = Kept(
    "information-account",
    _("account of somebody who knows the person"),
    models.Account,
    Limit(12, 6, 6, Begins.ENTRY, Then.REVIEW),
    day="written_at",
    compartment="information",
    settles=LAID,
    own_lock=True,
    withheld=WITHHELD,
)


def register() -> None:
    records.register(CONCERN, ENQUIRY, ACCOUNT)
