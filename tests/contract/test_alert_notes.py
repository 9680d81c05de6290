"""Notes on alerts: kept in the order in which they were said, each beside its own alert."""

from datetime import timedelta

from core.domain.alert import Episode
from core.domain.alert_note import AlertNote
from core.domain.ids import EpisodeId
from core.ports import UnitOfWork, Work
from tests.contract.house import House
from tests.contract.samples import an_episode, an_integration
from tests.fakes.moment import NOON


def _noted(house: House, alert: EpisodeId, minute: int, text: str) -> AlertNote:
    return AlertNote(
        id=house.new_id("aln"),
        alert_id=alert,
        at=NOON + timedelta(minutes=minute),
        by="a@example.com",
        text=text,
    )


def _keeping(episodes: list[Episode], notes: list[AlertNote]) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        for note in notes:
            await uow.alert_notes.add(note)
        await uow.alerts.put(episodes)

    return work


async def test_notes_are_kept_beside_their_alert_oldest_first(house: House) -> None:
    source = (await an_integration(house)).id
    alert, other = an_episode(house, source, "a"), an_episode(house, source, "b")
    late, early = _noted(house, alert.id, 5, "fixed"), _noted(house, alert.id, 1, "on it")
    elsewhere = _noted(house, other.id, 3, "another")

    await house.run(_keeping([alert, other], [late, elsewhere, early]))

    reads, ours = house.reads, house.organization_id
    assert await reads.alert_notes(ours, alert.id) == [early, late]
    assert await reads.alert_notes(ours, other.id) == [elsewhere]


async def test_notes_next_door_are_not_ours(house: House) -> None:
    source = (await an_integration(house)).id
    alert = an_episode(house, source, "a")
    await house.run(_keeping([alert], [_noted(house, alert.id, 1, "on it")]))

    assert await house.reads.alert_notes(house.neighbour_id, alert.id) == []
    assert await house.reads.alert_notes(house.organization_id, EpisodeId("alr_no")) == []
