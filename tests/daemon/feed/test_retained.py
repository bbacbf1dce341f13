"""Retained topics: the newest, when it has changed, and the state once a second at most."""

from softshoe.events import Health, LiveState, SourceHealth
from softshoe.feed.contract import HEALTH, STATE
from softshoe.feed.retained import EVERY_S, RetainedTopic


def a_state(steps: int) -> LiveState:
    return LiveState(session="s1", steps=steps)


def a_health(**changes: object) -> Health:
    values = {"name": "deck", "state": "live", "nominal_rate_hz": 1000.0} | changes
    return Health(sources=(SourceHealth(**values),))  # type: ignore[arg-type]


def test_the_newest_state_is_sent_once_a_second() -> None:
    topic = RetainedTopic(STATE, EVERY_S)
    assert topic.due(0.0) is None
    topic.keep(a_state(1))
    assert topic.due(10.0) == a_state(1)
    topic.keep(a_state(2))
    topic.keep(a_state(3))
    assert topic.due(10.9) is None
    assert topic.due(11.0) == a_state(3)


def test_what_has_not_changed_is_not_sent_again() -> None:
    topic = RetainedTopic(STATE, EVERY_S)
    topic.keep(a_state(1))
    assert topic.due(1.0)
    topic.keep(a_state(1))
    assert topic.due(5.0) is None
    topic.forget_sent()
    assert topic.due(5.0) == a_state(1)


def test_health_is_sent_when_a_state_changes_not_when_a_number_does() -> None:
    topic = RetainedTopic(HEALTH)
    topic.keep(a_health(rate_hz=999.0))
    assert topic.due(1.0)
    topic.keep(a_health(rate_hz=998.7, last_seen_s=3.0, jitter_ms=0.4))
    assert topic.due(2.0) is None
    topic.keep(a_health(rate_hz=998.7, state="lost"))
    assert topic.due(3.0)
    topic.keep(Health(sources=a_health(state="lost").sources, broker="connected"))
    assert topic.due(4.0)
