"""Everything a composition root would get from storage, in memory."""

from collections.abc import Callable

from core.domain.events import Event
from core.domain.ids import OrganizationId
from core.effects import Effect, IndexIncident, IndexRecord
from core.ports import Clock, NewId
from tests.fakes.chores import FakeChores
from tests.fakes.directory import FakeDirectory, FakeHealth
from tests.fakes.inbox import FakeInbox
from tests.fakes.installations import FakeInstallations
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.outbox import FakeOutbox, FakePostings
from tests.fakes.reading import FakeReadModels
from tests.fakes.rows import Rows
from tests.fakes.searching import FakeSearch
from tests.fakes.transactions import FakeTransactions, React, everything_follows


def nobody_listens() -> None:
    """The default of `on_effects`."""


class FakeStore:
    """The ports under the names `Storage` has for them, and what tests like to look at."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        new_id: NewId | None = None,
        on_effects: Callable[[], None] = nobody_listens,
        react: React = everything_follows,
    ) -> None:
        clock, new_id = clock or FakeClock(), new_id or FakeIds()
        self.rows = Rows()
        self.outbox = FakeOutbox(clock, stored=self.rows)
        self.postings = FakePostings()
        self.inbox = FakeInbox(self.rows)
        self.reads = FakeReadModels(rows=self.rows, inbox=self.inbox)
        self.search = FakeSearch(self.rows)
        self.chores = FakeChores(self.rows)
        self.directory = FakeDirectory(self.rows, clock, new_id)
        self.health = FakeHealth()
        self.installations = FakeInstallations()
        self.transactions = FakeTransactions(
            rows=self.rows,
            outbox=self.outbox,
            inbox=self.inbox,
            clock=clock,
            new_id=new_id,
            on_effects=on_effects,
            react=react,
        )

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def effects(self) -> list[Effect]:
        """What waits in the outbox, oldest first."""
        return [row.parcel.effect for row in self.outbox.rows.values() if row.waiting]

    @property
    def shown(self) -> list[Effect]:
        """The same without what search hears of it."""
        return [one for one in self.effects if not isinstance(one, IndexIncident | IndexRecord)]

    def events(self, organization_id: OrganizationId) -> list[Event]:
        """Everything that happened in the organisation, oldest first."""
        return [entry.event for entry in self.rows.of(organization_id).timeline]
