"""Whatever order windows and alerts come in, no alert that fires is lost, and none calls twice."""

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from core.bus import CommandBus
from core.domain.alert import Alert, AlertStatus, Dating, Fingerprint
from core.domain.maintenance import Maintenance
from core.domain.suppression import covers
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.quiet import Quiet

NAMES = ("a", "b", "c")
MOVES = st.one_of(
    st.tuples(st.sampled_from(["fire", "restart", "end"]), st.sampled_from(NAMES)),
    st.tuples(st.sampled_from(["open", "open on a", "complete", "cancel", "sweep"]), st.just("")),
)


@dataclass(slots=True)
class Walk:
    """`since` are the minutes at which what fires began; `keyed` alerts have no date at all."""

    quiet: Quiet
    keyed: bool
    minute: float = 121
    since: dict[str, float] = field(default_factory=dict)
    windows: list[Maintenance] = field(default_factory=list)

    async def take(self, move: str, name: str) -> None:
        self.minute += 1
        self.quiet.clock.advance(minutes=1)
        await (self._alert(move, name) if name else self._plan(move))

    async def _alert(self, move: str, name: str) -> None:
        match move:
            case "fire":
                self.since.setdefault(name, self.minute)
                await self._says(name, AlertStatus.FIRING)
            case "restart":
                self.since[name] = self.minute
                await self._says(name, AlertStatus.FIRING)
            case "end" if name in self.since:
                await self._says(name, AlertStatus.RESOLVED)
                del self.since[name]

    async def _plan(self, move: str) -> None:
        match move:
            case "open":
                self.windows.append(await self.quiet.window(minutes=600))
            case "open on a":
                self.windows.append(await self.quiet.window(matchers=("instance=a",), minutes=900))
            case "complete" if self.windows:
                await self.quiet.complete(self.windows.pop(0))
            case "cancel" if self.windows:
                await self.quiet.cancel(self.windows.pop())
            case "sweep":
                await self.quiet.sweep()

    async def _says(self, name: str, status: AlertStatus) -> None:
        at = self.minute if self.keyed else self.since[name]
        said: Alert = replace(firing(name, at, group=f"of {name}"), status=status)
        if self.keyed:
            said = replace(said, dating=Dating.NONE)
        elif status is AlertStatus.RESOLVED:
            said = replace(said, ends_at=self.quiet.clock())
        await self.quiet.source.ring(said)

    def check(self) -> None:
        """After a sweep everything that fires is known, and calls somebody or is covered."""
        open_ones = [e for e in self.quiet.episodes() if e.firing]
        running = {w.id: w for w in self.quiet.source.rows.maintenances.values() if w.running}
        assert sorted(e.fingerprint for e in open_ones) == sorted(self.since)
        for episode in open_ones:
            if episode.incident_id:
                assert self.quiet.source.rows.incidents[episode.incident_id].active
            else:
                assert episode.suppressed_by in running
                window = running[episode.suppressed_by]
                assert covers(window, self.quiet.service.id, episode.labels)


async def _walked(moves: list[tuple[str, str]], *, keyed: bool) -> Walk:
    clock = FakeClock()
    store = FakeStore(clock=clock)
    quiet = await Quiet(store, CommandBus(store.transactions, clock), clock).begin()
    walk = Walk(quiet=quiet, keyed=keyed)
    for move, name in moves:
        await walk.take(move, name)
        if move == "sweep":
            walk.check()
    return walk


@given(st.lists(MOVES, max_size=25), st.booleans())
async def test_no_alert_is_lost_on_any_walk(moves: list[tuple[str, str]], keyed: bool) -> None:
    walk = await _walked(moves, keyed=keyed)

    for window in walk.windows:
        await walk.quiet.complete(window)
    await walk.quiet.sweep()

    walk.windows.clear()
    walk.check()
    assert walk.quiet.suppressed() == []


@given(st.lists(MOVES, max_size=25), st.booleans())
async def test_no_fingerprint_fires_in_two_incidents_at_once(
    moves: list[tuple[str, str]], keyed: bool
) -> None:
    walk = await _walked(moves, keyed=keyed)

    await walk.quiet.sweep()

    for name in map(Fingerprint, NAMES):
        mine = [e for e in walk.quiet.episodes() if e.fingerprint == name]
        called = {e.incident_id for e in mine if e.incident_id}
        living = [id for id in called if walk.quiet.source.rows.incidents[id].active]
        assert len(living) <= 1
        assert sum(e.firing for e in mine) <= 1
