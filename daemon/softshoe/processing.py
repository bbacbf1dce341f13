"""The pipeline's thread: from the intake through the pipeline to the hub.

Where samples fall silent it goes on with ticks, so that pauses and the end of a session are
noticed. It is the one place where the time of the data meets the time of the machine.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from softshoe.clock import Anchor, Clock
from softshoe.events import (
    About,
    Belt,
    Conventions,
    Event,
    LiveState,
    SampleBlock,
    Session,
    Tick,
)
from softshoe.hub import Hub
from softshoe.intake import Arrived, Intake
from softshoe.pipeline import Pipeline
from softshoe.watch import STALE_S
from softshoe.wishes import Wishes

_WAIT_S = 0.05
_STATE_EVERY_S = 1.0


class Processing:
    """Work of one thread; `stopping`, `synced`, `renewing` and `beat_s` are for the others.

    ``tap`` is handed what the sources give before the pipeline is, and must not wait. While
    `renewing` is set the next moment without an open session begins with a new pipeline.
    """

    def __init__(
        self,
        *,
        intake: Intake,
        new_pipeline: Callable[[], Pipeline],
        hub: Hub,
        clock: Clock,
        about: Callable[[Conventions], About],
        durable_step: Callable[[], tuple[str, int] | None],
        ended: Callable[[], bool],
        tap: Callable[[Arrived], None],
        wishes: Wishes,
    ) -> None:
        self.stopping = False
        self.renewing = False
        self.synced = clock.synced()
        self.beat_s = clock.monotonic_s()
        self._intake = intake
        self._new_pipeline = new_pipeline
        self._hub = hub
        self._clock = clock
        self._boot = clock.boot()
        self._about = about
        self._durable_step = durable_step
        self._ended = ended
        self._tap = tap
        self._wishes = wishes
        self._newest: Arrived | None = None
        self._state = LiveState()
        self._state_s = self.beat_s

    def run(self) -> None:
        """Until `stopping`, or until the sources have ended; then the session is closed."""
        pipeline = self._begin()
        try:
            while self._turn(pipeline):
                if self.renewing and not pipeline.sessions.is_open:
                    self._publish(pipeline.finish())
                    runner = pipeline.sessions.runner
                    pipeline = self._begin()
                    self._publish(pipeline.feed(runner))
        except BaseException:
            self._publish(pipeline.close())
            raise
        self._publish(pipeline.finish())

    def _begin(self) -> Pipeline:
        self.renewing = False
        pipeline = self._new_pipeline()
        self._publish([self._about(pipeline.gait.conventions())])
        return pipeline

    def _turn(self, pipeline: Pipeline) -> bool:
        """Take what waits; False when nothing more will come."""
        last_turn = self.stopping or self._ended()
        arrived = self._intake.take(0.0 if last_turn else _WAIT_S)
        self.beat_s = self._clock.monotonic_s()
        if arrived:
            self._newest = arrived[-1]
            pipeline.anchor(self._anchor(arrived[0]))
        for each in arrived:
            self._tap(each)
            self._wishes.belt_is_measured |= isinstance(each.item, Belt)
            self._publish(pipeline.feed(each.item))
        if self._newest:
            self._grant_wishes(pipeline, self._newest)
        if self._newest and self.beat_s - self._newest.monotonic_s > STALE_S:
            self._go_on_in_silence(pipeline, self._newest)
        self._tell_durable_step()
        return bool(arrived) or not last_turn

    def _grant_wishes(self, pipeline: Pipeline, newest: Arrived) -> None:
        """Each at the present moment of the source. Before its first item they wait."""
        for wish in self._wishes.take():
            t_s = self._anchor(newest).source_s
            self._publish(pipeline.feed(replace(wish, t_s=t_s)))

    def _go_on_in_silence(self, pipeline: Pipeline, newest: Arrived) -> None:
        pipeline.anchor(self._anchor(newest))
        silent_s = self.beat_s - newest.monotonic_s
        self._publish(pipeline.feed(Tick(_source_s(newest) + silent_s)))

    def _anchor(self, arrived: Arrived) -> Anchor:
        passed_s = self._clock.monotonic_s() - arrived.monotonic_s
        wall = self._clock.wall() if self.synced else None
        source_s = _source_s(arrived) + passed_s
        return Anchor(source_s, arrived.monotonic_s + passed_s, wall, self._boot)

    def _publish(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, LiveState):
                event = self._state = self._with_durable_step(event)
                self._state_s = self.beat_s
            self._hub.publish(event, self._clock.monotonic_s())
            if isinstance(event, Session):
                self._publish([self._about(event.conventions)])

    def _with_durable_step(self, state: LiveState) -> LiveState:
        session, step = self._durable_step() or (None, None)
        return replace(state, durable_step=step) if session == state.session else state

    def _tell_durable_step(self) -> None:
        """The state again when only the disk has come further, as it does after the last step."""
        if self.beat_s - self._state_s >= _STATE_EVERY_S:
            state = self._with_durable_step(self._state)
            if state != self._state:
                self._publish([state])


def _source_s(arrived: Arrived) -> float:
    """When, on the source's clock, the item was taken."""
    item = arrived.item
    return item.first_s if isinstance(item, SampleBlock) else item.t_s
