"""What the desk makes of a report: on which law, how graded, at which levels, until when.

A concern has the key of the report it came from. It fades: it has a review and a last day from
its first minute, and what has ended never goes on.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from daybook.foundation.people import columns
from daybook.foundation.places.models import Establishment
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says

from ..vocabulary import Behaviour, Ended, FromOthers, Influence, MeantFor, Said, Step
from .reports import Report


def _concern() -> "models.ForeignKey[Concern, Concern]":
    return models.ForeignKey(
        "information.Concern",
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Of which concern.", OPEN),
    )


class Concern(models.Model):
    """Where a report stands. The database opens it with the report; steps alone move it on."""

    id = columns.key()
    report = models.OneToOneField(
        Report,
        on_delete=models.PROTECT,
        related_name="concern",
        db_comment=says("The report it came from.", OPEN),
    )
    person = columns.person()
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose desk opened it.", PERSONAL),
    )
    behaviour = columns.word("What was done, as the report says.", Behaviour)
    opened_at = columns.at("When the report was signed.")
    legal_basis = columns.words(
        "The law it rests on; nothing may be used without.", 300, blank=True
    )
    weighed = columns.words("The other explanation that was weighed, and how.", 2000, blank=True)
    review_on = models.DateField(db_comment=says("Next review.", INTIMATE))
    ends_on = models.DateField(
        db_comment=says("Its last day, unless a named person keeps it.", INTIMATE)
    )
    joined = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,  # Either may be erased first.
        db_comment=says("In which concern it is read on.", OPEN),
    )
    ended_at = columns.at("When it ended.", null=True, blank=True)
    ended_by = columns.staff("Who ended it.", null=True, blank=True)
    ended_how = columns.word("How it ended.", Ended, blank=True)
    ended_words = columns.words("Why it ended.", 1000, blank=True)

    class Meta:
        db_table_comment = says("Reports as the desk works on them, until they fade.", INTIMATE)
        constraints = [
            one_of("behaviour", Behaviour, table="information_concern"),
            models.CheckConstraint(
                condition=Q(id=F("report_id")), name="information_concern_has_its_report_s_key"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("review_on")),
                name="information_concern_reviewed_before_its_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_how="")
                & Q(ended_words="", joined__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_how__in=Ended.values)
                & ~Q(ended_words=""),
                name="information_concern_ended_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(joined__isnull=True) | Q(ended_how=Ended.JOINED),
                name="information_concern_joined_ends_it",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="information_concern_of"
            ),
            models.Index(fields=["ended_at"], name="information_concern_ended"),
        ]


class ConcernStep(models.Model):
    """One thing that a named person decided about a concern, and why."""

    id = columns.key()
    concern = _concern()
    person = columns.person()
    step = columns.word("What was decided.", Step)
    reason = columns.words("In which words, and why.", 2000)
    review_on = models.DateField(
        null=True, blank=True, db_comment=says("The review it set.", INTIMATE)
    )
    ends_on = models.DateField(
        null=True, blank=True, db_comment=says("The last day it set.", INTIMATE)
    )
    ended_how = columns.word("How it ended it.", Ended, blank=True)
    joined = models.UUIDField(
        null=True, blank=True, db_comment=says("In which concern it is read on.", OPEN)
    )
    written_by = columns.staff("Who decided.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("What was decided about concerns, step by step.", INTIMATE)
        constraints = [
            one_of("step", Step, table="information_concernstep"),
            models.CheckConstraint(condition=~Q(reason=""), name="information_step_has_a_reason"),
            models.CheckConstraint(
                condition=Q(step=Step.KEPT, review_on__isnull=False, ends_on__isnull=False)
                | ~Q(step=Step.KEPT) & Q(review_on__isnull=True, ends_on__isnull=True),
                name="information_step_sets_days_when_it_keeps",
            ),
            models.CheckConstraint(
                condition=Q(step=Step.ENDED, ended_how__in=Ended.values)
                | ~Q(step=Step.ENDED) & Q(ended_how="", joined__isnull=True),
                name="information_step_says_how_it_ends",
            ),
        ]
        indexes = [models.Index(fields=["concern", "written_at"], name="information_step_of")]


class Grading(models.Model):
    """How far the source and the information are trusted, and how a copy must be handled.

    Source and information are graded apart. The last grading holds; earlier ones stay.
    """

    id = columns.key()
    concern = _concern()
    person = columns.person()
    scheme = models.CharField(max_length=16, db_comment=says("By which scheme.", OPEN))
    source_grade = models.CharField(max_length=4, db_comment=says("The source.", INTIMATE))
    information_grade = models.CharField(
        max_length=4, db_comment=says("The information.", INTIMATE)
    )
    handling = models.CharField(
        max_length=4, db_comment=says("How a copy must be handled, by its code.", INTIMATE)
    )
    conditions = columns.words("Conditions that travel with every copy.", 500, blank=True)
    doubted = models.BooleanField(
        default=False,
        db_comment=says("The information is held to be false: nothing rests on it.", INTIMATE),
    )
    reason = columns.words("Why it is graded so.", 500)
    written_by = columns.staff("Who graded it.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Grades of sources and of information, apart.", INTIMATE)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="information_grading_says_why")
        ]
        indexes = [models.Index(fields=["concern", "-written_at"], name="information_grading_of")]


def _level(of_what: str) -> "models.CharField[str, str]":
    return columns.word(f"How much {of_what} is seen, as a word.", Said)


def _evidence(of_what: str) -> "models.CharField[str, str]":
    return columns.words(f"On which evidence, for {of_what}.", 1000, blank=True)


def _shown(of_what: str) -> Q:
    return Q(**{of_what: Said.UNKNOWN}) | ~Q(**{f"{of_what}_evidence": ""})


class Levelling(models.Model):
    """Capability, intent and engagement: three words, each with its evidence; whom it concerns;
    and whether the person may themselves be at risk. Raised and lowered by the same step."""

    id = columns.key()
    concern = _concern()
    person = columns.person()
    capability = _level("capability")
    capability_evidence = _evidence("capability")
    intent = _level("intent")
    intent_evidence = _evidence("intent")
    engagement = _level("engagement")
    engagement_evidence = _evidence("engagement")
    meant_for = ArrayField(
        models.CharField(max_length=16),
        default=list,
        blank=True,
        db_comment=says("Whom the threat concerns; nobody where none is seen.", INTIMATE),
    )
    from_others = columns.word("Whether the person may be at risk from others.", FromOthers)
    from_others_words = columns.words("What points to it.", 500, blank=True)
    influence = columns.word("How the person's influence on others works.", Influence)
    influence_words = columns.words("What was seen of it.", 500, blank=True)
    written_by = columns.staff("Who set them.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Levels as words with evidence, never one number.", INTIMATE)
        constraints = [
            *(
                one_of(each, Said, table="information_levelling")
                for each in ("capability", "intent", "engagement")
            ),
            *(
                models.CheckConstraint(
                    condition=_shown(each), name=f"information_levelling_{each}_has_evidence"
                )
                for each in ("capability", "intent", "engagement")
            ),
            one_of("from_others", FromOthers, table="information_levelling"),
            one_of("influence", Influence, table="information_levelling"),
            models.CheckConstraint(
                condition=Q(meant_for__contained_by=list(MeantFor.values)),
                name="information_levelling_meant_for_known",
            ),
        ]
        indexes = [models.Index(fields=["concern", "-written_at"], name="information_levels_of")]


class Attachment(models.Model):
    """A reflection that its author, or the case lead, laid beside a report, with a reason.

    The desk never browses reflections: it reads those that were attached, one by one.
    """

    id = columns.key()
    concern = _concern()
    person = columns.person()
    reflection = models.UUIDField(db_comment=says("Key of the reflection.", OPEN))
    reflection_author = columns.staff("Who wrote the reflection: where it goes back to.")
    reason = columns.words("Why it is attached.", 500)
    written_by = columns.staff("Who attached it.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Reflections laid beside a report by those who may.", INTIMATE)
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "reflection"], name="information_attachment_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="information_attachment_says_why"),
        ]
