"""Whether a link is too bad to listen to."""

from collections import deque

_WINDOW_S = 2.0
_BUCKET_S = 0.25


class LinkQuality:
    """Counts good and bad frames. Fed by one thread; what it says may be read by any."""

    def __init__(self) -> None:
        self.bad = 0
        """Of all time."""
        self.is_poor = False
        """More than half was bad for two seconds."""
        self._buckets: deque[list[float]] = deque()
        """When each began, its good frames, its bad ones."""

    def feed(self, good: int, bad: int, now_s: float) -> None:
        self.bad += bad
        if not self._buckets or now_s - self._buckets[-1][0] >= _BUCKET_S:
            self._buckets.append([now_s, 0, 0])
        self._buckets[-1][1] += good
        self._buckets[-1][2] += bad
        while now_s - self._buckets[0][0] > _WINDOW_S + _BUCKET_S:
            self._buckets.popleft()
        self.is_poor = now_s - self._buckets[0][0] >= _WINDOW_S and self._mostly_bad

    @property
    def _mostly_bad(self) -> bool:
        return sum(bad for _, _, bad in self._buckets) > sum(good for _, good, _ in self._buckets)
