"""Where an answer is given: where somebody acted, or in person where that is nowhere."""

import structlog

from bot.slack.desk import Desk
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Reply
from bot.slack.shapes import Spot
from core.ports import Unreachable

log = structlog.get_logger(__name__)


async def tell(desk: Desk, gesture: Gesture, answer: Reply) -> None:
    """Whoever was in the App Home reads it there; a shortcut without a channel has no place."""
    if gesture.home:
        await desk.home.tell(gesture, answer.sentence)
    elif gesture.response_url:
        await desk.responder.send(gesture.response_url, answer)
    else:
        await _in_person(gesture, answer)


async def _in_person(gesture: Gesture, answer: Reply) -> None:
    gateway = gesture.workspace.gateway
    try:
        room = await gateway.open_direct(gesture.user_id)
        await gateway.post(Spot(room=room), answer.message, {"answer": gesture.key})
    except (Refused, Unreachable) as failure:
        log.warning("slack_answer_refused", reason=str(failure))
