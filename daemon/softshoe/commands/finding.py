"""What `softshoe doctor` says about one thing."""

from typing import Literal

from msgspec import Struct


class Finding(Struct, frozen=True):
    """One line of the doctor's report; ``fail`` means that softshoe cannot do its work."""

    what: str
    level: Literal["ok", "warn", "fail"]
    text: str
