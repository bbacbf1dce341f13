"""FIT messages as bytes, by fit-tool; with `fit` the only files that import it.

A file is its header, then messages, each after a definition of its fields, then a checksum.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from fit_tool.base_type import BaseType
from fit_tool.data_message import DataMessage
from fit_tool.definition_message import DefinitionMessage
from fit_tool.developer_field import DeveloperField
from fit_tool.field import Field
from fit_tool.fit_file_header import FitFileHeader
from fit_tool.profile.messages.field_description_message import FieldDescriptionMessage
from fit_tool.profile.messages.record_message import RecordMessage
from fit_tool.record import Record
from fit_tool.utils.crc import crc16

from softshoe.export.fit_fields import DEVELOPER_FIELDS, Value, unit_of

_EPOCH_UNIX_S = 631_065_600  # FIT counts from the end of 1989
_TEXT_BYTES = 250
_CHUNK = 65_536
_IN_MEMORY = 4_000_000
_BASE_TYPES = {"number": BaseType.FLOAT32, "text": BaseType.STRING}
_NUMBERS = {name: number for number, name in enumerate(DEVELOPER_FIELDS)}


def moment(fit_s: int) -> int:
    """A moment for fit-tool's setters, which want Unix milliseconds."""
    return (fit_s + _EPOCH_UNIX_S) * 1000


def fit_seconds(unix_s: float) -> int:
    return int(unix_s) - _EPOCH_UNIX_S


def message(
    kind: type[DataMessage], values: Mapping[str, object], own: Mapping[str, Value] | None = None
) -> bytes:
    """A message and its definition; what is None, or does not fit its field, is left out.

    ``own`` are developer fields.
    """
    fields = [_developer_field(name) for name, value in (own or {}).items() if value is not None]
    made = kind(local_id=0, developer_fields=fields)
    for name, value in values.items():
        _set(made.get_field_by_name(name), value)
    for field in fields:
        _set(field, (own or {})[field.name])
    return _definition(made) + bytes(Record.from_message(made).to_bytes())


def descriptions() -> Iterator[bytes]:
    """What every developer field is called, and its unit."""
    for name, kind in DEVELOPER_FIELDS.items():
        values = {
            "developer_data_index": 0,
            "field_definition_number": _NUMBERS[name],
            "fit_base_type_id": _BASE_TYPES[kind].value,
            "field_name": name,
            "units": unit_of(name) or None,
        }
        yield message(FieldDescriptionMessage, values)


class RecordForm:
    """Records of one form, which is defined once: there are thousands of them."""

    def __init__(self, fields: Iterable[str], own: Iterable[str]) -> None:
        self._own = [_developer_field(name) for name in own]
        self._message = RecordMessage(local_id=1, developer_fields=self._own)
        self._fields = [self._message.get_field_by_name(name) for name in fields]
        for field in (*self._fields, *self._own):
            field.set_encoded_value(0, 0)
        self.definition = _definition(self._message)

    def record(self, values: Mapping[str, object], own: Mapping[str, Value]) -> bytes:
        """One record; every field that was announced, null where it is not known."""
        for field in self._fields:
            _set(field, values[field.name])
        for field in self._own:
            _set(field, own[field.name])
        return bytes(Record.from_message(self._message).to_bytes())


def whole_file(messages: Iterable[bytes]) -> Iterator[bytes]:
    """The file in chunks. Its length stands first, so all messages are set aside before."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        for each in messages:
            kept.write(each)
        header = FitFileHeader(records_size=kept.tell(), gen_crc=True).to_bytes()
        yield header
        crc = crc16(header)
        for chunk in _chunks(kept):
            crc = crc16(chunk, crc)
            yield chunk
        yield crc.to_bytes(2, "little")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(_CHUNK), b"")


def _definition(made: DataMessage) -> bytes:
    definition = DefinitionMessage.from_data_message(made)
    made.set_definition_message(definition)
    return bytes(Record.from_message(definition).to_bytes())


def _developer_field(name: str) -> DeveloperField:
    base_type = _BASE_TYPES[DEVELOPER_FIELDS[name]]
    return DeveloperField(
        field_id=_NUMBERS[name],
        name=name,
        base_type=base_type,
        size=4 if base_type is BaseType.FLOAT32 else 0,
        growable=True,
    )


def _set(field: Field, value: object) -> None:
    """Set a field; it is null when the value is None or beyond what the field can hold."""
    if isinstance(value, str):
        value = value.encode()[:_TEXT_BYTES].decode(errors="ignore")
    if isinstance(value, bytes):
        field.set_values(value)
    elif value is None or not field.base_type.is_valid(field.encode_value(value)):
        field.clear()
    else:
        field.set_value(0, value)
