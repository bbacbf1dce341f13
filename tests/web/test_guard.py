"""Who is answered, and what every answer carries, over real sockets."""

import re
import socket

import pytest
from msgspec.json import decode

from softshoe.settings import WebSettings
from softshoe_web.guard import HEADERS, OWN

from .stage import ABOUT, Runs, Stage, idle_app, session, staged

EXAMPLES = {
    "session": "s1",
    "name": "step",
    "format": "json",
}
PATHS = sorted(
    re.sub(r"<(?:\w+:)?(\w+)>", lambda part: EXAMPLES.get(part[1], "x1"), rule.rule)
    for rule in idle_app().url_map.iter_rules()
)
NOWHERE = ("/nothing", "/static/../app.py", "/static/%2e%2e/app.py", "/runs/a%2fb", "/api/v1/x")


def raw(stage: Stage, request: bytes) -> bytes:
    """What comes back for these very bytes, until the server closes or is silent."""
    with socket.create_connection(("127.0.0.1", stage.port), timeout=5) as link:
        link.sendall(request)
        answer = b""
        while chunk := link.recv(65_536):
            answer += chunk
        return answer


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_every_answer_carries_the_headers() -> None:
    with staged(Runs({"s1": (session(), [])})) as stage:
        stage.publish(ABOUT)
        for path in (*PATHS, *NOWHERE):
            _, headers, _ = stage.ask(path, "HEAD" if path.endswith("stream") else "GET")
            own = OWN if path.startswith("/take/") or path.endswith("export/json") else ()
            for name, value in HEADERS.items():
                assert headers[name.lower()] == value or name in own, path
            assert "server" not in headers
            assert not {name for name in headers if name.startswith("access-control")}


def test_the_policy_lets_only_own_files_in() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LocalHost:8080", 200),
        ("localhost.", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8080", 200),
        ("treadmill.gym", 200),
        ("TREADMILL.gym", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("localhost:8080@evil.example", 421),
        ("localhost,evil.example", 421),
        ("localhost evil", 421),
        ("", 421),
        ("127.0.0.2", 421),
        ("2130706433", 421),
        ("[::ffff:127.0.0.1]", 421),
        ("localhost:80:80", 421),
        ("localhost:", 421),
        ("\u00e4", 421),
        ("a" * 5000, 421),
    ],
)
def test_only_own_hosts_are_answered(host: str, status: int) -> None:
    settings = WebSettings(port=0, allowed_hosts=("Treadmill.gym",))
    with staged(settings=settings) as stage:
        for path in ("/api/v1/health", "/static/icon.svg", "/nothing"):
            request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            answer = status_of(raw(stage, request.encode("latin-1")))
            assert answer == (404 if path == "/nothing" and status == 200 else status)


def test_no_host_and_two_hosts_are_refused(stage: Stage) -> None:
    assert status_of(raw(stage, b"GET /api/v1/health HTTP/1.0\r\n\r\n")) == 421
    twice = b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n"
    twice += b"Connection: close\r\n\r\n"
    assert status_of(raw(stage, twice)) in (400, 421)


def test_a_proxys_headers_change_nothing(stage: Stage) -> None:
    headers = {
        "X-Forwarded-Host": "localhost",
        "X-Forwarded-For": "1.2.3.4",
        "Host": "evil.example",
    }
    assert stage.ask("/api/v1/health", **headers)[0] == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE"])
def test_nothing_can_be_written(stage: Stage, method: str) -> None:
    for path in ("/", "/api/v1/sessions", "/nothing"):
        status, headers, body = stage.ask(path, method, b"{}")
        assert (status, headers["allow"]) == (405, "GET, HEAD")
        assert decode(body)["status"] == 405


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_sites_get_nothing(stage: Stage, site: str) -> None:
    assert stage.ask("/api/v1/live", Sec_Fetch_Site=site, Origin="null")[0] == 403
    assert stage.ask("/api/v1/live/stream", Sec_Fetch_Site=site)[0] == 403
    assert stage.ask("/api/v1/live", Sec_Fetch_Site="same-origin")[0] == 200
    assert stage.ask("/", Sec_Fetch_Site=site)[0] == 200  # a link to the page is welcome


@pytest.mark.parametrize(
    "path",
    [
        "/%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/api/v1/sessions/%3Cscript%3E",
        "/api/v1/sessions/nope",
        "/api/v1/sessions?limit=%3Cb%3E",
        "/api/v1/sessions?limit=-1",
        "/api/v1/sessions?limit=1e9",
        "/api/v1/sessions?limit=%D9%A1",
        "/api/v1/sessions?before=%3Cb%3E",
        "/api/v1/sessions/s1/steps?fields=evil",
        "/api/v1/sessions/s1/steps?after=99999999999999999999",
        "/api/v1/schemas/evil",
        "/static/..%2f..%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/%00",
        "/%ff%fe",
    ],
)
def test_errors_are_problem_documents_that_repeat_nothing(path: str) -> None:
    with staged(Runs({"s1": (session(), [])})) as stage:
        status, headers, body = stage.ask(path)
        assert 400 <= status < 500
        assert headers["content-type"] == "application/problem+json"
        problem = decode(body)
        assert problem["status"] == status
        assert set(problem) == {"type", "title", "status", "detail"}
        for word in (b"<", b"evil", b"alert", b"passwd", b"Traceback", b"nope"):
            assert word not in body


def test_beyond_loopback_there_is_no_history(runs: Runs) -> None:
    settings = WebSettings(host="0.0.0.0", port=0)
    with staged(Runs({"s1": (session(), [])}), settings) as stage:
        assert stage.ask("/api/v1/live")[0] == 200
        for path in (
            "/runs",
            "/runs/s1",
            "/api/v1/sessions",
            "/api/v1/sessions/s1",
            "/api/v1/calibration",
        ):
            assert stage.ask(path)[0] == 401
        assert b"data-history" not in stage.ask("/")[2]
