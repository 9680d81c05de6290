"""The settings as the HTTP doors are told them."""

from bot.settings import Settings
from bot.web.addresses import ClientAddresses, networks_in
from bot.web.cors import origins_in
from bot.web.rate_limits import RateLimits
from bot.web.shared_counts import counts_of
from core.domain.plan import Plan
from core.ports import Clock


def rate_limits_of(settings: Settings, clock: Clock) -> RateLimits:
    """To be closed when the server stops."""
    url = settings.redis_url.get_secret_value() if settings.redis_url else None
    counts = counts_of(url, lambda: clock().timestamp())
    return RateLimits(
        counts,
        clock,
        per_address=settings.rate_limit_address,
        per_refused=settings.rate_limit_user,
    )


def usual_plan(settings: Settings) -> Plan:
    """Of organisations that were given no other."""
    return Plan(
        name="default",
        requests_per_minute_user=settings.rate_limit_user,
        requests_per_minute_organization=settings.rate_limit_organization,
    )


def client_addresses(settings: Settings) -> ClientAddresses:
    return ClientAddresses(networks_in(settings.trusted_proxies))


def cors_origins(settings: Settings) -> frozenset[str]:
    return origins_in(settings.cors_origins)
