"""Who may ask, and what every answer carries. No address and no proxy's header is trusted."""

import re
import socket
from http import HTTPStatus
from ipaddress import ip_address

from flask import Flask, Response, request

from softshoe.settings import WebSettings
from softshoe_web.problems import Problem

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
}

_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


def own_hosts(settings: WebSettings) -> frozenset[str]:
    """The names and addresses under which the page answers, case-folded."""
    machine = socket.gethostname()
    names = {"localhost", "127.0.0.1", "[::1]", machine, f"{machine}.local"}
    names |= {_as_host(name) for name in (settings.host, *settings.allowed_hosts)}
    return frozenset(name.casefold() for name in names)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def guard(app: Flask, hosts: frozenset[str]) -> None:
    """Refuse foreign hosts, foreign pages and every method that could change something."""

    @app.before_request
    def check() -> None:
        if _host_name(request.environ.get("HTTP_HOST", "")) not in hosts:
            raise Problem(HTTPStatus.MISDIRECTED_REQUEST)
        if request.method not in ("GET", "HEAD"):
            raise Problem(HTTPStatus.METHOD_NOT_ALLOWED)
        if request.path.startswith("/api/") and _from_another_site():
            raise Problem(HTTPStatus.FORBIDDEN)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response


def _from_another_site() -> bool:
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _host_name(header: str) -> str | None:
    match = _HOST.fullmatch(header.casefold())
    return match["name"].removesuffix(".") if match else None


def _as_host(name: str) -> str:
    return f"[{name}]" if ":" in name else name
