"""How many made-up examples a law is tried on: few in the quick suite, all of them in the thorough one."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

QUICK = "quick"
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", QUICK)
_EACH = 60
_SHARE = 8
_FEWEST = 6


def load_profile() -> None:
    """The same examples each time, so that a run tells what a change did; ``explore`` looks further."""
    # how long examples take to draw says more of the machine's other work than of the tests
    common: dict[str, Any] = {"deadline": None, "suppress_health_check": (HealthCheck.too_slow,)}
    settings.register_profile(QUICK, derandomize=True, max_examples=_EACH // _SHARE, **common)
    settings.register_profile("thorough", derandomize=True, max_examples=_EACH, **common)
    settings.register_profile("explore", **common)
    settings.load_profile(PROFILE)


def examples(number: int, **more: Any) -> settings:
    """So many examples for a law that needs more or bears fewer than others; an eighth in the quick suite."""
    tried = number if PROFILE != QUICK else max(number // _SHARE, min(number, _FEWEST))
    return settings(max_examples=tried, **more)
