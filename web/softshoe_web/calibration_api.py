"""The API of the page's calibration wizard."""

from http import HTTPStatus

import msgspec
from flask import Blueprint, Response
from msgspec import Struct

from softshoe.calibrating.progress import NotNow, Progress, Setup
from softshoe.calibrating.wizard import Order
from softshoe.calibrator import Calibrator
from softshoe.errors import InputError
from softshoe_web.access import allowed
from softshoe_web.bodies import takes
from softshoe_web.problems import problem_response


class OrderBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What the wizard is to do."""

    order: Order


class KeepBody(Struct, frozen=True, forbid_unknown_fields=True):
    """``anyway``: even if a check failed."""

    anyway: bool = False


def calibration_api(calibrator: Calibrator) -> Blueprint:
    """Every answer but an error is the progress after what was asked for."""
    api = Blueprint("calibration", __name__, url_prefix="/api/v1/calibration")

    @api.get("")
    @allowed("admin", gives=Progress)
    def progress() -> Response:
        """How the calibration stands."""
        return _answer(calibrator)

    @api.post("/start")
    @allowed("admin", gives=Progress)
    @takes(Setup)
    def start(setup: Setup) -> Response:
        """Begin one."""
        calibrator.begin(setup)
        return _answer(calibrator)

    @api.post("/order")
    @allowed("admin", gives=Progress)
    @takes(OrderBody)
    def order(body: OrderBody) -> Response:
        """Start it, do a task again, or stop."""
        calibrator.obey(body.order)
        return _answer(calibrator)

    @api.post("/keep")
    @allowed("admin", gives=Progress)
    @takes(KeepBody)
    def keep(body: KeepBody) -> Response:
        """Keep what was found."""
        calibrator.keep(anyway=body.anyway)
        return _answer(calibrator)

    @api.errorhandler(NotNow)
    def not_now(error: NotNow) -> Response:
        return problem_response(HTTPStatus.CONFLICT, _sentence(error))

    @api.errorhandler(InputError)
    def cannot(error: InputError) -> Response:
        return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, _sentence(error))

    return api


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _answer(calibrator: Calibrator) -> Response:
    return Response(msgspec.json.encode(calibrator.progress), mimetype="application/json")
