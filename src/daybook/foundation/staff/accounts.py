"""Opening and closing the accounts of staff. Run as the owner: the app may not write them."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from .models import SignIn, Staff

EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that looks like another: the first password is often read from paper."""


def first_password() -> str:
    """A password made by chance, as in kw7rm-2xh9c-vtepn-4gsda (about 98 bits)."""
    return "-".join("".join(secrets.choice(EASY_TO_READ) for _ in range(5)) for _ in range(4))


def account(username: str) -> Staff:
    """The account with this staff number. Raises ``Cannot`` if there is none."""
    found = Staff.objects.filter(username=username).first()
    if found is None:
        raise Cannot(
            _("There is no account {username}. 'daybook staff list' shows who has one.").format(
                username=username
            )
        )
    return found


@transaction.atomic
def open_account(
    *,
    by: Actor | None,
    username: str,
    given_name: str,
    family_name: str,
    post: str = "",
    password: str,
) -> Staff:
    """Open an account. Raises ``Cannot`` for a number that is taken and a weak password."""
    staff = Staff(
        username=username,
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        post=post.strip(),
    )
    if Staff.objects.filter(username__iexact=username).exists():
        raise Cannot(
            _("{username} has an account already. Choose another staff number.").format(
                username=username
            )
        )
    if not staff.family_name:
        raise Cannot(_("Say at least the family name: colleagues see it beside what is written."))
    _must_be_a_number(username)
    _set(staff, password)
    staff.save(force_insert=True)
    record(by=by, kind=Kind.COLLECTION, subject="staff account opened", record=staff.key)
    return staff


@transaction.atomic
def renew_password(*, by: Actor | None, staff: Staff, password: str) -> None:
    """Give somebody a new password; whoever is signed in with the old one is signed out."""
    if not staff.has_usable_password():
        raise Cannot(_("Nobody signs in as {username}.").format(username=staff.username))
    _set(staff, password)
    staff.save(update_fields=["password"])
    _end_sign_ins(staff)
    record(by=by, kind=Kind.ALTERATION, subject="staff password renewed", record=staff.key)


@transaction.atomic
def change_own_password(*, by: Actor, staff: Staff, password: str) -> None:
    """Somebody chose another password for themselves."""
    _set(staff, password)
    staff.save(update_fields=["password"])
    record(by=by, kind=Kind.ALTERATION, subject="own password changed", record=staff.key)


@transaction.atomic
def change_email(*, by: Actor | None, staff: Staff, email: str) -> None:
    """Say where word goes that something waits; nothing takes it away. Raises ``Cannot``."""
    staff.email = email.strip()
    try:
        Staff._meta.get_field("email").clean(staff.email, staff)
    except ValidationError:
        raise Cannot(_("{email} is not an e-mail address.").format(email=email)) from None
    staff.save(update_fields=["email"])
    record(by=by, kind=Kind.ALTERATION, subject="staff e-mail address set", record=staff.key)


@transaction.atomic
def close_account(*, by: Actor | None, staff: Staff) -> None:
    """Close the door at once, open pages included. The name stays beside what was written."""
    if not staff.is_active:
        return
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    _end_sign_ins(staff)
    record(by=by, kind=Kind.ALTERATION, subject="staff account closed", record=staff.key)


def _end_sign_ins(staff: Staff) -> None:
    SignIn.objects.filter(staff=staff, ended_at__isnull=True).update(ended_at=timezone.now())


def _must_be_a_number(username: str) -> None:
    try:
        Staff._meta.get_field("username").run_validators(username)
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise Cannot(
            _("A staff number has letters, digits and @ . + - _ only, and at most 60 of them.")
        ) from None


def _set(staff: Staff, password: str) -> None:
    try:
        validate_password(password, staff)
    except ValidationError as failure:
        raise Cannot(" ".join(failure.messages)) from None
    staff.set_password(password)
