"""The embedded broker's own process: `python -m softshoe.feed.broker_process CONFIGURATION`.

It ends with whoever started it: that one holds the other end of its standard input.
"""

import logging
import os
import signal
import sys
import threading

from iotcore import IotCoreBroker


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the daemon's, which has last words
    logging.basicConfig(level=logging.CRITICAL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    IotCoreBroker(config_path=sys.argv[1]).run_forever()


if __name__ == "__main__":
    main()
