"""The topics, and the schemas that are committed for them."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.daemon.examples import a_step

from softshoe.events import Step
from softshoe.feed import schemas as module
from softshoe.feed.contract import TOPICS, Topic
from softshoe.feed.messages import encode, moment
from softshoe.feed.schemas import file_name, schema, write

COMMITTED = Path(module.__file__).parent / "schemas"


def test_the_committed_schemas_are_those_of_the_types(tmp_path: Path) -> None:
    write(tmp_path)
    made = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_text() for path in COMMITTED.iterdir()}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.path)
def test_every_schema_is_a_schema(topic: Topic) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(schema(topic))))
    assert (COMMITTED / file_name(topic)).exists()


@pytest.mark.parametrize(
    "harm",
    [{"v": 2}, {"at": "yesterday"}, {"moment": "live"}, {"contact_ms": "230"}, {"side": "up"}],
)
def test_a_wrong_message_does_not_fit_its_schema(harm: dict[str, object]) -> None:
    record_step = next(topic for topic in TOPICS if topic.path == "record/step")
    message = json.loads(encode(a_step(1), "2026-03-01T09:00:00.000Z"))
    jsonschema.validate(message, schema(record_step))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(message | harm, schema(record_step))


def test_every_field_is_always_there() -> None:
    record_step = next(topic for topic in TOPICS if topic.path == "record/step")
    assert schema(record_step)["required"] == ["v", "at", *Step.__struct_fields__]
    message = json.loads(encode(a_step(1), None))
    del message["flight_ms"]
    with pytest.raises(jsonschema.ValidationError, match="flight_ms"):
        jsonschema.validate(message, schema(record_step))


def test_nan_is_null_in_a_message() -> None:
    message = json.loads(encode(a_step(1, valr_bw_s=float("nan")), None))
    assert message["valr_bw_s"] is None


def test_the_time_of_a_step_comes_from_its_session() -> None:
    assert moment("2026-03-01T09:00:00.000Z", 12.3456) == "2026-03-01T09:00:12.345Z"
    assert moment(None, 12.3) is None
