"""Of whom a second factor is asked: one rule for everybody, held by the database as well."""

from django.conf import settings
from django.db import connection

from daybook.foundation.staff.models import Second


def is_asked_of(staff_id: int) -> bool:
    """Whether any role they hold now reaches more than a wing."""
    with connection.cursor() as cursor:
        cursor.execute("select daybook.needs_second_factor(%s)", [staff_id])
        needed: bool = cursor.fetchone()[0]
    return needed


def waived() -> Second:
    """What stands in for it where nobody is real: nothing, anywhere but in a demonstration."""
    return Second.DEMO if settings.DEMO else Second.NOTHING
