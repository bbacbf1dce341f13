"""Runners: one name each, a PIN that is checked, choices that are kept."""

from pathlib import Path

import pytest
from msgspec import ValidationError, convert
from msgspec.structs import replace
from tests.daemon.examples import HandClock

from softshoe.people import Name, Pin, RunNote
from softshoe.store.database import prepare
from softshoe.store.notes import Notes
from softshoe.store.runners import Runners


@pytest.fixture
def runners(path: Path, clock: HandClock) -> Runners:
    prepare(path)
    return Runners(path, clock)


def test_a_runner_is_known_by_name_and_pin(runners: Runners) -> None:
    anna = runners.add("Anna", "2468")
    assert anna
    assert runners.with_pin("Anna", "2468") == anna
    assert runners.with_pin(" anna ", "2468") == anna
    assert runners.with_pin("Anna", "2469") is None
    assert runners.with_pin("Berta", "2468") is None
    assert runners.of_key(anna.runner) == anna
    assert anna.runner not in ("Anna", "")


@pytest.mark.parametrize("same", ["Anna", "ANNA", "Anna ", "\uff21nna"])
def test_a_name_is_one_persons(runners: Runners, same: str) -> None:
    runners.add("Anna", "2468")
    assert runners.add(same, "1357") is None
    assert [each.name for each in runners.all()] == ["Anna"]


def test_choices_are_kept(runners: Runners) -> None:
    anna, berta = runners.add("Anna", "2468"), runners.add("Berta", "1357")
    assert anna
    assert berta
    changed = replace(anna, alias="A.", units="imperial", coach=True)
    runners.save(changed)
    assert runners.of_key(anna.runner) == changed
    assert runners.of_coach() == [changed]
    assert runners.all() == [changed, berta]


def test_no_pin_lies_in_the_file(runners: Runners, path: Path) -> None:
    runners.add("Anna", "24682468")
    assert not [f for f in path.parent.iterdir() if b"24682468" in f.read_bytes()]


@pytest.mark.parametrize(
    "name", ["", " ", " A", "A ", "A\n", "a\tb", "\x1b[31mA", "a\u202eb", "a\u0000", "x" * 41]
)
def test_a_name_is_short_and_printable(name: str) -> None:
    with pytest.raises(ValidationError):
        convert(name, Name)


@pytest.mark.parametrize("name", ["A", "Anna-Lena O'Neil", "\u674e\u96f7", "x" * 40, "<b>"])
def test_a_name_may_be_of_any_script(name: str) -> None:
    assert convert(name, Name) == name


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "1234\n", "\u0661\u0662\u0663\u0664"])
def test_a_pin_is_four_to_eight_digits(pin: str) -> None:
    with pytest.raises(ValidationError):
        convert(pin, Pin)


def test_what_a_runner_adds_to_a_run_is_kept(runners: Runners, path: Path) -> None:
    notes = Notes(path)
    assert notes.of("s1") == RunNote()
    notes.save("s1", RunNote(title="hills"))
    notes.save("s1", RunNote(title="hills", note="windy"))
    assert notes.of("s1") == RunNote(title="hills", note="windy")
