"""Two fake insole boards of 1 kHz on pseudo-terminals, in a process of their own.

`python -m tests.bench.wire_boards FOLDER` plugs them into FOLDER/serial/by-id and unplugs them when
its standard input ends; then it says how many bytes nobody read in time.
"""

import sys
from pathlib import Path

from tests.hardware.fake_runner import foot_counts, hello

from softshoe.clock import SystemClock
from softshoe_hw.fake_board import FakeBoard
from softshoe_hw.fake_port import FakePort

RATE_HZ = 1000
SIDES = ("left", "right")


def main() -> None:
    clock, by_id = SystemClock(), Path(sys.argv[1]) / "serial" / "by-id"
    now_s = clock.monotonic_s()
    ports = []
    for side in SIDES:
        words, counts = hello(side, rate_hz=RATE_HZ), foot_counts(side, RATE_HZ)
        ports.append(FakePort(FakeBoard(words, counts, now_s), clock))
        ports[-1].plug(by_id / side)
    print("plugged in", flush=True)
    sys.stdin.read()
    for port in ports:
        port.unplug()
    print(sum(port.unheard for port in ports), flush=True)


if __name__ == "__main__":
    main()
