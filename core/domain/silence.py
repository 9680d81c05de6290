"""A silence: for a while, alerts with these labels call nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.alert import Labels
from core.domain.ids import IntegrationId
from core.domain.matcher import matches
from core.domain.record import Record

ACTIVE = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Record):
    """`matchers` as Alertmanager writes them; with `integration_id`, of that source only, all of
    whose alerts are meant where there are no matchers.
    `over` once its end was dealt with; `by` is who asked for it."""

    NOUN: ClassVar[str] = "silence"
    PREFIX: ClassVar[str] = "sil"

    matchers: tuple[str, ...]
    ends_at: datetime
    reason: str = ""
    by: str = ""
    integration_id: IntegrationId | None = None
    over: bool = False

    @property
    def label(self) -> str:
        return self.reason or self.which

    @property
    def which(self) -> str:
        """The alerts it means, by their labels."""
        return ", ".join(self.matchers)

    @property
    def parent_id(self) -> str | None:
        """So that triage finds those that are not over without reading the others."""
        return None if self.over else ACTIVE

    @property
    def search_text(self) -> str:
        return " ".join((self.reason, self.by, *self.matchers))

    def covers(self, source: IntegrationId, labels: Labels, now: datetime) -> bool:
        """Whether it keeps an alert with these labels quiet."""
        of_mine = self.integration_id is None or self.integration_id == source
        return of_mine and now < self.ends_at and self._means(labels)

    def _means(self, labels: Labels) -> bool:
        whole_source = not self.matchers and self.integration_id is not None
        return whole_source or matches(self.matchers, labels)
