"""Staff, and the sign-ins through which they act."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daybook.foundation.places.models import Unit
from daybook.foundation.terms.columns import OPEN, SECRET, STAFF, Row, one_of, says
from daybook.ui.words import isolated


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=username)


class Staff(Row, AbstractBaseUser):
    """A member of staff. Leaving closes the account; the key stays, for the log."""

    key = models.UUIDField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        db_comment=says("Names the person in the log, also after the account is gone.", STAFF),
    )
    username = models.CharField(
        _("staff number"),
        max_length=60,
        unique=True,
        db_comment=says("What is typed to sign in.", STAFF),
    )
    password = models.CharField(
        _("password"), max_length=128, db_comment=says("Argon2 hash of the password.", SECRET)
    )
    last_login = models.DateTimeField(
        null=True, blank=True, db_comment=says("Last time of signing in.", STAFF)
    )
    given_name = models.CharField(max_length=80, db_comment=says("Given name.", STAFF))
    family_name = models.CharField(max_length=80, db_comment=says("Family name.", STAFF))
    post = models.CharField(
        max_length=120, blank=True, db_comment=says("The post held, in the service's words.", STAFF)
    )
    email = models.EmailField(
        blank=True,
        db_default="",
        db_comment=says("Where word goes that something waits, and nothing else.", STAFF),
    )
    language = models.CharField(
        max_length=12, blank=True, db_comment=says("Language the screens are shown in.", STAFF)
    )
    is_active = models.BooleanField(
        default=True, db_comment=says("Whether the account may sign in.", STAFF)
    )

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"

    class Meta:
        db_table_comment = says("People who work here, and their accounts.", STAFF)
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """As colleagues are named on screens: A. Novak."""
        return short_name(self.given_name, self.family_name)


def short_name(given_name: str, family_name: str) -> str:
    return isolated(f"{given_name[:1]}." if given_name else "", family_name)


class Desk(models.Model):
    """A browser that stands somewhere and is shared; whoever answers for it made it known."""

    key = models.UUIDField(
        primary_key=True,
        default=uuid.uuid4,
        db_comment=says("Key, held by the browser.", SECRET),
    )
    name = models.CharField(
        max_length=60, db_comment=says("What it is called: the office on the twos.", OPEN)
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="desks",
        db_comment=says("Where it stands.", OPEN),
    )
    made_at = models.DateTimeField(db_comment=says("When it was made known.", STAFF))
    made_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who made it known.", STAFF),
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it stopped being one.", STAFF)
    )
    ended_by = models.ForeignKey(
        Staff,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who ended it.", STAFF),
    )

    class Meta:
        db_table_comment = says("Shared browsers, where a badge and a PIN open a sign-in.", STAFF)
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="staff_desk_ended_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Badge(Row):
    """A code that somebody carries, and the PIN that goes with it. Neither is kept readable."""

    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="badges",
        db_comment=says("Whose it is.", STAFF),
    )
    code = models.CharField(
        max_length=64,
        unique=True,
        db_comment=says("Hash of the code, with a key of the service.", SECRET),
    )
    given_at = models.DateTimeField(db_comment=says("When it was given.", STAFF))
    given_by = models.ForeignKey(
        Staff,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Which administrator gave it.", STAFF),
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was withdrawn.", STAFF)
    )
    pin = models.CharField(
        max_length=128,
        blank=True,
        db_comment=says("Argon2 hash of the PIN, with a key of the service.", SECRET),
    )
    pin_set_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When the holder chose the PIN.", STAFF)
    )
    wrong_pins = models.PositiveSmallIntegerField(
        default=0, db_comment=says("Wrong PINs since the last right one.", STAFF)
    )

    class Meta:
        db_table_comment = says("Badges, for signing in at a shared desk.", STAFF)
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="staff_badge_one_at_a_time",
            ),
        ]


class Tries(models.Model):
    """How often something was tried lately at one door, so that guessing is slow."""

    of = models.CharField(
        primary_key=True,
        max_length=64,
        db_comment=says("Hash of the name, address, badge or desk.", SECRET),
    )
    taken = models.PositiveSmallIntegerField(db_comment=says("How many tries.", STAFF))
    since = models.DateTimeField(db_comment=says("Since when they are counted.", STAFF))

    class Meta:
        db_table_comment = says("Tries to sign in, counted so that guessing is slow.", STAFF)


class Second(models.TextChoices):
    """What a sign-in rested on beside what somebody knows or carries first."""

    NOTHING = "", _("nothing more")
    KEY = "key", _("a security key")
    CODE = "code", _("a code")
    PRINTED = "printed", _("a printed code")
    PROVIDER = "provider", _("the service’s identity provider")
    DEMO = "demo", _("nothing more, in a demonstration")
    MACHINE = "machine", _("the machine itself")
    """A worker, or a command: whoever runs it holds the service's own keys."""


class SignIn(models.Model):
    """One sign-in: the database asks it who is looking, and believes nothing else."""

    key = models.UUIDField(
        primary_key=True, default=uuid.uuid4, db_comment=says("Key, held by the session.", SECRET)
    )
    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="sign_ins",
        db_comment=says("Who signed in.", STAFF),
    )
    began_at = models.DateTimeField(db_comment=says("When.", STAFF))
    expires_at = models.DateTimeField(db_comment=says("When it ends by itself.", STAFF))
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was ended.", STAFF)
    )
    seen_at = models.DateTimeField(
        default=timezone.now,
        db_comment=says("When it was last used, to the minute.", STAFF),
    )
    locks_after = models.DurationField(
        default=timedelta(minutes=15), db_comment=says("Unused so long, it is over.", OPEN)
    )
    desk = models.ForeignKey(
        Desk,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sign_ins",
        db_comment=says("The shared desk at which it began, if at one.", STAFF),
    )
    through = models.CharField(
        max_length=16,
        default="web",
        db_comment=says(
            "The way in: web (a password), a badge, a key, a provider, the worker or a command.",
            OPEN,
        ),
    )
    second = models.CharField(
        max_length=16,
        blank=True,
        default=Second.NOTHING,
        db_default=Second.NOTHING,
        choices=Second.choices,
        db_comment=says("The second factor it rests on, if one was shown.", STAFF),
    )

    class Meta:
        db_table_comment = says("Sign-ins: who is at the desk now, and who was.", STAFF)
        indexes = [models.Index(fields=["staff", "-began_at"], name="staff_signin_latest")]
        constraints = [one_of("second", Second, table="staff_signin")]


class Competence(models.Model):
    """What a member of staff was trained for, and until when that holds. Training writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=says("Key.", OPEN))
    staff = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="competences",
        db_comment=says("Who was trained.", STAFF),
    )
    key = models.CharField(
        max_length=40, db_comment=says("For what, as instruments ask for it.", STAFF)
    )
    since = models.DateField(db_comment=says("From which day it holds.", STAFF))
    until = models.DateField(db_comment=says("The last day on which it holds.", STAFF))
    how = models.CharField(
        max_length=200, db_comment=says("By which training, in plain words.", STAFF)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who says so.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When it was written down.", STAFF))
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was taken back as a mistake.", STAFF)
    )

    class Meta:
        db_table_comment = says("What staff are trained for, and until when.", STAFF)
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="staff_competence_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(how=""), name="staff_competence_says_for_what_and_how"
            ),
        ]
        indexes = [models.Index(fields=["staff", "key"], name="staff_competence_of")]
