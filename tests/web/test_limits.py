"""Big, slow, silent and many: none of them stops the page."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from msgspec.json import decode
from msgspec.structs import replace

from softshoe.errors import ConfigError
from softshoe.settings import WebSettings
from softshoe_web import listener

from .runner import footfall
from .stage import HEALTH, Stage, staged

GET_STREAM = b"GET /api/v1/live/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def stream(stage: Stage, address: str = "127.0.0.1") -> Iterator[socket.socket]:
    """An open live stream whose first bytes have been read."""
    where = ("127.0.0.1", stage.port)
    with socket.create_connection(where, timeout=5, source_address=(address, 0)) as link:
        link.sendall(GET_STREAM)
        yield link


def status(link: socket.socket) -> int:
    return int(link.recv(4096).split(b" ", 2)[1])


def until(condition: object, timeout_s: float = 5.0) -> None:
    assert callable(condition)
    for _ in range(int(timeout_s / 0.02)):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("did not happen")


def streams(stage: Stage) -> int:
    return int(decode(stage.ask("/api/v1/health")[2])["streams"])


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x" * 20_000 + "\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: <b>\r\n\r\n", 400),
        ("<script> / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n<script>\r\n\r\n", 400),
    ],
)
def test_what_the_server_itself_refuses_is_a_problem_document_too(
    stage: Stage, head: str, expected: int
) -> None:
    with socket.create_connection(("127.0.0.1", stage.port), timeout=5) as link:
        link.sendall(head.encode())
        answer = b""
        while chunk := link.recv(65_536):
            answer += chunk
    headers, body = answer.split(b"\r\n\r\n", 1)
    assert decode(body)["status"] == expected
    assert b"application/problem+json" in headers
    assert b"Content-Security-Policy: default-src 'none'" in headers
    assert b"script>" not in answer
    assert b"<b>" not in answer


def test_a_body_in_endless_chunks_is_cut_off(stage: Stage) -> None:
    with socket.create_connection(("127.0.0.1", stage.port), timeout=5) as link:
        link.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(5):
            link.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        assert status(link) == 413


def test_streams_are_counted_and_capped_by_address(stage: Stage) -> None:
    with ExitStack() as open_ones:
        for _ in range(4):
            assert status(open_ones.enter_context(stream(stage))) == 200
        assert status(open_ones.enter_context(stream(stage))) == 503
        assert stage.ask("/api/v1/live/stream")[1]["retry-after"] == "5"
        assert status(open_ones.enter_context(stream(stage, "127.0.0.2"))) == 200
        assert streams(stage) == 5
    until(lambda: streams(stage) == 0)


def test_streams_are_capped_in_all_and_pages_go_on(stage: Stage) -> None:
    with ExitStack() as open_ones:
        for number in range(16):
            link = open_ones.enter_context(stream(stage, f"127.0.1.{number // 4 + 1}"))
            assert status(link) == 200
        assert status(open_ones.enter_context(stream(stage, "127.0.1.9"))) == 503
        assert stage.ask("/static/icon.svg")[0] == 200
        assert stage.ask("/api/v1/live")[0] == 200


def test_asking_only_for_a_streams_head_takes_no_seat(stage: Stage) -> None:
    assert stage.ask("/api/v1/live/stream", "HEAD")[0] == 200
    assert streams(stage) == 0


def test_idle_sockets_do_not_keep_anybody_out(stage: Stage) -> None:
    with ExitStack() as idle:
        for _ in range(200):
            link = socket.create_connection(("127.0.0.1", stage.port), timeout=5)
            idle.enter_context(link).sendall(b"GET / HTTP/1.1\r\n")
        assert stage.ask("/api/v1/live")[0] == 200


def test_a_screen_that_never_reads_is_let_go_and_disturbs_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listener, "UNREAD_MS", 1_000)
    with staged() as stage, stream(stage) as lazy:
        assert status(lazy) == 200
        with stream(stage) as reader:
            assert status(reader) == 200
            for number in range(1, 3_000):
                stage.publish(*footfall(number)[:2])
                if number % 50 == 0:
                    time.sleep(0.01)
            last = b'"t_s":1079.'
            until(lambda: last in reader.recv(262_144))
            until(lambda: streams(stage) == 1, 15)


def test_stop_ends_streams_and_blocked_writers_at_once() -> None:
    with staged() as stage, stream(stage) as reader, stream(stage) as lazy:
        assert status(reader) == status(lazy) == 200
        for number in range(1, 2_000):
            stage.publish(footfall(number)[0])
        stage.stop.set()
        stage.thread.join(2)
        assert not stage.thread.is_alive()


def test_a_taken_port_is_said_in_one_line(stage: Stage) -> None:
    settings = WebSettings(port=stage.port)
    with pytest.raises(ConfigError) as refused, staged(settings=settings):
        pass
    assert str(refused.value) == (
        f"[web] cannot listen on 127.0.0.1 port {stage.port}: address already in use; "
        "stop the other program, or set another host or port"
    )


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "x" * 70])
def test_an_address_that_is_not_here_is_said(host: str) -> None:
    settings = WebSettings(host=host, port=0)
    with pytest.raises(ConfigError, match=r"\[web\] cannot listen on"), staged(settings=settings):
        pass


def test_the_page_serves_again_after_it_was_restarted(stage: Stage) -> None:
    stage.publish(replace(HEALTH, disk="full"))
    until(lambda: b'"full"' in stage.ask("/api/v1/health")[2])
    stage.stop.set()
    stage.thread.join(3)
    again = staged(settings=WebSettings(port=stage.port))
    with again as second:
        assert second.ask("/api/v1/health")[0] == 200
