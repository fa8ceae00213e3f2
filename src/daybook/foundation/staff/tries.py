"""Slowing whoever guesses: so many tries in so many minutes, then a wait.

A try is counted before it is looked at, so that a hundred at once are a hundred tries. Each
count stands by itself, outside any transaction, because a refusal must not take it back.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "daybook.staff.tries"


class MustWait(Exception):
    """There were too many wrong tries; ``left`` is how long to wait."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True)
class Limit:
    """So many ``tries`` ``within`` that time at one thing of the kind ``of``.

    What is ``one_s_own`` is clear again after one right try; elsewhere other people's wrong
    tries stand beside it, and stay counted.
    """

    of: str
    tries: int
    within: timedelta
    one_s_own: bool


A_NAME = Limit("name", 10, timedelta(minutes=15), one_s_own=True)
# A whole prison may share one address when a shift begins.
AN_ADDRESS = Limit("address", 30, timedelta(minutes=15), one_s_own=False)
A_BADGE = Limit("badge", 3, timedelta(minutes=1), one_s_own=True)
# Whoever is asked for a second factor has shown the first: few others can make them wait.
A_FACTOR = Limit("second factor", 5, timedelta(minutes=15), one_s_own=True)
A_DESK = Limit("desk", 10, timedelta(minutes=15), one_s_own=False)

Counted = tuple[tuple[Limit, object], ...]
"""What a try counts against: for each limit, the one name, address, badge or desk."""

COUNT = """
    insert into staff_tries as t (of, taken, since) values (%(of)s, 1, now())
    on conflict (of) do update set
        taken = case when t.since > now() - make_interval(secs => %(seconds)s)
                     then least(t.taken + 1, 1000) else 1 end,
        since = case when t.since > now() - make_interval(secs => %(seconds)s)
                     then t.since else now() end
    returning taken, t.since + make_interval(secs => %(seconds)s) - now()
"""
GIVE_BACK = "update staff_tries set taken = greatest(taken - %s, 0) where of = %s"


def count(counted: Counted) -> None:
    """Count a try before it is made. Raises ``MustWait``; then it may not be made."""
    with connection.cursor() as cursor:
        waits = []
        for limit, one in counted:
            cursor.execute(
                COUNT, {"of": _hidden(limit, one), "seconds": limit.within.total_seconds()}
            )
            taken, left = cursor.fetchone()
            if taken > limit.tries:
                waits.append(left)
    if waits:
        raise MustWait(max(waits))


def was_right(counted: Counted) -> None:
    """The try was right: it does not count, nor do one's own slips before it."""
    with connection.cursor() as cursor:
        for limit, one in counted:
            back = limit.tries if limit.one_s_own else 1
            cursor.execute(GIVE_BACK, [back, _hidden(limit, one)])


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind a proxy, as the proxy saw it."""
    seen_by_proxy: str = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    here: str = request.META.get("REMOTE_ADDR", "")
    return seen_by_proxy or here if settings.SECURE_PROXY_SSL_HEADER else here


def _hidden(limit: Limit, one: object) -> str:
    # What was typed may be a password in the wrong box: the table holds no trace of it.
    return salted_hmac(SALT, f"{limit.of}:{one}", algorithm="sha256").hexdigest()
