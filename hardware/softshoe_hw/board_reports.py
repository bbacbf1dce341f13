"""How the board of each place is, in the words of the health page."""

from collections.abc import Iterable

from msgspec.structs import replace

from softshoe.events import BoardReport
from softshoe.watch import LOST_S
from softshoe_hw.seats import Seat
from softshoe_hw.talk import Talk

POOR = "more than half of what arrives is damaged: check the cable and the baud rate"
_SILENT = "it fell silent: check its power and its cable"
_COUNTS_EVERY_S = 1.0
_LONGEST = 240


def report_on(seat: Seat, about_ports: Iterable[str], now_s: float) -> BoardReport:
    """``about_ports``: why what is plugged in cannot be used."""
    talk, question = seat.talk, seat.question
    blank = BoardReport(stream=seat.board.role, t_s=now_s, board=seat.board.id or None)
    if question:
        return replace(blank, state="broken", why=question)
    if talk is None:
        return _vacant(seat, blank, about_ports)
    why = talk.trouble or (POOR if talk.quality.is_poor else None)
    if why is None and talk.sampling and now_s - talk.heard_s > LOST_S:
        return replace(_filled(talk, blank), state="lost", why=_SILENT)
    return replace(_filled(talk, blank), state="broken" if why else "live", why=why)


def _vacant(seat: Seat, blank: BoardReport, about_ports: Iterable[str]) -> BoardReport:
    gone = seat.gone or _missing(seat)
    why = "; ".join(dict.fromkeys((gone, *about_ports)))
    return replace(blank, state="lost" if seat.gone else "waiting", why=why[:_LONGEST])


def _missing(seat: Seat) -> str:
    board = seat.board
    if board.port:
        return f"no board at {board.port}"
    return f"no board {board.id}" if board.id else f"no board says that it is {board.role}"


def _filled(talk: Talk, blank: BoardReport) -> BoardReport:
    watch = talk.sampling.watch if talk.sampling else None
    return replace(
        blank,
        board=talk.hello.id if talk.hello else blank.board,
        bad_frames=talk.quality.bad,
        overruns=talk.status.overruns,
        battery_mv=talk.status.battery_mv,
        saturated=watch.saturated if watch else (),
        stuck=watch.stuck if watch else (),
    )


class Reporter:
    """Tells a report when it is news: a state at once, counts once a second."""

    def __init__(self) -> None:
        self._told: dict[str, BoardReport] = {}

    def is_news(self, report: BoardReport) -> bool:
        told = self._told.get(report.stream)
        if told and not self._differs(report, told):
            return False
        self._told[report.stream] = report
        return True

    def _differs(self, report: BoardReport, told: BoardReport) -> bool:
        if (report.board, report.state, report.why) != (told.board, told.state, told.why):
            return True
        waited = report.t_s - told.t_s >= _COUNTS_EVERY_S
        return waited and replace(report, t_s=told.t_s) != told
