"""What was decided about sessions after, or while, the pipeline tells of them.

The pipeline's own words may wait for the disk: they follow a decision that was made meanwhile.
"""

from msgspec.structs import replace

from softshoe.calibrations import Calibration
from softshoe.coaching import Practised
from softshoe.events import Session, Step
from softshoe.people import GUEST


class Amendments:
    """Of this life of the store: which sessions are somebody's, and what is erased."""

    def __init__(self) -> None:
        self._owners: dict[str, tuple[str, str | None]] = {}
        self._erased: set[str] = set()

    def give(self, session: str, runner: str, alias: str | None) -> None:
        self._owners[session] = (runner, alias)

    def erase(self, names: set[str]) -> None:
        """Of sessions and of runners."""
        self._erased |= names

    def amend(
        self, event: Step | Session | Calibration | Practised
    ) -> Step | Session | Calibration | Practised | None:
        """The event as it stands now; None when it is gone."""
        if isinstance(event, Session):
            if event.runner in self._erased:
                self._erased.add(event.session)
            if event.runner == GUEST and event.session in self._owners:
                runner, alias = self._owners[event.session]
                event = replace(event, runner=runner, alias=alias)
        if not isinstance(event, Calibration) and event.session in self._erased:
            return None
        return event
