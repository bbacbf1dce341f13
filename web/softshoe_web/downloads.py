"""A run's files as answers: streamed, a few at once, named, and harmless when they are shown."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from http import HTTPStatus
from itertools import chain

from flask import Response, request

from softshoe.errors import InputError
from softshoe.events import Session
from softshoe.export.files import FORMATS, File, FilesOfRun, Format, files_of
from softshoe.export.spans import focus_windows
from softshoe.export.stored import stored_steps
from softshoe.export.zipped import in_blocks, zipped
from softshoe.roles import RunsReader
from softshoe.store.practice import Practice
from softshoe_web.live import without_name
from softshoe_web.problems import Problem
from softshoe_web.stream import Seats

AT_ONCE = 3
AT_ONCE_PER_ADDRESS = 2
NO_FIT = "This machine cannot write FIT: install it with pip install 'softshoe[fit]'."
BUSY = "Other runs are being taken home."
_POLICY = (
    "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action {}; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def page_policy(page: str, *, forms: bool) -> str:
    """The content security policy of a page without scripts: its own style, and perhaps forms."""
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style[1].encode() if style else b"").digest()).decode()
    return _POLICY.format(digest, "'self'" if forms else "'none'")


def known_formats() -> tuple[Format, ...]:
    """Those that this machine can write."""
    return tuple(format for format in FORMATS if _maker(format))


def _maker(format: Format) -> FilesOfRun | None:
    try:
        return files_of(format)
    except InputError:
        return None


class Downloads:
    """Answers with files; each holds one of the server's threads, so there are only a few."""

    def __init__(self, runs: RunsReader, practice: Practice) -> None:
        self._runs = runs
        self._practice = practice
        self._seats = Seats(AT_ONCE, AT_ONCE_PER_ADDRESS)

    def answer(self, session: Session, format: Format) -> Response:
        """The run in that format. Problem or StoreError when it cannot be begun."""
        make_files = _maker(format)
        if make_files is None:
            raise Problem(HTTPStatus.NOT_IMPLEMENTED, NO_FIT)
        steps = stored_steps(self._runs, session.session)
        windows = focus_windows(self._practice.of_session(session.session))
        file = _as_one(make_files(without_name(session), steps, windows), session, format)
        if request.method == "HEAD":
            return _response(file, iter(()))
        return self._seated(file)

    def _seated(self, file: File) -> Response:
        address = request.environ.get("REMOTE_ADDR", "")
        if not self._seats.take(address):
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        try:
            response = _response(file, _begun(file.chunks))
        except BaseException:
            self._seats.leave(address)
            raise
        response.call_on_close(lambda: self._seats.leave(address))
        return response


def _as_one(files: Iterator[File], session: Session, format: Format) -> File:
    """A table and what it rests on go together."""
    if format == "csv":
        return File(f"{session.session}.csv.zip", "application/zip", zipped(files))
    file = next(files)
    return File(file.name, file.media_type, in_blocks(file.chunks))


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The first bytes are made at once, so that what goes wrong there is still a proper error."""
    first = next(chunks, b"")
    return chain((first,), chunks)


def _response(file: File, chunks: Iterator[bytes]) -> Response:
    """A page is shown, everything else is saved."""
    response = Response(chunks)
    response.content_type = file.media_type
    if file.media_type.startswith("text/html"):
        page = response.get_data(as_text=True)
        response.headers["Content-Security-Policy"] = page_policy(page, forms=False)
    else:
        disposition = f'attachment; filename="softshoe-{file.name}"'
        response.headers["Content-Disposition"] = disposition
    return response
