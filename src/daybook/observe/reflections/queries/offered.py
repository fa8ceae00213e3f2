"""What other rooms offer to the pages of this one, asked of the registry once for all people."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.registry import providers
from daybook.foundation.registry.providers import Aside, Due, First


def first_of(people: Collection[int], *, viewer: Viewer) -> dict[int, list[First]]:
    """What must be known before each door is opened, above everything else."""
    found = defaultdict[int, list[First]](list)
    for provider in providers.first:
        for person, lines in provider(viewer=viewer, people=people).items():
            found[person].extend(lines)
    return found


def due_to(people: Collection[int], *, viewer: Viewer, until: date) -> dict[int, list[Due]]:
    """What is owed to each person up to and on a day, the longest waiting first."""
    found = defaultdict[int, list[Due]](list)
    for provider in providers.due:
        for each in provider(viewer=viewer, people=people, until=until):
            if each.person_id is not None:
                found[each.person_id].append(each)
    for dues in found.values():
        dues.sort(key=lambda due: due.on)
    return found


def beside(person_id: int, *, viewer: Viewer) -> list[Aside]:
    """What stands beside somebody's timeline, each app's sections in turn."""
    return [
        section
        for provider in providers.aside
        for section in provider(viewer=viewer, person_id=person_id)
    ]
