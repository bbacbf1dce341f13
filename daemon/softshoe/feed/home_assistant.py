"""The device as Home Assistant finds it: one retained message that names topics and their units."""

from typing import Any

import msgspec

from softshoe.events import About
from softshoe.feed.contract import HEALTH, OFFLINE, ONLINE, STATE, STATUS, Topic

BIRTH = "homeassistant/status"
"""Home Assistant says `online` there when it has started, and has forgotten nothing retained."""
DISCOVERY = Topic("config", qos=1, retain=True)
EXPIRES_S = 30
_MEASURED = {"state_class": "measurement", "expire_after": EXPIRES_S}
_ILL = "['stale', 'lost', 'broken']"


def discovery_topic(device: str) -> str:
    return f"homeassistant/device/{device}/{DISCOVERY.path}"


class Discovery:
    """What Home Assistant is to be told, and whether it should be told now."""

    def __init__(self, device: str, *, wanted: bool) -> None:
        self._device = device
        self._wanted = wanted
        self._about: About | None = None
        self._told: About | None = None

    def keep(self, about: About) -> None:
        self._about = about

    def forget_sent(self) -> None:
        """Somebody new listens."""
        self._told = None

    def due(self) -> bytes | None:
        """The message to send now, if any: again when the version or the rig has changed."""
        about = self._about
        if not self._wanted or about is None or _same(about, self._told):
            return None
        self._told = about
        return msgspec.json.encode(discovery(self._device, about))


def _same(about: About, told: About | None) -> bool:
    return told is not None and (about.version, about.rig) == (told.version, told.rig)


def discovery(device: str, about: About) -> dict[str, Any]:
    """The message of one device."""
    return {
        "device": {
            "identifiers": [f"softshoe-{device}"],
            "name": f"softshoe {device}",
            "manufacturer": "softshoe",
            "model": about.rig,
            "sw_version": about.version,
        },
        "origin": {"name": "softshoe", "sw_version": about.version},
        "availability_topic": STATUS.of(device),
        "payload_available": ONLINE.decode(),
        "payload_not_available": OFFLINE.decode(),
        "state_topic": STATE.of(device),
        "components": {
            name: {"unique_id": f"softshoe-{device}-{name}", **component}
            for name, component in _components(device).items()
        },
    }


def _components(device: str) -> dict[str, dict[str, Any]]:
    return {
        "state": {
            "platform": "sensor",
            "name": "State",
            "device_class": "enum",
            "options": ["ready", "running", "paused", "done"],
            "value_template": "{{ value_json.state }}",
        },
        "cadence": _sensor("Cadence", "cadence_spm", "steps/min"),
        "contact_left": _sensor("Contact left", "left.contact_ms", "ms", "duration"),
        "contact_right": _sensor("Contact right", "right.contact_ms", "ms", "duration"),
        "loading_left": _sensor("Loading left", "left.valr_bw_s", "BW/s"),
        "loading_right": _sensor("Loading right", "right.valr_bw_s", "BW/s"),
        "balance": _sensor("Contact balance", "balance_pct", "%"),
        "belt": _sensor("Belt", "belt_m_s", "m/s", "speed"),
        "distance": _sensor("Distance", "distance_m", "m", "distance"),
        "running": _sensor("Running time", "running_s", "s", "duration"),
        "steps": _sensor("Steps", "steps", "steps"),
        "sensors": {
            "platform": "binary_sensor",
            "name": "Sensors",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "state_topic": HEALTH.of(device),
            "value_template": (
                f"{{{{ 'ON' if value_json.sources | selectattr('state', 'in', {_ILL}) | list"
                " else 'OFF' }}"
            ),
        },
        "disk": {
            "platform": "binary_sensor",
            "name": "Disk",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "state_topic": HEALTH.of(device),
            "value_template": "{{ 'OFF' if value_json.disk == 'ok' else 'ON' }}",
        },
    }


def _sensor(name: str, field: str, unit: str, device_class: str | None = None) -> dict[str, Any]:
    """A number of `live/state`; what is null there is unknown to Home Assistant."""
    found = {
        "platform": "sensor",
        "name": name,
        "unit_of_measurement": unit,
        "value_template": f"{{{{ value_json.{field} }}}}",
        **_MEASURED,
    }
    return {**found, "device_class": device_class} if device_class else found
