"""The settings as the use cases of maintenance are told them."""

from datetime import timedelta

from bot.listed_minutes import minutes_in
from bot.settings import Settings
from core.domain.policy import Policy


def policy_of(settings: Settings) -> Policy:
    return Policy(
        longest_maintenance=timedelta(days=settings.maintenance_longest_days),
        reminders=minutes_in(settings.maintenance_reminders),
    )
