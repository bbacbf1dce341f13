"""Publish and subscribe between the pipeline's thread and one thread per sink.

Every queue is bounded and has one rule: when it is full the oldest event goes, and is counted.
"""

import threading
from collections import deque

from msgspec import Struct

from softshoe.events import Event


class Published(Struct, frozen=True):
    """An event and when it left the pipeline, in seconds of the process's monotonic clock."""

    monotonic_s: float
    event: Event


class Subscription:
    """One subscriber's bounded queue. `take` is called by one thread only."""

    def __init__(self, name: str, types: tuple[type, ...], bound: int) -> None:
        self.name = name
        self.types = types
        self.bound = bound
        self.dropped = 0
        self._events: deque[Published] = deque()
        self._ready = threading.Condition()

    def put(self, published: Published) -> None:
        with self._ready:
            if len(self._events) >= self.bound:
                self._events.popleft()
                self.dropped += 1
            self._events.append(published)
            self._ready.notify()

    def take(self, timeout_s: float) -> list[Published]:
        """Everything that waits, oldest first; empty after ``timeout_s`` without an event."""
        with self._ready:
            if not self._events:
                self._ready.wait(timeout_s)
            events = list(self._events)
            self._events.clear()
            return events

    @property
    def depth(self) -> int:
        return len(self._events)

    def waited_s(self, monotonic_s: float) -> float:
        """How long the oldest event has been waiting: a loop that hangs shows here."""
        with self._ready:
            return monotonic_s - self._events[0].monotonic_s if self._events else 0.0


class Hub:
    """Hands each event to every subscription that asked for its type."""

    def __init__(self) -> None:
        self._subscriptions: list[Subscription] = []
        self._lock = threading.Lock()

    def subscribe(self, name: str, types: tuple[type, ...], bound: int) -> Subscription:
        subscription = Subscription(name, types, bound)
        with self._lock:
            self._subscriptions = [*self._subscriptions, subscription]
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        with self._lock:
            self._subscriptions = [s for s in self._subscriptions if s is not subscription]

    def publish(self, event: Event, monotonic_s: float) -> None:
        published = Published(monotonic_s, event)
        for subscription in self._subscriptions:
            if isinstance(event, subscription.types):
                subscription.put(published)

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        return tuple(self._subscriptions)
