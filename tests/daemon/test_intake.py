"""The queue before the pipeline is bounded: sensors lose the oldest block, recordings wait."""

import threading

import numpy as np

from softshoe.events import Belt, SampleBlock
from softshoe.intake import Arrived, Intake

RUNNING = threading.Event()


def block(number):
    return Arrived(float(number), SampleBlock("deck", number, float(number), np.zeros((1, 1))))


def belt(number):
    return Arrived(float(number), Belt(float(number), 3.0))


def test_the_oldest_block_goes_and_is_counted():
    intake = Intake(3)
    for number in range(5):
        intake.put(block(number), RUNNING)
    assert [arrived.monotonic_s for arrived in intake.take(0)] == [2, 3, 4]
    assert intake.dropped == 2


def test_the_speed_of_the_belt_is_not_dropped_before_samples():
    intake = Intake(3)
    for arrived in (belt(0), block(1), block(2), block(3), block(4)):
        intake.put(arrived, RUNNING)
    assert [arrived.monotonic_s for arrived in intake.take(0)] == [0, 3, 4]


def test_belts_alone_are_bounded_too():
    intake = Intake(3)
    for number in range(100):
        intake.put(belt(number), RUNNING)
    assert len(intake.take(0)) == 3


def test_a_patient_intake_lets_the_source_wait():
    intake = Intake(2, patient=True)
    filling = threading.Thread(target=lambda: [intake.put(block(n), RUNNING) for n in range(50)])
    filling.start()
    taken = []
    while len(taken) < 50:
        taken += intake.take(5)
    filling.join()
    assert [arrived.monotonic_s for arrived in taken] == list(range(50))
    assert intake.dropped == 0


def test_a_source_that_waits_is_let_go_at_the_stop():
    intake = Intake(1, patient=True)
    stop = threading.Event()
    intake.put(block(0), stop)
    waiting = threading.Thread(target=intake.put, args=(block(1), stop))
    waiting.start()
    stop.set()
    waiting.join(5)
    assert not waiting.is_alive()
