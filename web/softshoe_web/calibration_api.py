"""The API of the page's calibration wizard: the only routes under which something changes."""

from http import HTTPStatus
from typing import TypeVar

import msgspec
from flask import Blueprint, Response, request
from msgspec import Struct

from softshoe.calibrating.wizard import Order
from softshoe.calibrator import Calibrator, NotNow, Wish
from softshoe.errors import InputError
from softshoe_web.problems import Problem, problem_response

Body = TypeVar("Body", bound=Struct)


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
    def progress() -> Response:
        return _answer(calibrator)

    @api.post("/start")
    def start() -> Response:
        calibrator.begin(_body(Wish))
        return _answer(calibrator)

    @api.post("/order")
    def order() -> Response:
        calibrator.obey(_body(OrderBody).order)
        return _answer(calibrator)

    @api.post("/keep")
    def keep() -> Response:
        calibrator.keep(anyway=_body(KeepBody).anyway)
        return _answer(calibrator)

    @api.errorhandler(NotNow)
    def not_now(error: NotNow) -> Response:
        return problem_response(HTTPStatus.CONFLICT, _sentence(error))

    @api.errorhandler(InputError)
    def cannot(error: InputError) -> Response:
        return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, _sentence(error))

    return api


def _body(kind: type[Body]) -> Body:
    """What was sent. Problem, in words that do not repeat it, when that makes no sense."""
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        fields = ", ".join(kind.__struct_fields__)
        known = f"The body must be a JSON object with some of: {fields}; see web/README.md."
        raise Problem(HTTPStatus.BAD_REQUEST, known) from None


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _answer(calibrator: Calibrator) -> Response:
    return Response(msgspec.json.encode(calibrator.progress), mimetype="application/json")
