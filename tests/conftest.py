"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes says how busy the machine is, not whether the program is right.
settings.register_profile("disclosure", deadline=None)
settings.load_profile("disclosure")
