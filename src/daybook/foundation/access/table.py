"""The role table, brought from code into the database whenever it is migrated."""

from typing import Any

from .roles import ROLES, Right


def rows() -> set[tuple[str, str, str, bool, bool]]:
    """Every cell of the table: role, compartment, reach, may read, may write."""
    return {
        (
            role.key,
            compartment.value,
            role.reach.value,
            Right.READ in rights,
            Right.WRITE in rights,
        )
        for role in ROLES.values()
        for compartment, rights in role.rights.items()
        if rights
    }


def write_table(sender: object = None, **_: Any) -> None:
    """Make the database's copy equal to the code. Runs as the owner, after migrations."""
    from .models import AccessRight

    names = ("role", "compartment", "reach", "reads", "writes")
    if set(AccessRight.objects.values_list(*names)) != rows():
        AccessRight.objects.all().delete()
        AccessRight.objects.bulk_create(
            AccessRight(**dict(zip(names, row, strict=True))) for row in sorted(rows())
        )
