"""What nobody could take back, gathered by where it stands and told in one sentence."""

import re
from collections.abc import Iterable

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.shapes import Room
from core.domain.account import User
from core.language import say
from core.ports import Posting, Undeliverable


class StillStanding:
    """Of one attempt."""

    def __init__(self) -> None:
        self._reasons: dict[str, set[str]] = {}

    def add(self, place: str, reason: str) -> None:
        self._reasons.setdefault(place, set()).add(reason)

    async def tell(self, errand: IncidentErrand) -> None:
        """In the same words whatever the order of the places, for the same ones are told once."""
        if not self._reasons:
            return
        places = [
            say("In {place}: {reason}", place=place, reason=" ".join(sorted(reasons)))
            for place, reasons in sorted(self._reasons.items())
        ]
        raise Undeliverable(
            say(
                "Not all that was said of {reference} while it was public could be taken back; see "
                "to it by hand. {places}",
                reference=errand.reference,
                places=" ".join(places),
            )
        )


def place_of(room: Room) -> str:
    """By its id where Tocsin may not see what it is called."""
    return room.spoken if room.name else say("the channel {id}", id=room.id)


def message_to(users: Iterable[User], told: Posting) -> str:
    """The notes of what was said in person name to whom."""
    named = {*re.split("[: ]", f"{told.role} {told.ts}")}
    for user in users:
        if user.id in named or user.slack_user_id in named:
            return say("a message to {name}", name=user.name)
    return say("a message to one person")
