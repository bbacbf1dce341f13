"""For all tests: how Hypothesis tries, and how much of it in `./dev long`.

No deadline: unit tests do not measure wall-clock time. What is slow is seen by `--durations`.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "short", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("long", settings.get_profile("short"), max_examples=2000)
settings.load_profile("short")
