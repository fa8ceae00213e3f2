"""Staff, and the sign-ins through which they act."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from daybook.foundation.terms.columns import OPEN, SECRET, STAFF, Row, says
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
    through = models.CharField(
        max_length=16, default="web", db_comment=says("The way in: web, or a command.", OPEN)
    )

    class Meta:
        db_table_comment = says("Sign-ins: who is at the desk now, and who was.", STAFF)
        indexes = [models.Index(fields=["staff", "-began_at"], name="staff_signin_latest")]
