"""Choosing how strictly the sandbox limits the rate of calls."""

from typing import Any

from sandbox.errors import Refusal
from sandbox.facts.tiers import OFF, PROFILES
from sandbox.json_types import Json
from sandbox.rate_limit import RateLimiter


def change_rates(limiter: RateLimiter, wanted: Json) -> None:
    """Take over `rate_limits`, `rate_burst` and `distributed`, where they are named."""
    profile = wanted.get("rate_limits", limiter.profile)
    burst = wanted.get("rate_burst", limiter.burst)
    distributed = wanted.get("distributed", limiter.distributed)
    if profile not in (OFF, *PROFILES):
        raise Refusal("invalid_request", f"rate_limits is one of {', '.join((OFF, *PROFILES))}.")
    if burst is not None and not _is_positive(burst):
        raise Refusal("invalid_request", "rate_burst is a number above 0, or null.")
    if not isinstance(distributed, bool):
        raise Refusal("invalid_request", "distributed is true or false.")
    if (profile, burst, distributed) != (limiter.profile, limiter.burst, limiter.distributed):
        limiter.profile, limiter.burst, limiter.distributed = profile, burst, distributed
        limiter.reset()


def _is_positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
