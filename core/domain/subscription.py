"""People and channels that follow an incident, a service or a severity."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.domain.ids import IncidentId
from core.domain.record import Record

MOST_TOLD = 500
"""So many who follow one thing are told of it, the newest of them."""


class Followed(StrEnum):
    INCIDENT = "incident"
    SERVICE = "service"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Record):
    """`subject` is the id of an incident or a service, or a severity. `follower` is a member or a
    channel of Slack; `name` is what people call what is followed."""

    NOUN: ClassVar[str] = "subscription"
    PREFIX: ClassVar[str] = "sub"

    followed: Followed
    subject: str
    follower: str
    name: str = ""

    @property
    def of_channel(self) -> bool:
        """Members of Slack begin with another letter than channels."""
        return self.follower[:1] not in ("U", "W")

    @property
    def label(self) -> str:
        return self.name or self.subject

    @property
    def incident_id(self) -> IncidentId | None:
        """The incident that is followed, if it is one."""
        return IncidentId(self.subject) if self.followed is Followed.INCIDENT else None

    @property
    def parent_id(self) -> str | None:
        return self.subject

    @property
    def unique_key(self) -> str | None:
        return f"{self.followed}/{self.subject}/{self.follower}"

    @property
    def key(self) -> str:
        """As it is compared."""
        return str(self.unique_key).casefold()
