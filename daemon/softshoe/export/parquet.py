"""Parquet, with column types taken from Step. The only file that imports pyarrow."""

from collections.abc import Sequence
from pathlib import Path

import msgspec.inspect as types
import pyarrow
import pyarrow.parquet

from softshoe.errors import SoftshoeError
from softshoe.events import Step
from softshoe.export.rows import COLUMNS, Row


def write_parquet(rows: Sequence[Row], path: Path) -> None:
    """Write the rows with a type for every column, also for those that are empty throughout."""
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=_schema()), path)


def _schema() -> pyarrow.Schema:
    info = types.type_info(Step)
    assert isinstance(info, types.StructType)
    column_types = {field.name: _arrow(field.type) for field in info.fields}
    return pyarrow.schema([(name, column_types[name]) for name in COLUMNS])


def _arrow(type: types.Type) -> pyarrow.DataType:
    match type:
        case types.UnionType():
            return _arrow(next(t for t in type.types if not isinstance(t, types.NoneType)))
        case types.FloatType():
            return pyarrow.float64()
        case types.IntType():
            return pyarrow.int64()
        case types.StrType() | types.LiteralType():
            return pyarrow.string()
        case types.VarTupleType():
            return pyarrow.list_(_arrow(type.item_type))
        case types.TupleType():
            return pyarrow.list_(_arrow(type.item_types[0]))
    raise SoftshoeError(f"no Parquet type for {type}")
