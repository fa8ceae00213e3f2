"""Adding a row whose key came with its form: a second press finds the first."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404


def add_once(row: Model, **same: Any) -> bool:
    """Add the row; False if it is there already, with the values ``same`` tells it by.

    A key that stands for anything else is refused as if it did not exist.
    """
    manager = type(row)._default_manager
    try:
        with transaction.atomic():
            manager.bulk_create([row])
    except IntegrityError:
        if manager.filter(pk=row.pk, **same).exists():
            return False
        raise Http404 from None
    return True
