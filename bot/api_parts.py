"""The API's standards, as the settings want them."""

from bot.api.auth import PlanOf, Standards
from bot.settings import Settings
from bot.web.rate_limits import RateLimits
from bot.web_settings import client_addresses


def standards_of(settings: Settings, limits: RateLimits, plan_of: PlanOf) -> Standards:
    return Standards(addresses=client_addresses(settings), limits=limits, plan_of=plan_of)
