"""A column that takes sealed words and nothing else, and the one place where each opens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .boxes import BLOCK, SHORTEST, Sealed

if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
else:
    _Bytes = models.BinaryField


class SealedField(_Bytes):
    """Holds a ``Sealed``. Plain words are refused here and, however they come, by the table."""

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.model.__name__}.{self.name} takes what the vault has sealed.")
        return value.box

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        box = value if prepared else self.get_prep_value(value)
        return super().get_db_prep_value(box, connection, prepared=True)

    def from_db_value(self, value: Any, *_: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("What is sealed is not written out.")

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """A copy, a filling or a hand at the table brings no plain words in either."""
        name = connection.ops.quote_name(str(self.column))
        around = SHORTEST - BLOCK
        return (
            f"get_byte({name}, 0) = 1 and octet_length({name}) >= {SHORTEST}"
            f" and mod(octet_length({name}) - {around}, {BLOCK}) = 0"
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """Where sealed words belong: table, column, row, whose they are, and the compartment.

    ``whose`` is the key of the person in custody; for who a source is, that of the source.
    """

    table: str
    column: str
    row: UUID | int
    whose: UUID | int
    compartment: str

    @property
    def belongs(self) -> tuple[str, ...]:
        return self.table, self.column, str(self.row), str(self.whose), self.compartment


def slot(
    model: type[models.Model], column: str, *, row: UUID | int, whose: UUID | int, compartment: str
) -> Slot:
    if not isinstance(model._meta.get_field(column), SealedField):
        raise TypeError(f"{model.__name__}.{column} is no sealed column.")
    return Slot(model._meta.db_table, column, row, whose, compartment)
