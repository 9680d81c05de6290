"""Requests of Opsgenie's alert API, and the form in which they wait to be carried out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from bot.alert_bodies.parts import Details, Loose, Moment, Objects, filled

LONGEST_ALIAS = 512
PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
DEFAULT_PRIORITY = "P3"
OWN = ("priority", "source", "entity", "tags", "responders")
"""Labels that an alert of Opsgenie's has besides its details."""


class Act(StrEnum):
    """What is done, in the words of Opsgenie's answer about a request."""

    CREATE = "Create"
    ACKNOWLEDGE = "Acknowledge"
    UNACKNOWLEDGE = "UnAcknowledge"
    CLOSE = "Close"
    DELETE = "Delete"
    SNOOZE = "Snooze"
    ADD_NOTE = "AddNote"
    ADD_TAGS = "AddTags"
    REMOVE_TAGS = "RemoveTags"
    ADD_DETAILS = "AddDetails"
    REMOVE_DETAILS = "RemoveDetails"
    UPDATE_MESSAGE = "UpdateMessage"
    UPDATE_DESCRIPTION = "UpdateDescription"
    UPDATE_PRIORITY = "UpdatePriority"
    ASSIGN = "Assign"


def _words(value: Any) -> Any:
    """A list of words, or one text with commas between them; other things are passed over."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return ()
    words = (word.strip() for word in value if isinstance(word, str))
    return tuple(dict.fromkeys(word for word in words if word))


def _priority(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    word = value.strip().upper() if isinstance(value, str) else value
    if word not in PRIORITIES:
        raise ValueError(f"“priority” must be one of {', '.join(PRIORITIES)}.")
    return word


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Priority = Annotated[str | None, BeforeValidator(_priority)]


class ActBody(BaseModel):
    """What every request may say: who acts, through what, and a note."""

    model_config = ConfigDict(populate_by_name=True)

    user: Loose = None
    source: Loose = None
    note: Loose = None


class CreateBody(ActBody):
    message: str
    alias: Loose = None
    description: Loose = None
    entity: Loose = None
    priority: Priority = None
    tags: Words = ()
    details: Details = Field(default_factory=dict)
    responders: Objects = Field(default_factory=list)

    _message = field_validator("message")(filled("message"))

    @field_validator("alias")
    @classmethod
    def _short(cls, alias: str | None) -> str | None:
        if alias and len(alias) > LONGEST_ALIAS:
            raise ValueError(f"“alias” may have at most {LONGEST_ALIAS} characters.")
        return alias.strip() or None if alias else None


class NoteBody(ActBody):
    note: str

    _note = field_validator("note")(filled("note"))


class TagsBody(ActBody):
    tags: Words

    @field_validator("tags")
    @classmethod
    def _some(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        if not tags:
            raise ValueError("“tags” has no tag in it; name at least one.")
        return tags


class DetailsBody(ActBody):
    details: dict[str, Any]


class KeysBody(ActBody):
    names: Words = Field(alias="keys")

    @field_validator("names")
    @classmethod
    def _some(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            raise ValueError("“keys” has no name in it; name at least one detail.")
        return names


class SnoozeBody(ActBody):
    end_time: Moment = Field(alias="endTime")

    @field_validator("end_time")
    @classmethod
    def _given(cls, end: Any) -> Any:
        if end is None:
            raise ValueError("“endTime” must be a time with its zone, as 2026-11-20T23:28:33Z.")
        return end


class MessageBody(ActBody):
    message: str

    _message = field_validator("message")(filled("message"))


class DescriptionBody(ActBody):
    description: str


class PriorityBody(ActBody):
    priority: Priority

    @field_validator("priority")
    @classmethod
    def _given(cls, priority: str | None) -> str:
        if priority is None:
            raise ValueError(f"“priority” must be one of {', '.join(PRIORITIES)}.")
        return priority


class OwnerBody(ActBody):
    owner: Details

    @property
    def name(self) -> str:
        """By which the owner is known there: a user name, which is an address, or an id."""
        known = (self.owner.get(word) for word in ("username", "name", "id"))
        return next((name for name in known if isinstance(name, str) and name.strip()), "")

    @field_validator("owner")
    @classmethod
    def _named(cls, owner: dict[str, Any]) -> dict[str, Any]:
        if not any(isinstance(owner.get(word), str) for word in ("username", "name", "id")):
            raise ValueError("“owner” names nobody; give its “username” or “id”.")
        return owner


BODIES: Mapping[Act, type[ActBody]] = {
    Act.CREATE: CreateBody,
    Act.ACKNOWLEDGE: ActBody,
    Act.UNACKNOWLEDGE: ActBody,
    Act.CLOSE: ActBody,
    Act.DELETE: ActBody,
    Act.SNOOZE: SnoozeBody,
    Act.ADD_NOTE: NoteBody,
    Act.ADD_TAGS: TagsBody,
    Act.REMOVE_TAGS: TagsBody,
    Act.ADD_DETAILS: DetailsBody,
    Act.REMOVE_DETAILS: KeysBody,
    Act.UPDATE_MESSAGE: MessageBody,
    Act.UPDATE_DESCRIPTION: DescriptionBody,
    Act.UPDATE_PRIORITY: PriorityBody,
    Act.ASSIGN: OwnerBody,
}
"""What each act takes."""

GONE = "Alert does not exist."
"""What is answered about a request that named an alert nobody knows."""


class Waiting(BaseModel):
    """A request as it is stored: the act, the alert by its alias, and what was sent. `alias` is
    empty where no alert could be found."""

    action: Act
    alias: str = ""
    body: dict[str, Any] = Field(default_factory=dict)
