"""Choosing how strictly the sandbox limits the rate of calls."""

from dataclasses import dataclass

from sandbox.rate_limit import RateLimiter


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """`rate_burst` replaces the burst of the profile, unless it is nothing."""

    rate_limits: str
    rate_burst: float | None
    distributed: bool

    @classmethod
    def of(cls, limiter: RateLimiter) -> "Rates":
        return cls(
            rate_limits=limiter.profile,
            rate_burst=limiter.burst,
            distributed=limiter.distributed,
        )

    def rule(self, limiter: RateLimiter) -> None:
        """Limit calls so from now on; what was called before counts no longer."""
        if self != Rates.of(limiter):
            limiter.profile, limiter.burst = self.rate_limits, self.rate_burst
            limiter.distributed = self.distributed
            limiter.reset()
