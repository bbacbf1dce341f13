"""Whatever is on the pins of the Raspberry Pi, as softshoe.toml says. All of it may be absent."""

import logging
from collections.abc import Iterator

from msgspec import Struct

from softshoe.clock import Clock
from softshoe.errors import PinsMissing
from softshoe.hub import Hub
from softshoe.roles import Sink, Source
from softshoe.settings import BeltSettings, ButtonSettings, BuzzerSettings, LampSettings
from softshoe_hw.belt_speed import BeltSpeed
from softshoe_hw.button import Button
from softshoe_hw.buzzer import Buzzer
from softshoe_hw.gpio import Gpio
from softshoe_hw.inputs import AttendedSource, Input
from softshoe_hw.lamps import ColourLamp, FootLamps, Lamp, Lamps, StatusLamp, Switch
from softshoe_hw.roller import Roller

_log = logging.getLogger(__name__)


class PanelSettings(Struct, frozen=True):
    """The tables of softshoe.toml that name pins."""

    belt: BeltSettings = BeltSettings()
    lamps: LampSettings = LampSettings()
    buzzer: BuzzerSettings = BuzzerSettings()
    button: ButtonSettings = ButtonSettings()

    @property
    def pins(self) -> set[int]:
        lamps = self.lamps
        named = {lamps.status_pin, lamps.left_pin, lamps.right_pin, *(lamps.rgb_pins or ())}
        named |= {self.belt.pin, self.buzzer.pin, self.button.pin}
        return {pin for pin in named if pin is not None}


class Panel:
    """Lamps and a buzzer as sinks, a button and a roller as inputs of a source.

    What cannot be had is said once, in the log, and left out.
    """

    def __init__(self, settings: PanelSettings, hub: Hub, clock: Clock) -> None:
        self._settings = settings
        self._hub = hub
        self._clock = clock
        self._gpio = _gpio() if settings.pins else None
        self.sinks: list[Sink] = list(self._sinks())
        self._inputs = list(self._open_inputs())

    def attend(self, source: Source) -> Source:
        """The source, with what happens on the pins between its samples."""
        if not self._inputs:
            return source
        return AttendedSource(source, self._inputs, self._clock)

    def close(self) -> None:
        """Lamps go dark."""
        if self._gpio:
            self._gpio.close()

    def _sinks(self) -> Iterator[Sink]:
        lamps = list(self._lamps(self._settings.lamps))
        if lamps:
            yield Lamps(lamps, self._hub, self._clock)
        switch = self._output(self._settings.buzzer.pin)
        if switch:
            yield Buzzer(switch, self._settings.buzzer, self._hub, self._clock)

    def _lamps(self, settings: LampSettings) -> Iterator[Lamp]:
        if status := self._output(settings.status_pin):
            yield StatusLamp(status)
        left, right = self._output(settings.left_pin), self._output(settings.right_pin)
        if left or right:
            yield FootLamps(left, right, settings.hard_pct)
        match [self._output(pin) for pin in settings.rgb_pins or ()]:
            case [red, green, blue] if red and green and blue:
                yield ColourLamp(red, green, blue, settings.hard_pct)

    def _open_inputs(self) -> Iterator[Input]:
        belt, button = self._settings.belt, self._settings.button
        if belt.mm_per_pulse is not None:
            roller = Roller(BeltSpeed(belt.mm_per_pulse), self._clock)
            if self._listen(belt.pin, roller):
                yield roller
        press = Button(button.long_s, self._clock)
        if self._listen(button.pin, press):
            yield press

    def _output(self, pin: int | None) -> Switch | None:
        if self._gpio is None or pin is None:
            return None
        try:
            return self._gpio.output(pin)
        except PinsMissing as missing:
            _log.warning("%s; it stays off", missing)
            return None

    def _listen(self, pin: int | None, listener: Roller | Button) -> bool:
        if self._gpio is None or pin is None:
            return False
        try:
            self._gpio.input(pin, listener.change)
        except PinsMissing as missing:
            _log.warning("%s; nobody listens to it", missing)
            return False
        return True


def _gpio() -> Gpio | None:
    try:
        return Gpio()
    except PinsMissing as missing:
        _log.warning("%s", missing)
        return None
