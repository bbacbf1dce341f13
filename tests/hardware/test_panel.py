"""Lamps, buzzer, button and roller on mock pins: what the pins went through, on a clock by hand."""

import logging
import math
import threading

import pytest
from tests.hardware.fake_time import FakeClock, WaitingEvent

from softshoe.events import Belt, Command, Health, LiveState, Means, SampleBlock, SourceHealth, Step
from softshoe.hub import Hub
from softshoe.settings import BeltSettings, ButtonSettings, BuzzerSettings, LampSettings
from softshoe_hw.panel import Panel, PanelSettings
from softshoe_hw.simulator.parameters import Parameters
from softshoe_hw.simulator.source import SimulatorSource

STATUS, LEFT, RIGHT, BUZZER, BUTTON, ROLLER = 17, 27, 22, 18, 23, 24


class Stage:
    """A panel, the hub that it listens to, and a clock that is moved by hand."""

    def __init__(self, **tables: object) -> None:
        self.hub = Hub()
        self.clock = FakeClock()
        self.panel = Panel(PanelSettings(**tables), self.hub, self.clock)

    def tell(self, *events: object) -> None:
        for event in events:
            self.hub.publish(event, self.clock.now_s)

    def pass_time(self, seconds: float) -> None:
        """Let the lamps look at the clock every 50 ms."""
        (lamps,) = self.panel.sinks
        for _ in range(round(seconds / 0.05)):
            lamps.turn(0.0)
            self.clock.now_s += 0.05


def history(pins, number: int) -> list[bool]:
    """What a pin went through since it became an output."""
    return [bool(each.state) for each in pins.pin(number).states]


def live(state: str = "running", left: float = 60, right: float = 60, line: float | None = 60):
    means = (Means(n=25, valr_bw_s=left), Means(n=25, valr_bw_s=right))
    return LiveState(
        state=state,
        left=means[0],
        right=means[1],
        line_valr_bw_s=line,
        impact_method="peak",
    )


def health(*states: str, **changes: object) -> Health:
    sources = [
        SourceHealth(name=f"s{n}", state=s, nominal_rate_hz=500) for n, s in enumerate(states)
    ]
    return Health(sources=tuple(sources), **changes)


# --- lamps -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "changes", "lit_s"),
    [
        ([health("waiting")], 0, 0.0),
        ([health("live", "live")], 10, 1.0),
        ([health("live"), live("ready")], 10, 1.0),
        ([health("live"), live("running")], 1, 20.0),
        ([health("live"), live("paused")], 1, 20.0),
        ([health("live"), live("done")], 10, 1.0),
        ([health("live", "lost"), live("running")], 20, 10.0),
        ([health("live", "stale"), live("running")], 20, 10.0),
        ([health("live", "broken")], 100, 10.0),
        ([health("live", disk="full"), live("running")], 100, 10.0),
        ([health("live", notes=("store stopped: …",))], 100, 10.0),
    ],
)
def test_the_status_lamp_tells_by_its_rhythm(pins, told, changes, lit_s):
    """How often it goes on in 20 s, and how long it is lit in all."""
    stage = Stage(lamps=LampSettings(status_pin=STATUS))
    stage.clock.now_s = 100.001
    stage.tell(*told)
    lit = []
    for _ in range(400):
        stage.pass_time(0.05)
        lit.append(pins.pin(STATUS).state)
    assert history(pins, STATUS).count(True) == changes
    assert sum(lit) * 0.05 == pytest.approx(lit_s, abs=0.051)


def test_a_foot_that_lands_harder_than_the_line_has_its_lamp_lit(pins):
    stage = Stage(lamps=LampSettings(left_pin=LEFT, right_pin=RIGHT, hard_pct=10))
    for left, right in ((60, 60), (67, 60), (67, 65.9), (50, 66.1), (60, 60)):
        stage.tell(live(left=left, right=right))
        stage.pass_time(0.1)
    assert history(pins, LEFT) == [False, True, False]
    assert history(pins, RIGHT) == [False, True, False]


@pytest.mark.parametrize("state", [live("paused", 99, 99), live(left=99, right=99, line=None)])
def test_no_lamp_accuses_anybody_who_does_not_run_or_has_no_line(pins, state):
    stage = Stage(lamps=LampSettings(left_pin=LEFT, right_pin=RIGHT, rgb_pins=(5, 6, 13)))
    stage.tell(state)
    stage.pass_time(1)
    assert [history(pins, pin) for pin in (LEFT, RIGHT, 5, 6, 13)] == [[False]] * 5


def test_one_lamp_for_both_feet_has_a_colour_for_each_case(pins):
    stage = Stage(lamps=LampSettings(rgb_pins=(5, 6, 13)))
    seen = []
    for left, right in ((60, 60), (70, 60), (60, 70), (70, 70)):
        stage.tell(live(left=left, right=right))
        stage.pass_time(0.05)
        seen.append(tuple(int(pins.pin(pin).state) for pin in (5, 6, 13)))
    blue, yellow, red = (0, 0, 1), (1, 1, 0), (1, 0, 0)
    assert seen == [blue, yellow, yellow, red]


def test_lamps_go_dark_at_the_end(pins):
    stage = Stage(lamps=LampSettings(status_pin=STATUS))
    stage.tell(health("live"), live())
    stage.pass_time(0.1)
    assert pins.pin(STATUS).state
    stage.panel.close()
    assert pins.pin(STATUS).function == "input"


def test_the_lamps_thread_ends_when_it_is_told_to(pins):
    (lamps,) = Stage(lamps=LampSettings(status_pin=STATUS)).panel.sinks
    stop = threading.Event()
    stop.set()
    lamps.run(stop)


# --- buzzer ----------------------------------------------------------------------------------


def landing(valr_bw_s: float | None, method: str = "peak", moment: str = "landing") -> Step:
    return Step(moment=moment, t_s=0.0, impact_method=method, valr_bw_s=valr_bw_s)


class Sounding(Stage):
    """A panel with a buzzer: 30 % above a line of 60, for 120 ms, at most every 3 s."""

    def __init__(self) -> None:
        settings = BuzzerSettings(pin=BUZZER, hard_pct=30, every_s=3.0, sound_s=0.12)
        super().__init__(buzzer=settings)
        self.stop = WaitingEvent(self.clock)

    def take(self) -> None:
        (buzzer,) = self.panel.sinks
        buzzer.turn(self.stop, 0.0)


def test_a_hard_landing_sounds_for_its_time_and_not_again_too_soon(pins):
    stage = Sounding()
    stage.tell(live())
    for _ in range(20):  # a hard landing every 0.4 s for 8 s
        stage.tell(landing(79.0))
        at_s = stage.clock.now_s
        stage.take()
        stage.clock.now_s = at_s + 0.4
    assert stage.stop.waits == [0.12] * 3  # at 0, 3.2 and 6.4 s
    assert history(pins, BUZZER) == [False, True, False, True, False, True, False]


@pytest.mark.parametrize(
    "step",
    [
        landing(77.0),
        landing(None),
        landing(200.0, method="stance13"),
        landing(200.0, moment="live"),
        landing(200.0, moment="final"),
    ],
)
def test_what_does_not_sound(pins, step):
    stage = Sounding()
    stage.tell(live(), step)
    stage.take()
    assert history(pins, BUZZER) == [False]


def test_before_there_is_a_line_nothing_is_hard(pins):
    stage = Sounding()
    stage.tell(live(line=None), landing(300.0))
    stage.take()
    assert history(pins, BUZZER) == [False]


def test_a_landing_that_is_long_over_does_not_sound(pins):
    stage = Sounding()
    stage.tell(live(), landing(200.0))
    stage.clock.now_s += 0.3
    stage.take()
    assert history(pins, BUZZER) == [False]


def test_a_buzzer_is_off_when_its_thread_ends(pins):
    stage = Sounding()
    stage.stop.set()
    stage.panel.sinks[0].run(stage.stop)
    assert not pins.pin(BUZZER).state


# --- button and roller -----------------------------------------------------------------------


class Pressed(Stage):
    """A panel around a simulated deck; `hear` goes on with both clocks."""

    def __init__(self, **tables: object) -> None:
        super().__init__(**tables)
        source = SimulatorSource(Parameters(), "deck1", 500.0, speed=None, duration_s=60.0)
        self.source = self.panel.attend(source)
        self._items = self.source.blocks()
        self._began_s = self.clock.now_s

    def hear(self, seconds: float) -> list[Belt | Command]:
        """What came between the blocks, which arrive 0.3 s after they were sampled."""
        heard, end_s = [], self.clock.now_s + seconds
        for item in self._items:
            if isinstance(item, SampleBlock):
                self.clock.now_s = max(self.clock.now_s, self._began_s + item.first_s + 0.3)
                if self.clock.now_s >= end_s:
                    return heard
            else:
                heard.append(item)
        return heard


def test_short_and_long_presses(pins):
    stage = Pressed(button=ButtonSettings(pin=BUTTON, long_s=1.0))
    button = pins.pin(BUTTON)
    stage.hear(5.0)
    button.drive_low()
    assert stage.hear(0.3) == []
    button.drive_high()
    (press,) = [one for one in stage.hear(0.5) if isinstance(one, Command)]
    assert (press.do, press.t_s) == ("toggle", pytest.approx(5.0, abs=0.05))
    pressed_s = stage.clock.now_s
    button.drive_low()
    (lap,) = [one for one in stage.hear(3.0) if isinstance(one, Command)]
    assert (lap.do, lap.t_s) == ("lap", pytest.approx(pressed_s - 100 - 0.3 + 1.0, abs=0.05))
    button.drive_high()
    assert [one for one in stage.hear(1.0) if isinstance(one, Command)] == []


def test_a_button_that_bounces_is_pressed_once(pins):
    stage = Pressed(button=ButtonSettings(pin=BUTTON))
    button = pins.pin(BUTTON)
    stage.hear(1.0)
    for down, after_s in ((1, 0.002), (0, 0.001), (1, 0.2), (0, 0.001), (1, 0.001), (0, 0.001)):
        (button.drive_low if down else button.drive_high)()
        stage.clock.now_s += after_s
    assert [one.do for one in stage.hear(2.0) if isinstance(one, Command)] == ["toggle"]


def test_a_roller_s_pulses_become_the_belt_s_speed_among_the_samples(pins):
    stage = Pressed(belt=BeltSettings(mm_per_pulse=157.0, pin=ROLLER))
    roller, heard = pins.pin(ROLLER), stage.hear(1.0)
    pulses_s = []
    for _ in range(100):
        pulses_s.append(stage.clock.now_s)
        roller.drive_low()
        heard += stage.hear(0.02)
        roller.drive_high()
        heard += stage.hear(0.04)
    measured = [one for one in heard if isinstance(one, Belt)][1:]  # the first is the simulator's
    true_m_s = 12 * 0.157 / (pulses_s[-1] - pulses_s[-13])
    assert measured[-1].belt_m_s == pytest.approx(true_m_s, rel=0.01)
    assert measured[0].t_s == pytest.approx(pulses_s[3] - 100 - 0.3, abs=0.05)
    slowly = [one.belt_m_s for one in stage.hear(5.0)]
    assert slowly == [None]  # from full speed it cannot have stopped between two pulses


def test_without_inputs_a_source_is_left_as_it_is(pins):
    panel = Panel(PanelSettings(), Hub(), FakeClock())
    source = SimulatorSource(Parameters())
    assert panel.attend(source) is source
    assert panel.sinks == []


def test_an_attended_source_is_what_it_was(pins):
    stage = Pressed(button=ButtonSettings(pin=BUTTON))
    plain = SimulatorSource(Parameters(), "deck1", 500.0)
    assert stage.source.name == plain.name
    assert (stage.source.rig, stage.source.conditions) == (plain.rig, plain.conditions)
    stage.source.close()
    stage.source.close()


# --- what is not there -----------------------------------------------------------------------

ALL = {
    "belt": BeltSettings(mm_per_pulse=50 * math.pi, pin=ROLLER),
    "lamps": LampSettings(status_pin=STATUS, left_pin=LEFT, right_pin=RIGHT, rgb_pins=(5, 6, 13)),
    "buzzer": BuzzerSettings(pin=BUZZER),
    "button": ButtonSettings(pin=BUTTON),
}


def test_without_gpio_it_is_said_once_and_the_rest_goes_on(no_pins, caplog):
    stage = Stage(**ALL)
    (said,) = caplog.records
    assert said.getMessage() == "no GPIO on this machine; lamps, buttons and pulses are off"
    assert stage.panel.sinks == []
    source = SimulatorSource(Parameters())
    assert stage.panel.attend(source) is source
    stage.panel.close()


def test_without_pins_nobody_looks_for_gpio(no_pins, caplog):
    Stage(belt=BeltSettings(mm_per_pulse=100))
    assert caplog.records == []


def test_a_pin_that_is_taken_is_named_and_the_others_work(pins, caplog):
    caplog.set_level(logging.WARNING)
    stage = Stage(lamps=LampSettings(status_pin=STATUS, left_pin=STATUS, right_pin=RIGHT))
    (said,) = caplog.messages
    assert said.startswith("GPIO 17 cannot be used: ")
    assert said.endswith("; it stays off")
    stage.tell(live(right=99), health("live"))
    stage.pass_time(0.1)
    assert history(pins, RIGHT) == [False, True]
    assert history(pins, STATUS) == [False, True]


def test_everything_at_once(pins, caplog):
    stage = Stage(**ALL)
    assert [sink.name for sink in stage.panel.sinks] == ["lamps", "buzzer"]
    assert caplog.records == []
