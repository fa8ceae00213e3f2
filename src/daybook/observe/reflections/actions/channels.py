"""Setting up what a reflection asks: adding, renaming, retiring channels. Run as the owner."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry.cannot import Cannot

from ..models import Channel, EarlierWords

MOST = 6
"""More steps than these, and nobody fills in the form at the end of a shift."""


def channel_called(key: str) -> Channel:
    """The channel with this short name, asked or not. Raises ``Cannot`` if there is none."""
    found = Channel.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Channel.objects.values_list("key", flat=True))
        raise Cannot(
            _("There is no channel {key}. There are: {known}.").format(key=key, known=known)
        )
    return found


@transaction.atomic
def add_channel(*, by: Actor | None, key: str, name: str, low: str, high: str) -> Channel:
    """Ask one thing more, between the words ``low`` and ``high``, last on the form.

    Raises ``Cannot`` for a short name that is taken, for words that don't do, and once as
    many are asked as fit.
    """
    asked = _asked()
    _must_be_free(key)
    _must_fit(asked)
    name, low, high = _words(name, low, high, others=asked)
    last = Channel.objects.aggregate(last=Max("position"))["last"] or 0
    made = Channel.objects.create(key=key, name=name, low=low, high=high, position=last + 1)
    _log(by, "channel added", made, _in_words(made))
    return made


@transaction.atomic
def rename_channel(
    *, by: Actor | None, channel: Channel, name: str = "", low: str = "", high: str = ""
) -> None:
    """Say it in other words from now on; what is left empty stays as it is.

    Entries written until now keep the words they were asked with.
    """
    others = [each for each in _asked() if each.pk != channel.pk]
    words = _words(name or channel.name, low or channel.low, high or channel.high, others=others)
    if words == (channel.name, channel.low, channel.high):
        raise Cannot(_("It is called so already. Say what changes: --name, --low or --high."))
    before = _in_words(channel)
    EarlierWords.objects.create(
        channel=channel,
        name=channel.name,
        low=channel.low,
        high=channel.high,
        until=timezone.now(),
    )
    channel.name, channel.low, channel.high = words
    channel.save()
    _log(by, "channel renamed", channel, f"{before} → {_in_words(channel)}")


@transaction.atomic
def retire_channel(*, by: Actor | None, channel: Channel) -> None:
    """Ask it no longer. What was written on it stays, and so do the charts of it."""
    if channel.retired_at:
        raise Cannot(_("{key} is no longer asked already.").format(key=channel.key))
    if len(_asked()) == 1:
        raise Cannot(_("This is the last channel. Add another first."))
    channel.retired_at = timezone.now()
    channel.save()
    _log(by, "channel retired", channel)


@transaction.atomic
def restore_channel(*, by: Actor | None, channel: Channel) -> None:
    """Ask it again, where it stood."""
    if not channel.retired_at:
        raise Cannot(_("{key} is asked already.").format(key=channel.key))
    asked = _asked()
    _must_fit(asked)
    _words(channel.name, channel.low, channel.high, others=asked)
    channel.retired_at = None
    channel.save()
    _log(by, "channel restored", channel)


def _asked() -> list[Channel]:
    """Those asked now; the whole list is held, so that two commands can't both add the last."""
    return [each for each in Channel.objects.select_for_update() if each.retired_at is None]


def _must_be_free(key: str) -> None:
    try:
        validate_slug(key)
    except ValidationError:
        raise Cannot(
            _("A short name has letters, digits, - and _ only, as in sleep or with-staff.")
        ) from None
    if len(key) > 50:
        raise Cannot(_("A short name has at most 50 letters."))
    taken = Channel.objects.filter(key=key).first()
    if taken and taken.retired_at:
        raise Cannot(
            _("{key} was asked before. 'daybook channels restore {key}' asks it again.").format(
                key=key
            )
        )
    if taken:
        raise Cannot(_("The short name {key} is taken. Choose another.").format(key=key))


def _must_fit(asked: list[Channel]) -> None:
    if len(asked) >= MOST:
        raise Cannot(
            _("{most} channels are what fits a form. Retire one first: {known}.").format(
                most=MOST, known=", ".join(each.key for each in asked)
            )
        )


def _words(*words: str, others: list[Channel]) -> tuple[str, str, str]:
    """Name, low and high as they will be shown, or ``Cannot``."""
    name, low, high = (" ".join(word.split()) for word in words)
    if not 0 < len(name) <= 60 or not name.isprintable():
        raise Cannot(_("Give a name of 1 to 60 letters, as staff say it."))
    if any(not 0 < len(word) <= 40 or not word.isprintable() for word in (low, high)):
        raise Cannot(_("Give each end a word of 1 to 40 letters, as in low and bright."))
    if low.casefold() == high.casefold():
        raise Cannot(_("The two ends need different words, as in low and bright."))
    if any(name.casefold() in (each.name.casefold(), str(each).casefold()) for each in others):
        raise Cannot(_("Another channel is called {name}. Choose another name.").format(name=name))
    return name, low, high


def _in_words(channel: Channel) -> str:
    return f"{channel.name}, {channel.low} – {channel.high}"


def _log(by: Actor | None, subject: str, channel: Channel, reason: str = "") -> None:
    record(by=by, kind=Kind.ALTERATION, subject=subject, record=channel.key, reason=reason)
