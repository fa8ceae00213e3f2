"""Reviews that nobody is left to end."""

from django.db import connection, transaction

from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.models import Kind

from .once import log


@transaction.atomic
def end_left_behind(*, by: Viewer) -> None:
    """End what goes on about whoever left a month ago, where nobody keeps casework about them:
    the database knows which. Run by Daybook itself; done twice, it finds nothing more."""
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.end_reviews_left_behind()")
        ended = cursor.fetchall()
    for review, person in ended:
        # Why stands on the review, where the database wrote it.
        log(by, Kind.ALTERATION, "joint review given up", review, person)
