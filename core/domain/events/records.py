"""What happened to the plain nouns of an organisation."""

from dataclasses import dataclass
from typing import TypeAlias

from core.domain.events.base import Fact
from core.domain.ids import IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent(Fact):
    """`noun` as in a sentence, `name` as the record was called then."""

    noun: str
    record_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCreated(RecordEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanged(RecordEvent):
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeleted(RecordEvent):
    """`shown_in` are the incidents going on that were said to look like it."""

    shown_in: tuple[IncidentId, ...] = ()


RecordFact: TypeAlias = RecordCreated | RecordChanged | RecordDeleted
