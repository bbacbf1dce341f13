"""Letting tablets in by a code, listing them, and sending them away again."""

from http import HTTPStatus
from typing import Annotated

from flask import Blueprint, Response, request
from msgspec import Meta, Struct

from softshoe.people import Code, Name, Pin, Scope, Tablet
from softshoe.store.tablets import CODE_S
from softshoe_web.access import allowed
from softshoe_web.answers import empty, json
from softshoe_web.bodies import takes
from softshoe_web.door import COOKIE, Door
from softshoe_web.problems import Problem

COOKIE_S = 400 * 24 * 3600  # the longest that browsers keep one
WRONG_CODE = "This code is wrong or too old: softshoe pair shows a new one."
WRONG_PIN = "This is not the machine's PIN."
NO_PIN = "There is no PIN yet: type softshoe pair on the treadmill's computer."
NO_TABLET = "There is no such tablet."


class Pairing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code that was shown, and what this screen is to be called."""

    code: Code
    name: Name = "tablet"


class CodeFor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The machine's PIN, and what the next tablet may do."""

    pin: Pin
    scope: Annotated[Scope, Meta(description="view, runner, coach or admin")] = "runner"


class NewCode(Struct, frozen=True, kw_only=True):
    """A code for one tablet; the one before is worth nothing any more."""

    code: str
    scope: Scope
    valid_s: float


class Tablets(Struct, frozen=True):
    """Paired tablets, oldest first."""

    tablets: tuple[Tablet, ...]


def tablets_api(door: Door) -> Blueprint:
    api = Blueprint("tablets", __name__, url_prefix="/api/v1")
    tablets = door.people.tablets

    @api.post("/pair")
    @allowed("anyone", gives=Tablet)
    @takes(Pairing)
    def pair(asked: Pairing) -> Response:
        """This screen is a paired tablet from now on, by the cookie that it is given."""
        if not tablets.awaits_one:  # and no try is counted: nobody can use them up beforehand
            raise Problem(HTTPStatus.FORBIDDEN, WRONG_CODE)
        counted = door.codes.count()
        redeemed = tablets.redeem(asked.code, asked.name)
        if redeemed is None:
            raise Problem(HTTPStatus.FORBIDDEN, WRONG_CODE)
        door.codes.forgive(counted)
        token, tablet = redeemed
        return _with_token(json(tablet), token)

    @api.post("/codes")
    @allowed("admin", gives=NewCode)
    @takes(CodeFor)
    def code(asked: CodeFor) -> Response:
        """A new code, to be typed on the next tablet within ten minutes."""
        if not tablets.has_pin:
            raise Problem(HTTPStatus.CONFLICT, NO_PIN)
        counted = door.pins.count()
        if not tablets.is_pin(asked.pin):
            raise Problem(HTTPStatus.FORBIDDEN, WRONG_PIN)
        door.pins.forgive(counted)
        new = tablets.new_code(asked.scope)
        return json(NewCode(code=new, scope=asked.scope, valid_s=CODE_S))

    @api.get("/tablets")
    @allowed("admin", gives=Tablets)
    def listed() -> Response:
        """Every tablet that was paired."""
        return json(Tablets(tuple(tablets.all())))

    @api.delete("/tablets/<tablet>")
    @allowed("admin")
    def revoke(tablet: str) -> Response:
        """Its token is worth nothing from now on."""
        if not tablets.revoke(tablet):
            raise Problem(HTTPStatus.NOT_FOUND, NO_TABLET)
        door.log_out(tablet)
        return empty()

    return api


def _with_token(answer: Response, token: str) -> Response:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_S,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return answer
