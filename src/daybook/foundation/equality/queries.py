"""Who may hand the screen to somebody. Nothing here reads what anybody said."""

from daybook.foundation.access.roles import Compartment, Right
from daybook.foundation.access.scope import require
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.people.queries import PersonLine, person_line


def whom(person: int, *, viewer: Viewer) -> PersonLine:
    """The person, for whoever knows them and writes on the wing. 404 for anybody else."""
    line = person_line(person, viewer=viewer)
    require(person, viewer=viewer, compartment=Compartment.WING, right=Right.WRITE)
    return line
