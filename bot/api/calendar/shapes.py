"""The calendar feed on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, RootModel

from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape

SAMPLE = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tocsin//Maintenance//EN",
        "BEGIN:VEVENT",
        "UID:mnt_01kahz5t0c8m4v6r2x9d7w3n1q@tocsin",
        "DTSTAMP:20261120T232833Z",
        "DTSTART:20261201T220000Z",
        "DTEND:20261201T230000Z",
        "SUMMARY:Database upgrade (MNT-7)",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
)


class CalendarText(RootModel[str]):
    """A calendar of RFC 5545."""

    root: Annotated[str, Field(examples=[SAMPLE])]


class CalendarQuery(Shape):
    token: Annotated[
        str | None, Field(max_length=200, description="That of the feed; else send a credential.")
    ] = None


class CalendarFeedLine(Shape):
    url: str | None = Field(
        description="To be subscribed to. Shown once; null when a request is repeated.",
        examples=["https://tocsin.example.com/api/v1/maintenances.ics?token=q3vR8sT1wY6zB4nM"],
    )
    token: str | None = Field(description="The last part of the address, alone.")
    created_at: datetime
    created_by: str | None


class CalendarFeedAnswer(CalendarFeedLine):
    data: CalendarFeedLine
    meta: OneMeta
