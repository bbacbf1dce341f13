"""Where a screen says that it has shown a coach's message. It need not be paired."""

from http import HTTPStatus
from typing import Annotated

from flask import Blueprint, Response
from msgspec import Meta, Struct

from softshoe_web.access import allowed
from softshoe_web.answers import empty
from softshoe_web.bodies import takes
from softshoe_web.notices import Notices
from softshoe_web.problems import Problem

NO_MESSAGE = "No such message waits to be shown."

Nonce = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="the nonce that came with the message")
]


class ShownBody(Struct, frozen=True, forbid_unknown_fields=True):
    """By what the screen knows that the message was sent to it."""

    nonce: Nonce


def notices_api(notices: Notices) -> Blueprint:
    api = Blueprint("notices", __name__, url_prefix="/api/v1/message")

    @api.post("/<message>/shown")
    @allowed("anyone")
    @takes(ShownBody)
    def shown(asked: ShownBody, message: str) -> Response:
        """The coach is answered that it was shown; once for each message."""
        if not notices.confirm(message, asked.nonce):
            raise Problem(HTTPStatus.NOT_FOUND, NO_MESSAGE)
        return empty()

    return api
