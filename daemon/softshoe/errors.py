"""Every error softshoe raises on purpose, grouped by what helps.

SoftshoeError
├── ConfigError    tell the user; the command ends with exit code 78
├── InputError     a recording, an argument or a file is not usable; exit code 1
├── SourceLost     a sensor went away: try again with back-off
├── SourceBroken   a sensor talks nonsense: count it and raise Health
├── PinsMissing    no GPIO, or a pin that is taken: say it once and go on without
└── StoreError     the disk does not take it: keep it in memory and raise Health
"""


class SoftshoeError(Exception):
    """Root of the tree. Its text is one line that names the thing and says what to do."""

    exit_code = 1


class ConfigError(SoftshoeError):
    """The configuration cannot be used."""

    exit_code = 78


class InputError(SoftshoeError):
    """A file or an argument that a user gave cannot be used."""


class SourceLost(SoftshoeError):
    """A source stopped giving samples and may come back."""


class SourceBroken(SoftshoeError):
    """A source gives what cannot be understood."""


class PinsMissing(SoftshoeError):
    """Lamps, buttons or rollers on GPIO pins cannot be used."""


class StoreError(SoftshoeError):
    """The database cannot take or give data now."""
