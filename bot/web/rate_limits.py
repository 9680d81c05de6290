"""How often one caller may ask: counted for the member, the organisation, or the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil

from aiohttp import hdrs

from bot.web.problems import Issue, Problem, Refusal
from bot.web.rate_limit_store import Count, Counts
from core.domain.plan import Plan
from core.ports import Clock

MINUTE = 60
PER_REFUSED = 1_200
USER, ORGANIZATION, ADDRESS, REFUSED = "user", "organization", "address", "refused"

SPOKEN: Mapping[str, str] = {
    USER: "One user or API key",
    ORGANIZATION: "All users and API keys of one organisation together",
    ADDRESS: "One address without a login",
    REFUSED: "One address with credentials or paths that are not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a caller stands with the limit that is nearest to its end."""

    limit: int
    remaining: int
    reset: int
    """When all of it is there again, in seconds of the epoch, UTC."""
    name: str
    allowed: bool
    retry_after: int
    """Seconds until then."""


class RateLimits:
    """Fixed windows of a minute, each of which begins with the first request that it counts.

    A window's count is one number, which several replicas can keep in Redis at the price of one
    question, and which a client can follow in the headers.
    """

    def __init__(
        self,
        counts: Counts,
        clock: Clock,
        *,
        per_address: int,
        per_refused: int = PER_REFUSED,
        window: int = MINUTE,
    ) -> None:
        self._counts = counts
        self._clock = clock
        self._per_address = per_address
        self._per_refused = per_refused
        self._window = window

    async def spend(self, *, organization_id: str, member: str, plan: Plan) -> Standing:
        """Count one request of a user or API key. What is refused for one costs the other nothing.

        The tighter of both standings is answered.
        """
        key, limit = f"{USER}:{organization_id}:{member}", plan.requests_per_minute_user
        own = await self._counts.add(key, self._window)
        if own.used > limit:
            return self._standing(USER, limit, own)
        most = plan.requests_per_minute_organization
        common = await self._counts.add(f"{ORGANIZATION}:{organization_id}", self._window)
        if common.used > most:
            await self._counts.add(key, self._window, -1)
        if common.used > most or most - common.used < limit - own.used:
            return self._standing(ORGANIZATION, most, common)
        return self._standing(USER, limit, own)

    async def spend_address(self, address: str) -> Standing:
        """Count one request of somebody who has not said who they are."""
        key = f"{ADDRESS}:{neighbourhood(address)}"
        return await self._count(ADDRESS, key, self._per_address)

    async def spend_refused(self, address: str) -> Standing:
        """Count one request that nobody could be found for: as many as one user has, by address."""
        key = f"{REFUSED}:{neighbourhood(address)}"
        return await self._count(REFUSED, key, self._per_refused)

    async def close(self) -> None:
        await self._counts.close()

    async def _count(self, name: str, key: str, limit: int) -> Standing:
        return self._standing(name, limit, await self._counts.add(key, self._window))

    def _standing(self, name: str, limit: int, count: Count) -> Standing:
        now = self._clock().timestamp()
        # The end is rounded up, so that whoever waits for it finds it over.
        reset = max(ceil(count.until), int(now) + 1)
        return Standing(
            limit=limit,
            remaining=max(limit - count.used, 0),
            reset=reset,
            name=name,
            allowed=count.used <= limit,
            retry_after=max(ceil(reset - now), 1),
        )


def headers_of(standing: Standing) -> dict[str, str]:
    """What every answer says of the limit."""
    return {
        "X-RateLimit-Limit": str(standing.limit),
        "X-RateLimit-Remaining": str(standing.remaining),
        "X-RateLimit-Used": str(standing.limit - standing.remaining),
        "X-RateLimit-Reset": str(standing.reset),
    }


def exceeded(standing: Standing) -> Refusal:
    """What is answered when a standing does not allow the request."""
    message = (
        f"{SPOKEN[standing.name]} may make {standing.limit:,} requests a minute, "
        f"and all of them are used up; try again in {standing.retry_after} seconds."
    )
    rate_limit = {
        "name": standing.name,
        "limit": standing.limit,
        "remaining": standing.remaining,
        "retry_after": standing.retry_after,
    }
    return Refusal(
        Problem(
            status=429,
            issues=(Issue(code="rate_limit_exceeded", message=message),),
            headers={**headers_of(standing), hdrs.RETRY_AFTER: str(standing.retry_after)},
            extra={"rate_limit": rate_limit},
        )
    )


def neighbourhood(address: str) -> str:
    """The address, or for IPv6 the network of one household, which has 2^64 of them to use."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> 64 << 64))
