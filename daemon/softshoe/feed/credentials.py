"""How a device proves to a broker who it is, and the broker to it; all of it read from files."""

import ssl
from pathlib import Path

from softshoe.errors import ConfigError
from softshoe.settings import FeedSettings

_NOT_YET_VALID = 9  # X509_V_ERR_CERT_NOT_YET_VALID


def check(settings: FeedSettings) -> None:
    """Raises ConfigError when a file that the settings name cannot be used."""
    password(settings)
    tls(settings)


def password(settings: FeedSettings) -> str | None:
    """What stands in the password file. Raises ConfigError when it cannot be read."""
    if not settings.password_file:
        return None
    try:
        return Path(settings.password_file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"[feed] password_file: {settings.password_file}: {_why(error)}"
        ) from error


def tls(settings: FeedSettings) -> ssl.SSLContext | None:
    """None without a CA file. Raises ConfigError when a file cannot be used."""
    if not settings.ca_file:
        _refuse_half(settings)
        return None
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"[feed] ca_file: {settings.ca_file}: {_why(error)}") from error
    context.sslsocket_class = _TidySocket
    if settings.certificate_file:
        try:
            context.load_cert_chain(settings.certificate_file, settings.key_file or None)
        except (OSError, ValueError) as error:
            files = f"{settings.certificate_file} with key_file {settings.key_file or 'left out'}"
            raise ConfigError(f"[feed] certificate_file: {files}: {_why(error)}") from error
    return context


def _refuse_half(settings: FeedSettings) -> None:
    """Somebody who sets a certificate means TLS, and would not get it."""
    if settings.certificate_file or settings.key_file:
        raise ConfigError("[feed] certificate_file needs ca_file, which turns TLS on")


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, ssl.SSLError):
        return "not the PEM file that is expected here"
    return getattr(error, "strerror", None) or str(error)


class _TidySocket(ssl.SSLSocket):
    """One that does not stay open when nobody will use it."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def unreached(error: OSError | ValueError, *, tls: bool) -> str:
    """Why a broker could not be reached, in words for whoever set it up."""
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = "; is this machine's clock set?" if error.verify_code == _NOT_YET_VALID else ""
        return f"its certificate is not trusted: {error.verify_message}{hint}"
    if isinstance(error, ssl.SSLError):
        return f"it does not speak TLS as expected: {error.reason or error}"
    if tls and isinstance(error, ConnectionResetError):
        return "it cut the connection; does it speak TLS at this port?"
    return str(error)


def hung_up(reason: str, *, tls: bool) -> str:
    """What may be wrong when a broker ends a connection before it has answered."""
    hint = "" if tls else "; does it want TLS? set ca_file"
    return f"it hung up before it answered ({reason}){hint}"
