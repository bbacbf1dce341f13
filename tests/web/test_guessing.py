"""Codes and PINs cannot be guessed: few tries, for everybody at once, on a clock in the hand."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from tests.daemon.examples import HandClock

from softshoe.store.tablets import CODE_S
from softshoe_web.problems import Problem
from softshoe_web.throttle import FREE, Throttle

from .gym import PIN, Gym, gym


@pytest.fixture
def lan() -> Iterator[Gym]:
    with gym() as opened:
        yield opened


def tries_in(seconds: int) -> int:
    """How many an attacker gets who tries once a second."""
    clock = HandClock()
    throttle, made = Throttle(clock.monotonic_s), 0
    for _ in range(seconds):
        with suppress(Problem):
            throttle.count()
            made += 1
        clock.wait(1.0)
    return made


def test_a_code_is_out_of_date_before_it_is_guessed() -> None:
    """Some eight of a million, and then the next code."""
    assert FREE <= tries_in(int(CODE_S)) <= 8


def test_a_pin_takes_weeks() -> None:
    """A hundred a day, of ten thousand at least."""
    assert tries_in(24 * 3600) <= 110


def test_no_minute_has_more_than_five() -> None:
    clock = HandClock()
    throttle, made = Throttle(clock.monotonic_s), list[float]()
    for _ in range(7200):
        with suppress(Problem):
            made.append(throttle.count())
        clock.wait(1.0)
    for start in made:
        assert sum(start <= each < start + 60 for each in made) <= FREE


def test_waits_grow_and_end() -> None:
    clock = HandClock()
    throttle = Throttle(clock.monotonic_s)
    for _ in range(FREE):
        throttle.count()
    waits = []
    for _ in range(7):
        with pytest.raises(Problem) as refused:
            throttle.count()
        waits.append(refused.value.retry_s)
        clock.wait(float(refused.value.retry_s or 0))
        throttle.count()
    assert waits == [60, 120, 240, 480, 900, 900, 900]
    clock.wait(25 * 3600)
    for _ in range(FREE):
        throttle.count()


def test_who_is_right_is_not_held_up() -> None:
    clock = HandClock()
    throttle = Throttle(clock.monotonic_s)
    for _ in range(100):
        throttle.forgive(throttle.count())
    wrong = [throttle.count() for _ in range(FREE)]
    with pytest.raises(Problem):
        throttle.count()
    throttle.forgive(wrong[0])
    throttle.count()


def test_many_codes_are_refused_unseen_also_the_right_one(lan: Gym) -> None:
    code = lan.people.tablets.new_code("admin")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    attackers = [lan.screen() for _ in range(FREE)]
    assert {each.post("pair", {"code": wrong})[0] for each in attackers} == {403}
    status, fields, _ = lan.stage.ask(
        "/api/v1/pair",
        "POST",
        f'{{"code": "{code}"}}'.encode(),
        Content_Type="application/json",
        Origin=f"http://127.0.0.1:{lan.stage.port}",
    )
    assert (status, fields["retry-after"]) == (429, "60")
    lan.clock.wait(61.0)
    assert lan.screen().post("pair", {"code": code})[0] == 200


def test_nobody_uses_up_tries_before_there_is_a_code(lan: Gym) -> None:
    answers = {lan.screen().post("pair", {"code": "123456"})[0] for _ in range(3 * FREE)}
    assert answers == {403}
    code = lan.people.tablets.new_code("view")
    assert lan.screen().post("pair", {"code": code})[0] == 200


def test_pins_count_apart_from_codes_and_for_all_tablets_together(lan: Gym) -> None:
    first, second = lan.tablet("runner"), lan.tablet("runner")
    first.join("Anna")
    for number in range(FREE):
        pin = f"{number:04}"
        assert second.post("login", {"name": "Anna", "pin": pin})[0] == 403
    assert first.post("login", {"name": "Anna", "pin": PIN})[0] == 429
    code = lan.people.tablets.new_code("view")
    assert lan.screen().post("pair", {"code": code})[0] == 200
    lan.clock.wait(61.0)
    first.log_in("Anna")


def test_the_machines_pin_is_guessed_no_more_easily(lan: Gym) -> None:
    lan.people.tablets.set_pin(PIN)
    admin = lan.tablet("admin")
    answers = [admin.post("codes", {"pin": f"{number:04}"})[0] for number in range(FREE + 1)]
    assert answers == [403] * FREE + [429]
