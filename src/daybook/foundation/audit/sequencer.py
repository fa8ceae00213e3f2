"""Numbering: committed entries become leaves of the tree, and a new head is signed.

Runs beside the worker's tasks, in every worker; a lock in the database lets one of them count
at a time. While one runs, an entry is numbered within a second after it was committed.
"""

import logging
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from . import heads
from .merkle import Frontier
from .models import Head, Node

EVERY = 0.5
"""Seconds between two looks."""
AT_ONCE = 10_000
KEPT = 8
"""Every height that is a multiple of it has its nodes kept."""

log = logging.getLogger(__name__)


class Torn(RuntimeError):
    """The ledger does not go on where the last head ended: somebody has been at it."""


def number(most: int = AT_ONCE) -> int:
    """Number what waits, ``most`` at most, and sign the new head; gives how many there were.

    All of it stands or none. Nothing happens while another counts. Raises ``Torn``.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select number, hash from daybook.number_entries(%s)", [most])
            numbered = cursor.fetchall()
        if not numbered:
            return 0
        last = Head.objects.order_by("-size").values_list("size", "peaks").first()
        frontier = Frontier(last[0], _split(bytes(last[1]))) if last else Frontier()
        nodes = []
        for each, leaf in numbered:
            if each != frontier.size + 1:
                raise Torn(f"Entry {each} follows a head of {frontier.size}.")
            nodes += [
                Node(height=height, place=place, hash=root)
                for height, place, root in frontier.append(bytes(leaf))
                if height % KEPT == 0
            ]
        Node.objects.bulk_create(nodes)
        head = heads.sign(frontier.size, frontier.root(), timezone.now())
        Head.objects.bulk_create([_row(head, frontier)])
    return len(numbered)


def number_all() -> int:
    """Number until nothing waits, and give out the heads; how many there were."""
    counted = 0
    while now := number():
        counted += now
    publish()
    return counted


def publish() -> int:
    """Bring the file of heads that is kept outside up to date; how many lines it got."""
    if not settings.TREE_HEADS:
        return 0
    file = Path(settings.TREE_HEADS)
    new = Head.objects.filter(size__gt=heads.last_size(file)).order_by("size")
    found = [
        heads.TreeHead(size, bytes(root), at, bytes(key), bytes(signature))
        for size, root, at, key, signature in new.values_list(
            "size", "root", "at", "key", "signature"
        )
    ]
    return heads.append(file, found) if found else 0


def _row(head: heads.TreeHead, frontier: Frontier) -> Head:
    return Head(
        size=head.size,
        root=head.root,
        at=head.at,
        key=head.key,
        signature=head.signature,
        peaks=b"".join(frontier.peaks),
    )


def _split(peaks: bytes) -> list[bytes]:
    return [peaks[at : at + 32] for at in range(0, len(peaks), 32)]


class Sequencer(Thread):
    """Numbers until it is stopped. Whatever goes wrong is told, and tried again."""

    def __init__(self) -> None:
        super().__init__(name="sequencer", daemon=True)
        self._stopped = Event()

    def run(self) -> None:
        wait = EVERY
        while not self._stopped.wait(wait):
            try:
                number_all()
                wait = EVERY
            except Exception as failure:
                # Nothing may end it: what waits is numbered once the database is back.
                wait = min(wait * 2, 30)
                log.error("the log could not be numbered: %s", failure)
                connection.close()
        connection.close()

    def stop(self) -> None:
        """End after the batch that is being numbered."""
        self._stopped.set()
        self.join()
