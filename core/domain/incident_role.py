"""The parts that people take in an incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.record import Record
from core.language import known, to_say

MAX_NAME = 100
MAX_SHORTFORM = 50
MAX_TEXT = 10_000

LEAD = "role_lead"
"""Who leads an incident is whom it is assigned to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRole(Record):
    """`shortform` is what it is called in commands; `instructions` go to whoever takes it."""

    NOUN: ClassVar[str] = "role"
    PREFIX: ClassVar[str] = "rol"

    name: str
    shortform: str = ""
    description: str = ""
    instructions: str = ""

    @property
    def leads(self) -> bool:
        return self.id == LEAD

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name.casefold()


_STANDARD = (
    (
        LEAD,
        to_say("Incident Lead"),
        "lead",
        to_say("Leads the work, decides, and knows who does what."),
        to_say("Take the incident, say who does what, and keep its status true."),
    ),
    (
        "role_communications",
        to_say("Communications Lead"),
        "comms",
        to_say("Tells everybody outside the incident how it stands."),
        to_say("Post an update whenever something is learnt, and at least every hour."),
    ),
    (
        "role_scribe",
        to_say("Scribe"),
        "scribe",
        to_say("Writes down what is seen, decided and done, and when."),
        to_say("Note what happens as it happens; what is not written down is lost."),
    ),
)

STANDARD_ROLES = {id: name for id, name, *_ in _STANDARD}
"""Their names by their ids, which no other may have."""


def names_of(role: IncidentRole) -> tuple[str, ...]:
    """By which it is known, whatever the case: as written, and in the language spoken now."""
    names = (role.shortform, role.name, known(role.name))
    return tuple(dict.fromkeys(name.casefold() for name in names if name))


def standard_roles(at: datetime) -> tuple[IncidentRole, ...]:
    """Those which every organisation has without adding them."""
    return tuple(
        IncidentRole(
            id=id,
            created_at=at,
            updated_at=at,
            name=name,
            shortform=shortform,
            description=description,
            instructions=instructions,
        )
        for id, name, shortform, description, instructions in _STANDARD
    )
