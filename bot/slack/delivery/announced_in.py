"""The channel where an organisation announces its incidents, by name or id."""

from bot.incident_settings import settings_of
from bot.slack.delivery.errand import Errand
from bot.slack.naming import name_in
from core.language import say
from core.ports import ReadModels


class AnnouncedIn:
    """What the organisation decided; `usual` is the installation's, where it decided nothing."""

    def __init__(self, reads: ReadModels, usual: str) -> None:
        self._reads = reads
        self._usual = usual

    async def of(self, errand: Errand) -> str:
        settings = await settings_of(self._reads, errand.organization_id)
        return settings.announcement_channel or self._usual


def nowhere_to_announce(channel: str) -> str:
    return say(
        "There is no channel #{name} for announcements that Tocsin can see; create it (a private "
        "one: invite Tocsin), choose another one with “/incident settings” or set "
        "TOCSIN_ANNOUNCEMENT_CHANNEL, then replay.",
        name=name_in(channel),
    )
