"""An alert event of incident.io's HTTP alert source."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from bot.alert_bodies.parts import Details, Key, Loose, filled, word

EXAMPLE: dict[str, Any] = {
    "title": "Checkout times out",
    "status": "firing",
    "deduplication_key": "checkout-timeouts",
    "description": "Every fifth request ends in a timeout.",
    "source_url": "https://monitoring.example.com/alerts/7",
    "metadata": {"severity": "critical", "service": "checkout"},
}


class AlertEventBody(BaseModel):
    """`deduplication_key` may be left out: one is made, and answered."""

    title: Annotated[str, AfterValidator(filled("title"))]
    status: Annotated[Literal["firing", "resolved"], BeforeValidator(word)]
    deduplication_key: Key = None
    description: Loose = None
    source_url: Loose = None
    metadata: Details = Field(default_factory=dict)
