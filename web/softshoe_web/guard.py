"""Who may ask, and what every answer carries. No address and no proxy's header is trusted."""

import re
import socket
from http import HTTPStatus
from ipaddress import ip_address

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from softshoe.settings import WebSettings
from softshoe_web.access import Rule, rule_of
from softshoe_web.door import Door
from softshoe_web.problems import READING, Problem

WRITING = ("POST", "PUT", "PATCH", "DELETE")
FORM = "application/x-www-form-urlencoded"

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

OWN = ("Content-Security-Policy", "Referrer-Policy")
"""What a page with a form, and without a script, says itself."""

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


def guard(app: Flask, hosts: frozenset[str], door: Door) -> None:
    """Refuse foreign hosts and foreign pages, and whoever may not do what a route is for."""

    @app.before_request
    def check() -> None:
        if _host_name(request.environ.get("HTTP_HOST", "")) not in hosts:
            raise Problem(HTTPStatus.MISDIRECTED_REQUEST)
        if request.path.startswith("/api/") and _from_another_site():
            raise Problem(HTTPStatus.FORBIDDEN)
        if request.method not in READING:
            _check_writing()
        if request.endpoint is not None:
            door.check(_rule().right)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            if name not in OWN or name not in response.headers:
                response.headers[name] = value
        return response


def _check_writing() -> None:
    """Only a route that is meant for it, and only said by a page from here."""
    if request.method not in WRITING or request.url_rule is None:
        raise MethodNotAllowed(_methods_here())
    if not _from_this_page():
        raise Problem(HTTPStatus.FORBIDDEN)
    if request.method != "DELETE" and request.mimetype != _media_type():
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _rule() -> Rule:
    """What stands beside the route; a route that says nothing is for nobody."""
    view = current_app.view_functions[request.endpoint or ""]
    rule = rule_of(view)
    if rule is None:
        raise Problem(HTTPStatus.FORBIDDEN)
    return rule


def _media_type() -> str:
    return FORM if _rule().form else "application/json"


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
