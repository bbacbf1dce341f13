"""The brokers that are shipped, started as they stand but for their ports and folders."""

import os
import subprocess
from pathlib import Path

from tests.daemon.feed.brokers import Mosquitto

BROKERS = Path(__file__).parents[3] / "daemon" / "brokers"
DEBIAN = "persistence true\npersistence_location {}/\nlog_dest none\n"
PLACE = "/etc/mosquitto/softshoe"
CA = """\
[ca]
default_ca = gym
[gym]
database = {0}/index.txt
serial = {0}/serial
new_certs_dir = {0}
default_md = sha256
policy = any
private_key = {0}/ca.key
certificate = {0}/ca.crt
copy_extensions = copy
[any]
commonName = supplied
"""


def keys(folder: Path, *arguments: str) -> str:
    """What `keys` prints; raises when it fails."""
    command = [str(BROKERS / "keys"), *arguments]
    more = os.environ | {"KEYS": str(folder)}
    return subprocess.run(command, env=more, capture_output=True, text=True, check=True).stdout


def broker_of(directory: Path, configuration: str, keys_in: Path) -> Mosquitto:
    """A mosquitto with this file of ours beside Debian's own settings."""
    directory.mkdir(exist_ok=True)
    lines = configuration.replace(PLACE, str(keys_in)).splitlines()
    ours = "\n".join(line for line in lines if not line.startswith("listener "))
    return Mosquitto(directory, f"{ours}\n{DEBIAN.format(directory)}")


def gym(directory: Path, keys_in: Path) -> Mosquitto:
    return broker_of(directory, (BROKERS / "gym.conf").read_text(), keys_in)


def dated_certificate(folder: Path, start: str, end: str) -> None:
    """The broker's certificate anew, good from ``start`` to ``end`` (YYYYMMDD)."""
    configuration = folder / "ca.conf"
    configuration.write_text(CA.format(folder))
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("77\n")
    request = folder / "request.pem"
    subject = ["-subj", "/CN=gym", "-addext", "subjectAltName=IP:127.0.0.1"]
    _openssl("req", "-new", "-key", str(folder / "broker.key"), *subject, "-out", str(request))
    dates = ["-startdate", f"{start}000000Z", "-enddate", f"{end}000000Z"]
    files = ["-config", str(configuration), "-in", str(request), "-notext"]
    _openssl("ca", "-batch", *files, *dates, "-out", str(folder / "broker.crt"))


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], capture_output=True, check=True)
