"""Changing a run: claiming and naming it, erasing it; starting and stopping; the belt."""

from http import HTTPStatus
from typing import Annotated, Literal

from flask import Blueprint, Response
from msgspec import UNSET, Meta, Struct, UnsetType

from softshoe.events import Belt, Command
from softshoe.people import GUEST, Note, RunNote, Title
from softshoe.roles import RunsReader
from softshoe.store.guests import can_be_claimed
from softshoe_web.access import allowed
from softshoe_web.answers import empty, json
from softshoe_web.bodies import Nothing, changed, takes
from softshoe_web.door import NO_RUN, Door
from softshoe_web.problems import Problem

MEASURED = "The belt's speed is measured here."
TOO_LATE = "This run is over for too long: a run can be claimed for 15 minutes."


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Title and note of a run; what is left out stays, and null takes it away."""

    title: Title | UnsetType | None = UNSET
    note: Note | UnsetType | None = UNSET


class RunOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to happen with the run: it ends, the next may begin, or a lap is marked."""

    do: Annotated[Literal["start", "stop", "lap"], Meta(description="start, stop or lap")]


class BeltStated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The belt as somebody reads it off the treadmill; a slope that is left out stays."""

    belt_m_s: Annotated[float, Meta(ge=0, le=10, description="0 to 10 m/s, or null")] | None
    slope_deg: Annotated[float, Meta(ge=-20, le=20, description="-20 to 20 degrees")] | None = None


def changes_api(door: Door, runs: RunsReader) -> Blueprint:
    api = Blueprint("changes", __name__, url_prefix="/api/v1")
    notes = door.people.notes

    @api.post("/sessions/<session:session>/claim")
    @allowed("runner")
    @takes(Nothing)
    def claim(_: Nothing, session: str) -> Response:
        """Make a guest's run, which goes on or has just ended, that of who is logged in."""
        runner, found = door.runner(), runs.session(session)
        if found is None or found.runner not in (GUEST, runner.runner):
            raise Problem(HTTPStatus.NOT_FOUND, NO_RUN)
        if found.runner == GUEST and not can_be_claimed(found, door.clock):
            raise Problem(HTTPStatus.CONFLICT, TOO_LATE)
        door.people.give(session, runner.runner, runner.alias)
        return empty()

    @api.get("/sessions/<session:session>/note")
    @allowed("runner", gives=RunNote)
    def note(session: str) -> Response:
        """What the runner wrote about a run."""
        return json(notes.of(door.seen(session).session))

    @api.patch("/sessions/<session:session>")
    @allowed("runner", gives=RunNote)
    @takes(Words)
    def write(asked: Words, session: str) -> Response:
        """Title and note of a run."""
        found = door.changeable(session).session
        now = changed(notes.of(found), asked)
        notes.save(found, now)
        return json(now)

    @api.delete("/sessions/<session:session>")
    @allowed("runner")
    def erase(session: str) -> Response:
        """Erase a run, also one that goes on: the next step is another run's."""
        door.erase_run(door.changeable(session))
        return empty()

    @api.post("/run")
    @allowed("runner")
    @takes(RunOrder)
    def run(asked: RunOrder) -> Response:
        """As the button on the machine does."""
        door.wish(Command(0.0, asked.do))
        return empty()

    @api.put("/belt")
    @allowed("runner")
    @takes(BeltStated)
    def belt(asked: BeltStated) -> Response:
        """State the belt's speed and slope, where no sensor measures them."""
        if door.belt_is_measured:
            raise Problem(HTTPStatus.CONFLICT, MEASURED)
        door.wish(Belt(0.0, asked.belt_m_s, asked.slope_deg))
        return empty()

    return api
