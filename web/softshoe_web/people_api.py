"""Runners at this machine: logging in and out, what they choose, taking everything along, going."""

from http import HTTPStatus
from typing import Annotated

from flask import Blueprint, Response
from msgspec import UNSET, Meta, Struct, UnsetType

from softshoe.people import Name, Pin, Runner, Scope, Units
from softshoe.roles import RunsReader
from softshoe_web.access import allowed
from softshoe_web.answers import empty, json
from softshoe_web.bodies import Nothing, changed, takes
from softshoe_web.door import Door
from softshoe_web.everything import everything_of
from softshoe_web.problems import Problem

TAKEN = "Somebody here has this name: choose another."
WRONG = "The name and the PIN do not belong together."
NOBODY_ASKED = "Nobody is asked: log in."


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A runner's name and PIN."""

    name: Name
    pin: Pin


class Choices(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a runner chooses anew; what is left out stays."""

    alias: Name | UnsetType | None = UNSET
    units: Annotated[Units, Meta(description="metric or imperial")] | UnsetType = UNSET
    coach: Annotated[bool, Meta(description="true: coaches may see my runs")] | UnsetType = UNSET


class Profile(Struct, frozen=True, kw_only=True):
    """A runner as they see themself."""

    name: str
    alias: str | None
    units: Units
    coach: bool


class Me(Struct, frozen=True, kw_only=True):
    """Who this screen is and who is logged in on it."""

    scopes: tuple[Scope, ...]
    tablet: str | None
    """The name under which it was paired."""
    runner: Profile | None
    still: str | None
    """Somebody of another weight runs: the name of the runner who may say that it is still them."""


class Names(Struct, frozen=True):
    """Runners by name."""

    names: tuple[str, ...]


def people_api(door: Door, runs: RunsReader) -> Blueprint:
    """Every answer but an error, a list and an export is who is asking now."""
    api = Blueprint("people", __name__, url_prefix="/api/v1")
    runners, logins = door.people.runners, door.logins

    @api.get("/me")
    @allowed("anyone", gives=Me)
    def me() -> Response:
        """Who this screen is and who is logged in on it."""
        return json(_me(door))

    @api.get("/runners")
    @allowed("runner", gives=Names)
    def names() -> Response:
        """The names of those who have a PIN at this machine."""
        return json(Names(tuple(runner.name for runner in runners.all())))

    @api.get("/coach/runners")
    @allowed("coach", gives=Names)
    def coached() -> Response:
        """The names of those who let coaches see their runs."""
        return json(Names(tuple(runner.name for runner in runners.of_coach())))

    @api.post("/runners")
    @allowed("runner", gives=Me)
    @takes(Credentials)
    def join(asked: Credentials) -> Response:
        """A new runner, who is logged in at once."""
        runner = runners.add(asked.name, asked.pin)
        if runner is None:
            raise Problem(HTTPStatus.CONFLICT, TAKEN)
        return _logged_in(door, runner)

    @api.post("/login")
    @allowed("runner", gives=Me)
    @takes(Credentials)
    def log_in(asked: Credentials) -> Response:
        """The run that goes on, if it is a guest's, and the next one are the runner's."""
        counted = door.pins.count()
        runner = runners.with_pin(asked.name, asked.pin)
        if runner is None:
            raise Problem(HTTPStatus.FORBIDDEN, WRONG)
        door.pins.forgive(counted)
        return _logged_in(door, runner)

    @api.post("/logout")
    @allowed("runner", gives=Me)
    @takes(Nothing)
    def log_out(_: Nothing) -> Response:
        """Whoever comes next is a guest."""
        door.log_out()
        return json(_me(door))

    @api.post("/still-me")
    @allowed("runner", gives=Me)
    @takes(Nothing)
    def still_me(_: Nothing) -> Response:
        """The answer to "still you?", for a minute after somebody of another weight began."""
        runner = logins.asked_on(door.tablet())
        if runner is None:
            raise Problem(HTTPStatus.CONFLICT, NOBODY_ASKED)
        return _logged_in(door, runner)

    @api.get("/runners/me")
    @allowed("runner", gives=Profile)
    def mine() -> Response:
        """What the runner who is logged in has chosen."""
        return json(_profile(door.runner()))

    @api.patch("/runners/me")
    @allowed("runner", gives=Profile)
    @takes(Choices)
    def choose(asked: Choices) -> Response:
        """Choose anew; runs that are over keep the alias that they had."""
        runner = changed(door.runner(), asked)
        runners.save(runner)
        door.change(runner)
        return json(_profile(runner))

    @api.delete("/runners/me")
    @allowed("runner")
    def go() -> Response:
        """Erase the runner who is logged in, with everything that is kept of them."""
        door.erase(door.runner())
        return empty()

    @api.get("/runners/me/export")
    @allowed("runner", gives="application/json")
    def export() -> Response:
        """Everything that is kept of the runner who is logged in."""
        runner = door.runner()
        answer = Response(everything_of(runner, door.people, runs))
        answer.content_type = "application/json"
        answer.headers["Content-Disposition"] = 'attachment; filename="softshoe.json"'
        return answer

    return api


def _logged_in(door: Door, runner: Runner) -> Response:
    door.log_in(runner)
    return json(_me(door))


def _me(door: Door) -> Me:
    asking = door.asking()
    still = door.logins.asked_on(asking.at) if asking.at else None
    return Me(
        scopes=tuple(sorted(asking.grants)),
        tablet=asking.tablet.name if asking.tablet else None,
        runner=_profile(asking.runner) if asking.runner else None,
        still=still.name if still else None,
    )


def _profile(runner: Runner) -> Profile:
    return Profile(name=runner.name, alias=runner.alias, units=runner.units, coach=runner.coach)
