"""Between frozen structs and table rows: one column for each field, named as the field."""

import math
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, inspect

T = TypeVar("T", bound=Struct)
Cell = int | float | str | None
Row = dict[str, Cell]


class RowForm(Generic[T]):
    """How one struct type lies in a table. What is neither number nor text is JSON text."""

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind
        fields = _fields(kind)
        types = {field.name: _plain(field.type) for field in fields}
        self.columns = {name: _column(plain) for name, plain in types.items()}
        self._json = frozenset(name for name, plain in types.items() if _is_json(plain))
        self._required = frozenset(field.name for field in fields if field.required)

    def row(self, struct: T) -> Row:
        """A value for each column. A number that is not finite becomes null."""
        values = msgspec.to_builtins(struct)
        return {name: self._cell(name, values[name]) for name in self.columns}

    def struct(self, row: Mapping[str, Any]) -> T:
        """The struct back; a column that was added later has the field's default.

        Raises msgspec.MsgspecError when the row is not such a struct.
        """
        values = {
            name: msgspec.json.decode(value) if name in self._json and value else value
            for name in self.columns
            if (value := row.get(name)) is not None or name in self._required
        }
        return msgspec.convert(values, self.kind)

    def _cell(self, name: str, value: Any) -> Cell:
        if name in self._json:
            return msgspec.json.encode(value).decode()
        if self.columns[name] is float and value is not None:
            return float(value) if math.isfinite(value) else None
        return value  # type: ignore[no-any-return]


def _fields(kind: type[Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return info.fields


def _plain(kind: inspect.Type) -> inspect.Type:
    """The type without its None."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    others = [part for part in kind.types if not isinstance(part, inspect.NoneType)]
    return others[0] if len(others) == 1 else kind


def _column(plain: inspect.Type) -> type[int] | type[float] | type[str]:
    if isinstance(plain, inspect.IntType):
        return int
    return float if isinstance(plain, inspect.FloatType) else str


def _is_json(plain: inspect.Type) -> bool:
    scalars = (inspect.IntType, inspect.FloatType, inspect.StrType, inspect.LiteralType)
    return not isinstance(plain, scalars)
