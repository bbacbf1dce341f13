"""A thread that died is started again: at once the first time, later the more often it dies."""

from itertools import pairwise

from softshoe.worker import Worker


class Dying:
    def __init__(self, error):
        self.error = error

    def __call__(self):
        raise self.error


def settle(worker):
    assert worker.join(5)


def test_work_that_returns_is_finished_and_not_started_again():
    worker = Worker("w", lambda: None)
    worker.start(0.0)
    settle(worker)
    worker.tend(100.0)
    assert (worker.finished, worker.alive, worker.restarts) == (True, False, 0)


def test_each_restart_waits_longer(caplog):
    worker = Worker("w", Dying(RuntimeError("no")))
    worker.start(0.0)
    restarted_at = []
    for tick in range(400):
        settle(worker)
        before = worker.restarts
        worker.tend(tick / 10)
        if worker.restarts > before:
            restarted_at.append(tick / 10)
    pauses = [round(b - a) for a, b in pairwise(restarted_at)]
    assert restarted_at[0] < 0.5
    assert pauses == sorted(pauses)
    assert 7 < pauses[-1] < 9
    assert worker.why == "RuntimeError: no"
    assert caplog.text.count("Traceback") == 1


def test_a_thread_that_lived_long_is_forgiven(caplog):
    worker = Worker("w", Dying(RuntimeError("no")))
    worker.start(0.0)
    now_s = 0.0
    for _ in range(10):  # dies every time, but a good while after it was started
        settle(worker)
        worker.tend(now_s + 100.0)
        worker.tend(now_s + 100.3)
        now_s += 100.3
    assert worker.restarts == 10


def test_even_what_is_no_ordinary_exception_is_noticed(caplog):
    worker = Worker("w", Dying(SystemExit(3)))
    worker.start(0.0)
    settle(worker)
    assert not worker.finished
    assert worker.why == "SystemExit: 3"
