"""Windows that are announced: who schedules them, and what is seen of them."""

from datetime import timedelta
from typing import Any

from core.commands import AddService, ScheduleMaintenance
from core.domain.actor import Caller, Surface
from core.domain.ids import ServiceId
from core.domain.maintenance import Maintenance
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import a_caller, hire, the_operator
from tests.integration.slack.stage import Stage

HOUR = timedelta(hours=1)
TITLE = "Database upgrade"


def a_planner(stage: Stage) -> Caller:
    """Somebody over REST, whom Slack does not know."""
    return a_caller(stage.organization_id, name="Paula Planner", surface=Surface.REST)


async def somebody(stage: Stage, name: str) -> Caller:
    """A person of the sandbox who is a user already."""
    return await hire(stage.bus, stage.organization_id, name)


async def a_service(stage: Stage, name: str) -> ServiceId:
    operator = the_operator(stage.organization_id)
    return (await stage.bus.execute(AddService(caller=operator, name=name))).id


async def scheduled(stage: Stage, *, caller: Caller | None = None, **fields: Any) -> Maintenance:
    """A window that starts in two hours and lasts one, shown wherever it belongs."""
    start = stage.clock() + 2 * HOUR
    given: dict[str, Any] = {
        "title": TITLE,
        "scheduled_start_at": start,
        "scheduled_end_at": start + HOUR,
        **fields,
    }
    wish = ScheduleMaintenance(caller=caller or a_planner(stage), **given)
    window = await stage.bus.execute(wish)
    await stage.settled()
    return window


async def cards(room: Room, reference: str = "MNT-") -> list[Card]:
    return [card for card in await room.messages() if _has_header(card, reference)]


async def card(room: Room) -> Card:
    [only] = await cards(room)
    return only


async def broadcasts(room: Room) -> list[str]:
    """What of its threads is read in the channel itself."""
    messages = await room.messages()
    return [one.text for one in messages if one.wire.get("subtype") == "thread_broadcast"]


async def thread(room: Room) -> list[str]:
    """What is said below the only card."""
    return [reply.text for reply in await room.thread(await card(room))]


async def direct(stage: Stage) -> list[Room]:
    return [room for room in await stage.sandbox.channels() if room.wire["is_im"]]


def _has_header(card: Card, reference: str) -> bool:
    return any(block["type"] == "header" and reference in str(block) for block in card.blocks)
