"""People in custody or on probation. No label, no offence, no level of anything lives here."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daybook.foundation.places.models import Cell, Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, Row, one_of, says
from daybook.ui.words import isolated


class Pronoun(models.TextChoices):
    HE = "he", _("he")
    SHE = "she", _("she")
    THEY = "they", _("they")


class Status(models.TextChoices):
    """Legal status. Concern is never one of them: that is a case."""

    REMAND = "remand", _("on remand")
    SENTENCED = "sentenced", _("sentenced")
    CONDITIONAL_RELEASE = "conditional-release", _("conditionally released")
    PROBATION = "probation", _("on probation")
    ENDED = "ended", _("ended")


class RosterSide(models.TextChoices):
    """Each person has a personal officer on each side of the roster."""

    A = "A", pgettext_lazy("roster side", "A")
    B = "B", pgettext_lazy("roster side", "B")


class Person(Row):
    given_name = models.CharField(max_length=120, db_comment=says("Given name.", PERSONAL))
    family_name = models.CharField(max_length=120, db_comment=says("Family name.", PERSONAL))
    known_as = models.CharField(
        max_length=120,
        blank=True,
        db_comment=says("The name the person wishes to be called by.", PERSONAL),
    )
    pronoun = models.CharField(
        max_length=8,
        choices=Pronoun.choices,
        default=Pronoun.THEY,
        db_comment=says("How the person is spoken of.", PERSONAL),
    )
    languages = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        db_comment=says("Languages spoken, best first, for talking together only.", PERSONAL),
    )
    born_on = models.DateField(
        null=True,
        blank=True,
        db_comment=says("Birth: a child’s records are kept for a shorter time.", PERSONAL),
    )

    class Meta:
        db_table_comment = says("People in custody or on probation.", PERSONAL)
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return display_name(self.given_name, self.family_name, self.known_as)


def display_name(given_name: str, family_name: str, known_as: str = "") -> str:
    """As staff name somebody on a landing: Amir K."""
    first = known_as or given_name
    return isolated(first, f"{family_name[:1]}." if family_name else "")


def _person(related_name: str) -> "models.ForeignKey[Person, Person]":
    return models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name=related_name,
        db_comment=says("Whom it is about.", PERSONAL),
    )


class Identifier(Row):
    """A number under which another system knows the person."""

    person = _person("identifiers")
    system = models.SlugField(max_length=40, db_comment=says("Which system.", OPEN))
    number = models.CharField(max_length=60, db_comment=says("The number there.", PERSONAL))

    class Meta:
        db_table_comment = says("Identity numbers of several systems.", PERSONAL)
        constraints = [
            models.UniqueConstraint(fields=["system", "number"], name="people_identifier_once"),
            models.UniqueConstraint(
                fields=["person", "system"], name="people_identifier_one_a_system"
            ),
        ]


@models.CharField.register_lookup
class Begins(models.Lookup):
    """``^@``: PostgreSQL trusts it to tell nothing of rows that a policy hides, as it does not
    trust ``LIKE``; so the index under ``text_pattern_ops`` answers also behind a wall."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        word, given = self.process_lhs(compiler, connection)
        start, more = self.process_rhs(compiler, connection)
        return f"{word} ^@ {start}", (*given, *more)


class SearchWord(Row):
    """One word under which the person is found: part of a name, or a number."""

    person = _person("search_words")
    word = models.CharField(
        max_length=120, db_comment=says("Lower case, without accents.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("Names and numbers cut into words, to be found by.", PERSONAL)
        constraints = [
            models.UniqueConstraint(fields=["person", "word"], name="people_searchword_once")
        ]
        indexes = [
            models.Index(
                fields=["word"], name="people_searchword_prefix", opclasses=["text_pattern_ops"]
            )
        ]


class LegalStatus(Row):
    """What the law holds the person to be, and from when."""

    person = _person("statuses")
    status = models.CharField(
        max_length=24, choices=Status.choices, db_comment=says("The status.", PERSONAL)
    )
    since = models.DateField(db_comment=says("From which day.", PERSONAL))
    until = models.DateField(
        null=True, blank=True, db_comment=says("Last day, empty while it holds.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("Legal status, with its history.", PERSONAL)
        constraints = [
            one_of("status", Status, table="people_legalstatus"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="people_status_one_holds"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="people_status_ends_after_it_begins",
            ),
        ]


class DateKind(models.TextChoices):
    SENTENCE_BEGAN = "sentence-began", _("sentence began")
    HEARING = "hearing", _("hearing")
    EARLIEST_RELEASE = "earliest-release", _("earliest release")
    RELEASE = "release", _("release")
    SUPERVISION_ENDS = "supervision-ends", _("supervision ends")


class KeyDate(Row):
    person = _person("key_dates")
    kind = models.CharField(
        max_length=24, choices=DateKind.choices, db_comment=says("Which date.", PERSONAL)
    )
    on = models.DateField(db_comment=says("The day.", PERSONAL))
    noted_at = models.DateTimeField(
        null=True,
        db_default=Now(),
        db_comment=says("When it was set here; empty where that was not kept.", PERSONAL),
    )

    class Meta:
        db_table_comment = says("Dates that the sentence turns on.", PERSONAL)
        constraints = [
            one_of("kind", DateKind, table="people_keydate"),
            models.UniqueConstraint(fields=["person", "kind", "on"], name="people_keydate_once"),
        ]


class Ending(models.TextChoices):
    """How a stay ended that somebody ended here."""

    MOVED = "moved", _("moved")
    RELEASED = "released", _("released")
    ABROAD = "abroad", _("moved abroad")


class Stay(Row):
    """Where the person lives, from when to when. A move ends one stay and begins another."""

    person = _person("stays")
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="stays",
        db_comment=says("On which unit.", PERSONAL),
    )
    cell = models.ForeignKey(
        Cell,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stays",
        db_comment=says("In which cell.", PERSONAL),
    )
    began_at = models.DateTimeField(db_comment=says("When it began.", PERSONAL))
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it ended, empty while it lasts.", PERSONAL)
    )
    ended_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who wrote that it ended, empty where another system did.", STAFF),
    )
    ended_as = models.CharField(
        max_length=12,
        choices=Ending.choices,
        blank=True,
        default="",
        db_default="",
        db_comment=says("How it ended, empty where another system wrote it.", PERSONAL),
    )
    reason = models.CharField(
        max_length=200, blank=True, db_comment=says("Why the person came here.", PERSONAL)
    )
    source = models.CharField(
        max_length=120,
        blank=True,
        db_comment=says("Key of the stay in the system it came from.", OPEN),
    )

    class Meta:
        db_table_comment = says("Stays and moves, with their history.", PERSONAL)
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="people_stay_one_now"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="people_stay_source_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="people_stay_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_as__in=["", *Ending.values]), name="people_stay_ended_as_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_as="")
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_as=""),
                name="people_stay_ended_by_somebody_somehow",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"], condition=Q(ended_at__isnull=True), name="people_stay_now_by_unit"
            ),
            models.Index(fields=["unit", "ended_at"], name="people_stay_left_unit"),
            models.Index(fields=["person", "-began_at"], name="people_stay_history"),
        ]


class EscortKind(models.TextChoices):
    COURT = "court", _("at court")
    HOSPITAL = "hospital", _("at hospital")
    OTHER = "other", _("out under escort")


class Escort(models.Model):
    """Away for a while under escort. It changes nobody's reach and ends no stay.

    One that is over the moment it began is one that did not take place.
    """

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = _person("escorts")
    kind = models.CharField(
        max_length=16, choices=EscortKind.choices, db_comment=says("Where to.", PERSONAL)
    )
    left_at = models.DateTimeField(db_comment=says("When the person left.", PERSONAL))
    back_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When the person came back.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("Court and hospital escorts.", PERSONAL)
        constraints = [
            one_of("kind", EscortKind, table="people_escort"),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(back_at__gte=F("left_at")),
                name="people_escort_back_after_leaving",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(back_at__isnull=True), name="people_escort_one_now"
            ),
        ]
        indexes = [models.Index(fields=["person", "-left_at"], name="people_escort_history")]


class ComingKind(models.TextChoices):
    VISIT = "visit", _("visit")
    COURT = "court", _("court")
    HEARING = "hearing", _("hearing")
    PROBATION = "probation", _("meeting with probation")
    APPOINTMENT = "appointment", _("appointment")
    RELEASE = "release", _("release")
    OTHER = "other", _("something else")


class Coming(models.Model):
    """Something ahead that staff should know of when they open the door.

    At midnight, by the clock of the service, stands what has a day and no hour yet.
    """

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = _person("coming")
    kind = models.CharField(
        max_length=16, choices=ComingKind.choices, db_comment=says("What is ahead.", PERSONAL)
    )
    at = models.DateTimeField(db_comment=says("When.", PERSONAL))
    words = models.CharField(
        max_length=200, blank=True, db_comment=says("A few more words.", PERSONAL)
    )
    cancelled_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was called off.", PERSONAL)
    )
    written_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who wrote it, empty where another system did.", STAFF),
    )
    source = models.CharField(
        max_length=120,
        blank=True,
        db_comment=says("Key of the event in the system it came from.", OPEN),
    )

    class Meta:
        db_table_comment = says("Coming events of a person.", PERSONAL)
        verbose_name = "coming event"
        constraints = [
            one_of("kind", ComingKind, table="people_coming"),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="people_coming_source_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "at"], name="people_coming_next")]


class PersonalOfficer(Row):
    """The officer who knows the person best on one side of the roster."""

    person = _person("personal_officers")
    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="personal_for",
        db_comment=says("The officer.", STAFF),
    )
    side = models.CharField(
        max_length=1, choices=RosterSide.choices, db_comment=says("Roster side.", OPEN)
    )
    since = models.DateTimeField(db_comment=says("From when.", PERSONAL))
    until = models.DateTimeField(
        null=True, blank=True, db_comment=says("Until when, empty while it holds.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("Personal officers, on each roster side.", PERSONAL)
        constraints = [
            one_of("side", RosterSide, table="people_personalofficer"),
            models.UniqueConstraint(
                fields=["person", "side"],
                condition=Q(until__isnull=True),
                name="people_personalofficer_one_a_side",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="people_personalofficer_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff"],
                condition=Q(until__isnull=True),
                name="people_personalofficer_mine",
            )
        ]


class Cover(Row):
    """A colleague who stands in for an absent personal officer."""

    assignment = models.ForeignKey(
        PersonalOfficer,
        on_delete=models.PROTECT,
        related_name="covers",
        db_comment=says("Whose place is taken.", PERSONAL),
    )
    person = _person("covers")
    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="covers",
        db_comment=says("Who stands in.", STAFF),
    )
    since = models.DateTimeField(db_comment=says("From when.", STAFF))
    until = models.DateTimeField(db_comment=says("Until when: cover always ends.", STAFF))

    class Meta:
        db_table_comment = says("Cover for absent personal officers.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="people_cover_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["staff", "until"], name="people_cover_mine")]
