"""A link is poor when most of it is bad for two seconds, not before, and not by one burst."""

import pytest

from softshoe_hw.link_quality import LinkQuality


def feed(quality, seconds, good, bad, start_s=0.0):
    """So many frames each 10 ms; when it was poor first, in seconds since the start."""
    for tick in range(round(seconds * 100)):
        quality.feed(good, bad, start_s + tick / 100)
        if quality.is_poor:
            return tick / 100
    return None


def test_all_bad_is_poor_after_two_seconds():
    assert feed(LinkQuality(), 5.0, 0, 1) == pytest.approx(2.0, abs=0.02)


@pytest.mark.parametrize(("good", "bad", "poor"), [(4, 6, True), (6, 4, False), (1, 0, False)])
def test_it_takes_more_than_half(good, bad, poor):
    assert (feed(LinkQuality(), 5.0, good, bad) is not None) == poor


def test_bad_after_good_is_poor_once_it_outweighs():
    quality = LinkQuality()
    assert feed(quality, 10.0, 1, 0) is None
    assert 0.9 < feed(quality, 5.0, 0, 1, 10.0) < 1.6


def test_it_is_good_again_when_good_frames_outweigh():
    quality = LinkQuality()
    feed(quality, 3.0, 0, 1)
    for tick in range(300, 500):
        quality.feed(1, 0, tick / 100)
    assert not quality.is_poor
    assert quality.bad > 100


def test_one_burst_does_not_make_it_poor():
    quality = LinkQuality()
    feed(quality, 3.0, 1, 0)
    quality.feed(0, 20_000, 3.0)
    assert feed(quality, 3.0, 1, 0, 3.01) is None


def test_silence_is_not_poor():
    assert feed(LinkQuality(), 5.0, 0, 0) is None


def test_the_rare_words_of_a_board_that_does_not_sample_are_enough():
    """At a wrong baud rate each answer is damaged, one a second."""
    quality = LinkQuality()
    for tick in range(300):
        quality.feed(0, tick % 100 == 0, tick / 100)
    assert quality.is_poor


def test_it_keeps_two_seconds_only():
    quality = LinkQuality()
    feed(quality, 100.0, 1, 0)
    assert len(quality._buckets) <= 11
