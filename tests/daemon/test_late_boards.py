"""A board that answers after the start is measured by the calibration that was found for it."""

from msgspec.structs import replace
from tests.hardware.fake_runner import LEFT, RIGHT, hello, insole_scale

from softshoe.clock import SystemClock
from softshoe.commands.daemon import assembled
from softshoe.commands.options import local_config
from softshoe.rigs import Conditions, Rig
from softshoe.service import Ending
from softshoe.systemd import Notifier
from softshoe_hw.board_streams import stream_of


class Boards:
    """A source of two insoles, of which nobody has said who it is."""

    name = "boards"
    conditions = Conditions()

    def __init__(self):
        self.rig = Rig((stream_of(LEFT, None), stream_of(RIGHT, None)))

    def meet(self):
        left, right = self.rig.streams
        named = {"left": hello("left").id, "right": hello("right").id}
        self.rig = Rig(tuple(replace(one, board=named[one.name]) for one in (left, right)))

    def blocks(self):
        return iter(())

    def close(self):
        pass


def test_scales_and_calibrator_learn_the_rig_with_each_new_pipeline(tmp_path):
    boards = Boards()
    scales = [insole_scale(f"fake-{side}") for side in ("left", "right")]
    config = local_config(0, 0, tmp_path, {})
    with assembled(config, boards, SystemClock(), scales=scales) as daemon:
        service = daemon.service(Notifier({}), patient=False)
        assert daemon._new_pipeline().gait.conventions().calibrations == ()
        boards.meet()
        service._look_at_the_rigs()
        assert service._processing.renewing
        names = daemon._new_pipeline().gait.conventions().calibrations
        assert names == ("of-fake-left", "of-fake-right")
        assert daemon._calibrator.rig == boards.rig
        service.run(Ending(), seconds=0.0)  # which closes what it opened
