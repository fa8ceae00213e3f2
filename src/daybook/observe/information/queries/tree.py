"""Where everything beside a concern goes back to: what has one origin counts as one."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from ..vocabulary import Context


@dataclass(frozen=True, slots=True)
class Node:
    """One item of the tree. ``depth`` is how many hands it went through; ``again`` says that its
    origin stands beside the concern in another item before it."""

    key: UUID
    words: str
    origin: int
    depth: int
    again: bool


def tree(concern: UUID) -> list[Node]:
    """The items beside one concern, each origin together, the first hand first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.origins_in(%s)", [concern])
        rows = cursor.fetchall()
    backs = {node: back_to for node, _sort, _kind, back_to, _origin in rows}
    origins = {node: origin for node, _sort, _kind, _back, origin in rows}
    words = {node: _words(sort, kind, node == concern) for node, sort, kind, *_rest in rows}

    def depth(node: UUID) -> int:
        steps, back = 0, backs.get(node)
        while back is not None and steps < len(rows):
            steps, back = steps + 1, backs.get(back)
        return steps

    order = sorted(rows, key=lambda row: (origins[row[0]], depth(row[0]), words[row[0]]))
    numbers = {origin: n for n, origin in enumerate(dict.fromkeys(origins[r[0]] for r in order), 1)}
    seen: set[int] = set()
    found = []
    for node, *_rest in order:
        origin = numbers[origins[node]]
        found.append(Node(node, words[node], origin, depth(node), origin in seen))
        seen.add(origin)
    return found


def _words(sort: str, kind: str, itself: bool) -> str:
    if sort == "report":
        return _("This report") if itself else _("Another report that is read on here")
    if sort == "reflection":
        return _("A reflection that was laid beside it")
    return _("Account: {kind}").format(kind=Context(kind).label)
