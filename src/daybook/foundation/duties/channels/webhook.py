"""By webhook, to a pager service or a messenger: how much waits, and the key of whom for.

Signed as the Standard Webhooks specification has it, so that receivers need no code of their
own to check it: HMAC-SHA256 over the delivery's name, the time, and the body.
"""

import base64
import hashlib
import hmac
import json
import time
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from django.conf import settings
from django.utils.translation import gettext_lazy

from . import NotSent, Word

PATIENCE = 10
"""Seconds until an answer must have come."""


class Webhook:
    slug = "webhook"
    label = gettext_lazy("Also on the pager")

    def is_open(self) -> bool:
        return bool(settings.WEBHOOK_URL)

    def knows(self, word: Word) -> bool:
        return True

    def send(self, word: Word) -> None:
        said = {"waiting": word.waiting, "urgent": word.urgent, "for": str(word.staff_key)}
        body = json.dumps(said).encode()
        at = str(int(time.time()))
        asked = urllib.request.Request(
            settings.WEBHOOK_URL,
            data=body,
            method="POST",
            headers={
                "Content-Type": "application/json",
                "Webhook-Id": word.id,
                "Webhook-Timestamp": at,
                "Webhook-Signature": signature(settings.WEBHOOK_SECRET, word.id, at, body),
            },
        )
        try:
            with _opener.open(asked, timeout=PATIENCE):
                pass
        except HTTPError as answer:
            raise NotSent(f"The receiver answered {answer.code}.") from None
        except (OSError, HTTPException) as failure:
            raise NotSent(f"The receiver did not answer ({type(failure).__name__}).") from None


def signature(secret: str, id: str, at: str, body: bytes) -> str:
    """What a receiver compares with the header ``Webhook-Signature``."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


class _NoDetours(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Word of somebody goes where the service said, and nowhere else."""


_opener = urllib.request.build_opener(_NoDetours)
WEBHOOK = Webhook()
