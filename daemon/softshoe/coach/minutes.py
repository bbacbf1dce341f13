"""The seconds of the windows: how many were on target, and the current minute one by one."""

from math import floor

from softshoe.coaching import Second

MINUTE_S = 60


class Minutes:
    """Counts seconds of running inside the windows."""

    def __init__(self) -> None:
        self.done_s = 0.0
        self.on_target_s = 0.0
        self.counted_s = 0.0
        self._minute: list[Second] = []
        self._window_s = 0.0

    def open_window(self) -> None:
        """A new window begins with a new minute."""
        self._minute = []
        self._window_s = 0.0

    def pass_time(self, running_s: float, second: Second) -> None:
        """Time went on in the window, and all of it was ``second``."""
        self.done_s += running_s
        self.counted_s += running_s * (second != "not_counted")
        self.on_target_s += running_s * (second == "inside")
        whole = floor(self._window_s + running_s) - floor(self._window_s)
        self._window_s += running_s
        for _ in range(whole):
            if len(self._minute) == MINUTE_S:
                self._minute = []
            self._minute.append(second)

    @property
    def minute(self) -> tuple[Second, ...]:
        """60 seconds; those that have not been yet are to come."""
        coming: list[Second] = ["to_come"] * (MINUTE_S - len(self._minute))
        return (*self._minute, *coming)
