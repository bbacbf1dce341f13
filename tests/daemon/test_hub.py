"""Who asked for a type gets it; a queue that is full loses its oldest event and counts it."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from softshoe.events import LiveState, Tick
from softshoe.hub import Hub


def taken(subscription):
    return [published.event for published in subscription.take(0)]


def test_a_subscriber_gets_the_types_it_asked_for_in_order():
    hub = Hub()
    ticks, both = hub.subscribe("t", (Tick,), 9), hub.subscribe("b", (Tick, LiveState), 9)
    for event in (Tick(1.0), LiveState(), Tick(2.0)):
        hub.publish(event, 5.0)
    assert taken(ticks) == [Tick(1.0), Tick(2.0)]
    assert taken(both) == [Tick(1.0), LiveState(), Tick(2.0)]
    assert taken(ticks) == []


def test_a_subscriber_that_left_gets_nothing_more():
    hub = Hub()
    subscription = hub.subscribe("t", (Tick,), 9)
    hub.unsubscribe(subscription)
    hub.publish(Tick(1.0), 0.0)
    assert taken(subscription) == []
    assert hub.subscriptions == ()


@given(bound=st.integers(1, 20), count=st.integers(0, 60))
def test_a_full_queue_keeps_the_newest_and_counts_the_rest(bound, count):
    hub = Hub()
    subscription = hub.subscribe("t", (Tick,), bound)
    for number in range(count):
        hub.publish(Tick(float(number)), 0.0)
    assert subscription.depth == min(bound, count)
    assert subscription.dropped == max(0, count - bound)
    assert taken(subscription) == [Tick(float(n)) for n in range(max(0, count - bound), count)]


def test_how_long_the_oldest_event_waits():
    hub = Hub()
    subscription = hub.subscribe("t", (Tick,), 9)
    assert subscription.waited_s(100.0) == 0.0
    hub.publish(Tick(0.0), 40.0)
    hub.publish(Tick(0.0), 60.0)
    assert subscription.waited_s(100.0) == 60.0


def test_taking_wakes_when_something_comes():
    hub = Hub()
    subscription = hub.subscribe("t", (Tick,), 9)
    threading.Timer(0.05, hub.publish, (Tick(1.0), 0.0)).start()
    assert [p.event for p in subscription.take(10)] == [Tick(1.0)]
