"""The role table, brought from code into the database whenever it is migrated.

What the code ships is kept as a proposal. Of a new one, what narrows reach holds at once; what
widens it holds once the data-protection officer has approved it (``approval.sql``).
"""

from typing import Any

from .changes import Cell, fingerprint, without_widening
from .roles import ROLES, Right

NAMES = ("role", "compartment", "reach", "reads", "writes")


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


def shipped() -> list[Cell]:
    """The table as the code has it."""
    return sorted(Cell(*row) for row in rows())


def write_table(sender: object = None, **_: Any) -> None:
    """Bring in what the code ships. Runs as the owner, after migrations.

    A new service holds the table as shipped from the first day, which is the strictest; it is
    approved like any other.
    """
    from .models import AccessRight, Proposal

    cells = shipped()
    newest = Proposal.objects.order_by("-id").first()
    if newest is None or newest.fingerprint != fingerprint(cells):
        Proposal.objects.create(
            fingerprint=fingerprint(cells),
            cells=[dict(zip(NAMES, row, strict=True)) for row in sorted(rows())],
        )
        newest = None
    held = {Cell(*row) for row in AccessRight.objects.values_list(*NAMES)}
    if not held or (newest is not None and hasattr(newest, "approval")):
        holds = set(cells)
    else:
        holds = without_widening(held, cells)
    if holds != held:
        AccessRight.objects.all().delete()
        AccessRight.objects.bulk_create(
            AccessRight(**{name: getattr(cell, name) for name in NAMES}) for cell in sorted(holds)
        )
