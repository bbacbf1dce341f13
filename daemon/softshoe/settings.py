"""What can be set, one struct for each table of softshoe.toml, with its default and its range.

Frozen, and handed down by part: the store is given a StoreSettings and sees nothing else.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from softshoe.rigs import StreamName

PORT = r"^(/[^\x00-\x1f]{1,200}|(socket|rfc2217)://[A-Za-z0-9.\[\]:_-]{1,200})?\Z"
Name = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,32}\Z")]
Pin = Annotated[int, Meta(ge=0, le=27)]
"""A pin of the Raspberry Pi's header by its GPIO number."""
Percent = Annotated[float, Meta(ge=0, le=200)]


class DeviceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which treadmill this is."""

    name: Name = "treadmill"


class RunnerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is stated, not measured, about whoever runs and about the belt. Left out: not known."""

    belt_m_s: Annotated[float, Meta(gt=0, le=10)] | None = None
    slope_deg: Annotated[float, Meta(ge=-20, le=20)] = 0.0
    body_mass_kg: Annotated[float, Meta(ge=20, le=250)] | None = None
    height_mm: Annotated[float, Meta(ge=1000, le=2300)] | None = None


class BoardSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sensor board. Left out: it is found by what it says of itself."""

    role: StreamName
    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{0,32}\Z")] = ""
    """Only the board of this id; without one, whichever says that it has this role."""
    port: Annotated[str, Meta(pattern=PORT)] = ""
    """A device, socket://HOST:PORT or rfc2217://HOST:PORT; without one, it is looked for."""
    baud: Annotated[int, Meta(ge=1200, le=4_000_000)] = 1_000_000
    rate_hz: Annotated[int, Meta(ge=50, le=4000)] = 500
    channels: Annotated[int, Meta(ge=1, le=32)] | None = None
    """When the board cannot say: 8 a foot, or the 4 corners of a deck."""
    format: Literal["frames", "csv"] = "frames"
    length_mm: Annotated[float, Meta(ge=150, le=400)] | None = None
    half_length_mm: Annotated[float, Meta(gt=0, le=5000)] | None = None
    half_width_mm: Annotated[float, Meta(gt=0, le=5000)] | None = None
    bits: Annotated[int, Meta(ge=8, le=32)] | None = None
    """Of its converter; left out: 10 of an insole, 24 of a deck."""
    circuit: Literal["divider", "transimpedance"] = "divider"
    r_m_ohm: Annotated[float, Meta(ge=10, le=1_000_000)] = 2200.0
    """The resistor that measures an insole's sensors."""

    def __post_init__(self) -> None:
        if self.format == "csv" and not self.port:
            raise ValueError('format is "csv", so port must be given: such a board has no name')
        corners = self.half_length_mm and self.half_width_mm
        if self.role == "deck" and self.channels != 1 and not corners:
            raise ValueError("a deck of four corners needs half_length_mm and half_width_mm")


class SourceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where samples come from."""

    kind: Literal["none", "simulator", "recording", "boards"] = "none"
    rig: Literal["deck1", "deck4", "insoles", "deck4+insoles"] = "deck4"
    rate_hz: Annotated[float, Meta(ge=50, le=4000)] = 1000.0
    recording: str = ""
    speed: Annotated[float, Meta(gt=0, le=1000)] = 1.0
    board: tuple[BoardSettings, ...] = ()

    def __post_init__(self) -> None:
        if self.kind == "boards" and not self.board:
            raise ValueError('kind is "boards", so there must be a [[source.board]]')
        roles = sorted(board.role for board in self.board if board.role != "deck")
        decks = len(self.board) - len(roles)
        if decks > 1 or roles not in ([], ["insoles"], ["left", "right"]):
            raise ValueError("boards can be a deck, and insoles or both left and right, once each")
        if self.kind == "recording" and not self.recording:
            raise ValueError('kind is "recording", so recording must name a file')


class BeltSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A roller that turns with the belt: how far it goes a pulse, and where its pulses come in."""

    mm_per_pulse: Annotated[float, Meta(ge=1, le=2000)] | None = None
    pin: Pin | None = None
    """None: its pulses come from a sensor board, if at all."""

    def __post_init__(self) -> None:
        if self.pin is not None and self.mm_per_pulse is None:
            raise ValueError("pin is set, so mm_per_pulse must be too: measure one turn")


class LampSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lamps on the Pi's pins; each may be left out."""

    status_pin: Pin | None = None
    left_pin: Pin | None = None
    right_pin: Pin | None = None
    rgb_pins: tuple[Pin, Pin, Pin] | None = None
    hard_pct: Percent = 10.0
    """How far above the runner's own line a foot's loading rate lights its lamp."""


class BuzzerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A buzzer or a vibration motor that answers hard landings."""

    pin: Pin | None = None
    hard_pct: Percent = 30.0
    every_s: Annotated[float, Meta(ge=0.5, le=60)] = 3.0
    sound_s: Annotated[float, Meta(ge=0.02, le=0.4)] = 0.12


class ButtonSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A button to ground: a press stops or starts the run, a long one marks a lap."""

    pin: Pin | None = None
    long_s: Annotated[float, Meta(ge=0.3, le=5)] = 1.0


class SessionSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a run pauses and when it is over, in seconds without a step."""

    pause_s: Annotated[float, Meta(ge=1, le=60)] = 3.0
    done_s: Annotated[float, Meta(ge=2, le=600)] = 10.0
    silence_s: Annotated[float, Meta(ge=10, le=3600)] = 180.0

    def __post_init__(self) -> None:
        if not self.pause_s < self.done_s < self.silence_s:
            raise ValueError("must be pause_s < done_s < silence_s")


class CoachSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a run with a focus goes."""

    warm_up_s: Annotated[float, Meta(ge=60, le=1800)] = 180.0
    """Seconds of running before the first minute; the first 60 of them are the baseline."""


class StoreSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where runs are kept."""

    path: str = "/var/lib/softshoe/softshoe.db"


class BrokerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The embedded MQTT broker. It has no access control, so it listens on 127.0.0.1 only."""

    embedded: bool = True
    port: Annotated[int, Meta(ge=1, le=65535)] = 1883
    websocket_port: Annotated[int, Meta(ge=0, le=65535)] = 9001
    """0: no WebSocket listener."""


class FeedSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To which broker the feed goes, when it is not the embedded one."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535)] = 1883
    protocol: Literal["auto", "5", "3.1.1"] = "auto"
    keepalive_s: Annotated[int, Meta(ge=2, le=30)] = 10
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    """Turns TLS on; the broker's certificate is checked against it."""
    certificate_file: str = ""
    key_file: str = ""
    commands: bool = False
    """Whether a coach may begin and end runs, mark laps and choose a skill."""
    home_assistant: bool = True
    """Whether Home Assistant is told what there is."""


class WebSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the page listens, under which names it answers, and how many may watch at once."""

    host: Annotated[str, Meta(min_length=1, max_length=253)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8080
    allowed_hosts: tuple[Annotated[str, Meta(pattern=r"^[A-Za-z0-9.:-]{1,253}$")], ...] = ()
    max_streams: Annotated[int, Meta(ge=1, le=256)] = 16
    max_streams_per_address: Annotated[int, Meta(ge=1, le=256)] = 4


class WallSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the coach's wall hears of all treadmills."""

    websocket: Annotated[
        str, Meta(pattern=r"^(wss?://[A-Za-z0-9.\[\]:_-]{1,200}(/[A-Za-z0-9._-]{0,60})?)?\Z")
    ] = ""
    """Where the page itself reaches the broker; without it, or when that fails, it is relayed."""
    user: str = ""
    """As whom the daemon listens for the wall; without one, as it publishes."""
    password_file: str = ""
