"""Commands on what people say to Tocsin."""

from dataclasses import dataclass

from core.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp(Command[bool]):
    """What was said is answered by whoever takes it up first, and nobody else: told again, or to
    several, it is taken up already. `event_id` is how Slack calls it."""

    event_id: str
