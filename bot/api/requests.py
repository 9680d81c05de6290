"""What may be sent to `/api/v1`: the union of both products' bodies; unknown fields are ignored."""

from typing import Annotated, Any

from aiohttp import web
from pydantic import AfterValidator, BaseModel, Field

from bot.api.auth import Client
from core.domain.state import Phase, phase_named
from core.errors import InvalidInput

IDEMPOTENCY_KEY = "Idempotency-Key"
LONGEST_KEY = 255
MOST_ENTRIES = 100


def _phase_word(word: str) -> str:
    try:
        phase_named(word)
    except InvalidInput as error:
        raise ValueError(str(error)) from error
    return word


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("The message is empty; write what is known.")
    return text


def _no_audience(ids: list[Any] | None) -> list[Any] | None:
    if ids:
        raise ValueError(
            "Incidents cannot be shown to some customers only yet; "
            "leave visible_to_customer_ids out."
        )
    return ids


def _no_postmortem(url: str | None) -> str | None:
    if url:
        raise ValueError("A link to a postmortem cannot be kept yet; leave postmortem_url out.")
    return url


Ids = Annotated[list[str], Field(max_length=MOST_ENTRIES)]
Audience = Annotated[list[Any] | None, AfterValidator(_no_audience)]


class Message(BaseModel):
    type: Annotated[str, AfterValidator(_phase_word)]
    description: Annotated[str, AfterValidator(_not_blank)]

    @property
    def phase(self) -> Phase:
        return phase_named(self.type)


class NewIncident(BaseModel):
    title: str
    severity: str
    description: str | None = None
    affected_services: Ids | None = None
    publish: bool | None = None
    initial_message: Message | None = None
    assignee: str | None = None
    visible_to_customer_ids: Audience = None


class IncidentChange(BaseModel):
    """What is absent or null stays; only `assignee` means nobody when it is null or empty."""

    title: str | None = None
    severity: str | None = None
    description: str | None = None
    status: str | None = None
    state: str | None = None
    affected_services: Ids | None = None
    assignee: str | None = None
    visible_to_customer_ids: Audience = None
    postmortem_url: Annotated[str | None, AfterValidator(_no_postmortem)] = None


class NewService(BaseModel):
    name: str
    description: str | None = None
    owner_ids: Ids | None = None


def idempotency_key(request: web.Request, client: Client) -> str | None:
    """The key of a command, out of the header; one caller's keys are no other's."""
    given = request.headers.get(IDEMPOTENCY_KEY, "").strip()
    if not given:
        return None
    if len(given) > LONGEST_KEY or not (given.isascii() and given.isprintable()):
        raise InvalidInput(
            f"An idempotency key has 1 to {LONGEST_KEY} printable ASCII characters.",
            field=IDEMPOTENCY_KEY,
        )
    return f"rest:{client.key_id}:{given}"
