"""Settings that are read before they are believed: addresses outside, and one of a few words."""

import base64
import os
from collections.abc import Sequence
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class Mail(TypedDict, total=False):
    """A mail server: host, port, and how it is spoken to."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    ssl: bool


def mail(address: str) -> Mail:
    """``smtps://user:password@host`` or ``smtp://…``; nothing for no address.

    ``smtp`` is encrypted from the first exchange on, except to a server on this machine.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "DAYBOOK_MAIL is not the address of a mail server. "
            "Write it as smtp://user:password@host:587 or smtps://user:password@host:465."
        )
    ssl = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if ssl else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": not ssl and parts.hostname not in ON_THIS_MACHINE,
        "ssl": ssl,
    }


class Provider(TypedDict, total=False):
    """An identity provider: where it is, what it is called, and how far it is believed."""

    address: str
    name: str
    client: str
    secret: str
    claim: str
    second_factor: bool


def provider(
    address: str, *, client: str, secret: str, name: str, claim: str, second_factor: bool
) -> Provider:
    """An OpenID Connect provider, by its issuer's address: HTTPS, except on this machine."""
    if not address:
        return {}
    if not _is_safe(address):
        raise ImproperlyConfigured("DAYBOOK_OIDC must begin with https://.")
    if not (client and secret):
        raise ImproperlyConfigured(
            "DAYBOOK_OIDC_CLIENT and DAYBOOK_OIDC_SECRET are missing: the provider gives both."
        )
    return {
        "address": address.rstrip("/"),
        "name": name,
        "client": client,
        "secret": secret,
        "claim": claim,
        "second_factor": second_factor,
    }


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    plain_but_here = parts.scheme == "http" and parts.hostname in ON_THIS_MACHINE
    return (parts.scheme == "https" and bool(parts.hostname)) or plain_but_here


def webhook(address: str, secret: str) -> str:
    """The address word is posted to: HTTPS, except to this machine, and never unsigned."""
    if not address:
        return ""
    if not _is_safe(address):
        raise ImproperlyConfigured("DAYBOOK_WEBHOOK must begin with https://.")
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if len(key) < 24:
        raise ImproperlyConfigured(
            "DAYBOOK_WEBHOOK_SECRET is missing or short. Give 24 or more random bytes in base64, "
            "and the same to the receiver, who checks with them that word came from here."
        )
    return address


def one_of(name: str, choices: Sequence[str]) -> str:
    """The environment's value, the first choice unless set; anything else is refused."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is one of: {', '.join(choices)}.")
    return value
