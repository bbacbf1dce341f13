"""For all tests: how much Hypothesis tries in `./dev long`."""

from hypothesis import settings

settings.register_profile("long", max_examples=2000, deadline=None)
