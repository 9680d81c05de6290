"""Commands on who follows what."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.subscription import Followed, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Command[Subscription]):
    """`subject` is the id of an incident or a service, or a severity; `follower` a member or a
    channel of Slack. Who follows already goes on following."""

    followed: Followed
    subject: str
    follower: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollow(Command[Subscription]):
    """`NotFound` where nobody follows under that id."""

    subscription_id: str
