"""The settings of incidents on the wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictInt

from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape

SeverityWord: TypeAlias = Literal["critical", "high", "medium", "low"]
BroadcastWord: TypeAlias = Literal["nobody", "here", "channel"]
LanguageCode: TypeAlias = Literal["en", "de"]

_ANNOUNCED = "A channel's name or id; empty for the installation's."
_DIGEST = "A channel's name or id; empty for none, and then no week is summed up either."
_NAME = "A template with {date}, {number}, {severity} and {title}."
_REACTION = "The name of the emoji that adds a message to the timeline; empty for none."
_MEANING = "Empty for the usual words."
_UPDATES = "Minutes between updates; 0 means that none is expected."
_BROADCAST = "Whom the announcement calls, besides those who are invited."
_INVITEES = "Ids of the users who are invited into every channel."
_FIELDS = "The custom fields that the form to declare asks for, in this order."
_ROLES = "What those who take a role of every organisation are told; empty for the usual words."
_ZERO = "0 means never."


class SeverityLine(Shape):
    severity: SeverityWord
    meaning: str = Field(description=_MEANING, examples=["Customers cannot pay"])
    update_minutes: int = Field(description=_UPDATES, examples=[30])
    broadcast: BroadcastWord = Field(description=_BROADCAST)
    invitees: list[str] = Field(description=_INVITEES)


class SeverityChange(Shape):
    """What is left out stays."""

    severity: SeverityWord
    meaning: Annotated[str | None, Field(description=_MEANING)] = None
    update_minutes: Annotated[StrictInt | None, Field(description=_UPDATES)] = None
    broadcast: Annotated[BroadcastWord | None, Field(description=_BROADCAST)] = None
    invitees: Annotated[list[str] | None, Field(description=_INVITEES)] = None


class ServiceLine(Shape):
    service_id: str
    user_ids: list[str] = Field(description="Who is invited besides its owners; empty for nobody.")


class FieldLine(Shape):
    field_id: str
    required: StrictBool = False


class RoleLine(Shape):
    role_id: Literal["role_lead", "role_communications", "role_scribe"]
    instructions: str


class SettingsChange(Shape):
    """What is left out stays. Severities, services and roles that are not given stay too."""

    expected_version: Annotated[
        StrictInt | None, Field(description="Refused with 409 where it is another one by now.")
    ] = None
    announcement_channel: Annotated[str | None, Field(description=_ANNOUNCED)] = None
    digest_channel: Annotated[str | None, Field(description=_DIGEST)] = None
    channel_name: Annotated[str | None, Field(description=_NAME)] = None
    reaction: Annotated[str | None, Field(description=_REACTION)] = None
    language: LanguageCode | None = None
    timezone: Annotated[str | None, Field(examples=["Europe/Berlin"])] = None
    severities: list[SeverityChange] | None = None
    service_invitees: list[ServiceLine] | None = None
    form_fields: Annotated[list[FieldLine] | None, Field(description=_FIELDS)] = None
    role_instructions: Annotated[list[RoleLine] | None, Field(description=_ROLES)] = None
    lead_minutes: Annotated[StrictInt | None, Field(description=_ZERO)] = None
    stale_hours: Annotated[StrictInt | None, Field(description=_ZERO)] = None
    tasks_left_hours: Annotated[StrictInt | None, Field(description=_ZERO)] = None
    archive_days: Annotated[StrictInt | None, Field(description=_ZERO)] = None
    summary_weekday: Annotated[StrictInt | None, Field(description="0 is Monday.")] = None
    summary_hour: StrictInt | None = None


class SettingsLine(Shape):
    version: int = Field(description="0 as long as nobody changed anything.")
    announcement_channel: str = Field(description=_ANNOUNCED, examples=["incidents"])
    digest_channel: str = Field(description=_DIGEST)
    channel_name: str = Field(description=_NAME, examples=["inc-{date}-{title}"])
    reaction: str = Field(description=_REACTION, examples=["pushpin"])
    language: LanguageCode
    timezone: str = Field(
        description="Of dates in channels' names and of the weekly summary.", examples=["UTC"]
    )
    severities: list[SeverityLine] = Field(description="All of them, the worst first.")
    service_invitees: list[ServiceLine]
    form_fields: list[FieldLine] = Field(description=_FIELDS)
    role_instructions: list[RoleLine] = Field(description=_ROLES)
    lead_minutes: int = Field(description="Until a lead is missed. 0 means never.", examples=[10])
    stale_hours: int = Field(
        description="Until it is asked whether a silent incident goes on. 0 means never."
    )
    tasks_left_hours: int = Field(
        description="After the end, until open tasks are told of. 0 means never."
    )
    archive_days: int = Field(
        description="After the end, until the channel is archived. 0 means never."
    )
    summary_weekday: int = Field(description="0 is Monday.")
    summary_hour: int
    updated_at: datetime | None = Field(description="Null as long as nobody changed anything.")


class SettingsAnswer(SettingsLine):
    data: SettingsLine
    meta: OneMeta
