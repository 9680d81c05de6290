"""What happened to the plain nouns of an organisation."""

from dataclasses import dataclass
from typing import TypeAlias

from core.domain.events.base import Fact
from core.domain.ids import IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent(Fact):
    """`noun` as in a sentence, `name` as the record was called then; `incident_id` for what belongs
    to an incident, whose history it is a part of."""

    noun: str
    record_id: str
    name: str
    incident_id: IncidentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCreated(RecordEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanged(RecordEvent):
    """`became` is the state it came to by it, as a word, where it did."""

    fields: tuple[str, ...]
    became: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeleted(RecordEvent):
    """`shown_in` are the incidents going on that were said to look like it."""

    shown_in: tuple[IncidentId, ...] = ()


RecordFact: TypeAlias = RecordCreated | RecordChanged | RecordDeleted
