"""Who is invited because of a service, besides its owners."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.settings import parts, summaries
from bot.slack.settings.meanwhile import Values, seals_of
from bot.slack.settings.sight import Sight
from bot.slack.text import literal
from bot.slack.views.submission import people
from core.domain.ids import ServiceId
from core.errors import NotFound
from core.language import say

CHOOSE = "settings.service.choose"
PEOPLE = "settings.service_invitees"
SHOWN = 30
"""Services with people of their own."""


def services(sight: Sight, about: str = "") -> b.View:
    explained = say(
        "A service's owners are always invited into the channels of its incidents. Others can be "
        "invited here."
    )
    names = sight.service_names()
    rows = [
        _row(sight, one.service_id, names[one.service_id], summaries.people(sight, one.user_ids))
        for one in sight.settings.service_invitees
        if one.service_id in names
    ]
    left = len(rows) - SHOWN
    more = [b.context(b.plain(say("{count} more are not shown.", count=left)))] if left > 0 else []
    blocks = [b.section(b.plain(explained)), *_choice(sight), *rows[:SHOWN], *more]
    return parts.page(sight, parts.SERVICES, blocks)


def service(sight: Sight, about: str) -> b.View:
    found = sight.service(about)
    if found is None:
        raise NotFound(say("That service is not there any more."))
    invited = sight.settings.invited_for(found.id)
    field = b.Input(
        id=PEOPLE,
        label=say("Who is invited besides its owners"),
        element=b.people_select(),
        optional=True,
    ).starting_with(initial_users=[*sight.seen(invited)])
    remark = parts.remark(summaries.unseen(sight, invited))
    blocks = [b.header(found.name), field.block(), *remark]
    return parts.form(sight, parts.SERVICE, blocks, seals_of(kept(sight, found.id)), about)


def kept(sight: Sight, id: ServiceId) -> Values:
    """Of the people only those who can be shown in Slack."""
    return {"service_invitees": sight.seen(sight.settings.invited_for(id))}


def filled(values: Mapping[str, Any]) -> Values:
    return {"service_invitees": people(values, PEOPLE)}


def _choice(sight: Sight) -> list[b.Block]:
    """Left out where there is none: a select must offer something."""
    if not sight.services:
        return [b.section(b.plain(say("There are no services yet.")))]
    element = b.searching_select() | {
        "action_id": CHOOSE,
        "placeholder": b.plain(say("Choose a service"), 150),
    }
    asked = say("For which service?")
    return [b.section(b.plain(asked), accessory=element) | {"block_id": CHOOSE}]


def _row(sight: Sight, id: ServiceId, name: str, who: str) -> b.Block:
    said = say("Change: {page}", page=name)
    text = f"*{literal(name, 300)}*\n{who}"
    return parts.row(text, f"{parts.SERVICE}:{id}", say("Change"), said)
