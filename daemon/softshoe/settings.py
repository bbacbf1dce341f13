"""What can be set, one struct for each table of softshoe.toml, with its default and its range.

Frozen, and handed down by part: the store is given a StoreSettings and sees nothing else.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Name = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,32}$")]


class DeviceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which treadmill this is."""

    name: Name = "treadmill"


class RunnerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is stated, not measured, about whoever runs and about the belt. Left out: not known."""

    belt_m_s: Annotated[float, Meta(gt=0, le=10)] | None = None
    slope_deg: Annotated[float, Meta(ge=-20, le=20)] = 0.0
    body_mass_kg: Annotated[float, Meta(ge=20, le=250)] | None = None
    height_mm: Annotated[float, Meta(ge=1000, le=2300)] | None = None


class SourceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where samples come from."""

    kind: Literal["none", "simulator", "recording"] = "none"
    rig: Literal["deck1", "deck4", "insoles", "deck4+insoles"] = "deck4"
    rate_hz: Annotated[float, Meta(ge=50, le=4000)] = 1000.0
    recording: str = ""
    speed: Annotated[float, Meta(gt=0, le=1000)] = 1.0


class SessionSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a run pauses and when it is over, in seconds without a step."""

    pause_s: Annotated[float, Meta(ge=1, le=60)] = 3.0
    done_s: Annotated[float, Meta(ge=2, le=600)] = 10.0
    silence_s: Annotated[float, Meta(ge=10, le=3600)] = 180.0
