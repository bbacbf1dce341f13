"""Who may ask, and what every answer carries. No address and no proxy's header is trusted."""

import re
import socket
from http import HTTPStatus
from ipaddress import ip_address

from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed

from softshoe.settings import WebSettings
from softshoe_web.problems import READING, Problem

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
    """Refuse foreign hosts and foreign pages; let change only what a route says, from this page."""

    @app.before_request
    def check() -> None:
        if _host_name(request.environ.get("HTTP_HOST", "")) not in hosts:
            raise Problem(HTTPStatus.MISDIRECTED_REQUEST)
        if request.path.startswith("/api/") and _from_another_site():
            raise Problem(HTTPStatus.FORBIDDEN)
        if request.method not in READING:
            _check_writing()

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response


def _check_writing() -> None:
    """Only a route that is meant for it, only said by a page from here, and only JSON."""
    if request.method != "POST" or request.url_rule is None:
        raise MethodNotAllowed(_methods_here())
    if not _from_this_page():
        raise Problem(HTTPStatus.FORBIDDEN)
    if request.mimetype != "application/json":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _methods_here() -> set[str]:
    if request.url_rule is not None:
        return request.url_rule.methods or set()
    return set(getattr(request.routing_exception, "valid_methods", None) or READING)


def _from_this_page() -> bool:
    """A browser says so in both headers, an old one in Origin; one that says neither is nobody."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = f"{request.scheme}://{request.environ['HTTP_HOST']}".casefold()
    if origin is not None and origin.casefold() != own:
        return False
    return site == "same-origin" or (site is None and origin is not None)


def _from_another_site() -> bool:
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _host_name(header: str) -> str | None:
    match = _HOST.fullmatch(header.casefold())
    return match["name"].removesuffix(".") if match else None


def _as_host(name: str) -> str:
    return f"[{name}]" if ":" in name else name
