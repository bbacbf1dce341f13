"""The pins of a Raspberry Pi, by their GPIO numbers. The only file that knows gpiozero."""

import sys
import warnings
from collections.abc import Callable
from typing import Any

import gpiozero

from softshoe.errors import PinsMissing


class Gpio:
    """Opens pins; `close` lets go of all, so that lamps go dark. Raises PinsMissing."""

    def __init__(self) -> None:
        self._factory = _pin_factory()
        self._devices: list[Any] = []

    def output(self, pin: int) -> Callable[[bool], None]:
        """What switches the pin; it is off at first."""
        device = self._open(gpiozero.DigitalOutputDevice, pin)
        return lambda on: device.on() if on else device.off()

    def input(self, pin: int, on_change: Callable[[bool], None]) -> None:
        """Call ``on_change``, in a thread of its own, with True when the pin goes to ground.

        The pin is pulled up inside the Pi: a switch to ground needs nothing else.
        """
        device = self._open(gpiozero.DigitalInputDevice, pin, pull_up=True)
        device.when_activated = lambda: on_change(True)
        device.when_deactivated = lambda: on_change(False)

    def close(self) -> None:
        while self._devices:
            self._devices.pop().close()

    def _open(self, kind: Callable[..., Any], pin: int, **how: object) -> Any:
        try:
            device = kind(pin, pin_factory=self._factory, **how)
        except _errors() as error:
            raise PinsMissing(f"GPIO {pin} cannot be used: {error}") from None
        self._devices.append(device)
        return device


def _pin_factory() -> Any:
    """gpiozero's own choice for this machine; it warns about each one that it tried in vain."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            gpiozero.Device.ensure_pin_factory()
        except _errors():
            raise PinsMissing(
                "no GPIO on this machine; lamps, buttons and pulses are off"
            ) from None
    return gpiozero.Device.pin_factory


def _errors() -> tuple[type[Exception], ...]:
    """What opening a pin raises: lgpio has an error of its own, where it is installed."""
    lgpio = sys.modules.get("lgpio")
    return (gpiozero.GPIOZeroError, OSError, *([lgpio.error] if lgpio else []))
