"""Proofs that an entry is in the log, and that the log only grew; run as the owner."""

import json

from django.db import connection

from daybook.foundation.registry.cannot import Cannot

from .heads import TreeHead
from .lines import LINE, SPEAK
from .merkle import consistency_proof, inclusion_proof, levels
from .models import Head, Leaf, Node
from .sequencer import KEPT


class NotNumbered(Cannot):
    """No entry of this number is under a signed head."""


def proof(number: int, *, older: int = 0) -> dict[str, object]:
    """All that somebody outside needs, with the public key, to see that the entry is in.

    With ``older``, the size of a head they hold, also that the log has only grown since.
    """
    newest = Head.objects.order_by("-size").first()
    if newest is None or not number <= newest.size or older > newest.size:
        raise NotNumbered(f"No signed head is over entry {max(number, older):,}.")
    head = TreeHead(
        newest.size,
        bytes(newest.root),
        newest.at,
        bytes(newest.key),
        bytes(newest.signature),
    )
    entry, line = _entry(number)
    told: dict[str, object] = {
        "index": number - 1,
        "entry": entry,
        "leaf": line.hex(),
        "proof": [step.hex() for step in inclusion_proof(number - 1, head.size, subtree)],
        "head": head.as_line(),
    }
    if older:
        told["grown_from"] = older
        told["growth"] = [step.hex() for step in consistency_proof(older, head.size, subtree)]
    return told


def subtree(height: int, place: int) -> bytes:
    """The root of a perfect subtree, from the kept nodes or leaves below it."""
    kept = height - height % KEPT
    first, count = place << (height - kept), 1 << (height - kept)
    if kept:
        nodes = Node.objects.filter(height=kept, place__gte=first, place__lt=first + count)
        found = list(nodes.order_by("place").values_list("hash", flat=True))
    else:
        leaves = Leaf.objects.filter(number__gt=first, number__lte=first + count)
        found = list(leaves.order_by("number").values_list("hash", flat=True))
    hashes = [bytes(hash) for hash in found]
    if len(hashes) != count:
        raise NotNumbered("A part of the tree is missing: 'daybook audit verify' says which.")
    return levels(hashes)[-1][0]


def _entry(number: int) -> tuple[object, bytes]:
    """An entry to be read, and as it is hashed."""
    with connection.cursor() as cursor:
        cursor.execute(SPEAK)
        cursor.execute(
            f"select to_jsonb(l)::text, {LINE} from audit_leaf l where number = %s", [number]
        )
        read, line = cursor.fetchone()
    return json.loads(read), bytes(line)
