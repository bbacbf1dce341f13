"""What a coach wishes from afar, with what is remembered of whoever runs."""

import logging
from pathlib import Path

from msgspec.structs import replace

from softshoe.coaching import FocusOn, History
from softshoe.errors import StoreError
from softshoe.events import Wish
from softshoe.people import GUEST
from softshoe.store.practice import Practice
from softshoe.store.queries import Runs
from softshoe.wishes import Wishes

_log = logging.getLogger(__name__)


class CoachWishes:
    """The same door as the page's; a coach does not know the runner's history, the store does."""

    def __init__(self, wishes: Wishes, path: Path) -> None:
        self._wishes = wishes
        self._runs = Runs(path)
        self._practice = Practice(path)

    def put(self, wish: Wish) -> bool:
        """False when there is no room for it."""
        if isinstance(wish, FocusOn):
            wish = replace(wish, history=self._history())
        return self._wishes.put(wish)

    def _history(self) -> History:
        """Of who runs now: guests are many people."""
        try:
            open_now = self._runs.open_sessions()
            runner = open_now[0].runner if open_now else GUEST
            return History() if runner == GUEST else self._practice.history(runner)
        except StoreError as error:
            _log.warning("a runner's history cannot be read: %s", error)
            return History()
