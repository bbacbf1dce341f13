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
        """For two seconds there were more quarters with mostly bad frames than with good ones.

        Not by the frames themselves: one burst of noise holds more than two seconds of samples.
        """
        self._buckets: deque[list[float]] = deque()
        """When each began, and how many more of its frames were bad than good."""

    def feed(self, good: int, bad: int, now_s: float) -> None:
        self.bad += bad
        if not self._buckets or now_s - self._buckets[-1][0] >= _BUCKET_S:
            self._buckets.append([now_s, 0])
        self._buckets[-1][1] += bad - good
        while now_s - self._buckets[0][0] > _WINDOW_S + _BUCKET_S:
            self._buckets.popleft()
        mostly_bad = sum((surplus > 0) - (surplus < 0) for _, surplus in self._buckets) > 0
        self.is_poor = mostly_bad and now_s - self._buckets[0][0] >= _WINDOW_S
