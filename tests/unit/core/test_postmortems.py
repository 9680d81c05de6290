"""Postmortems: one for each incident that is over, changed by people, asked for by name."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.commands import AddNote, DeclareIncident, ResolveIncident
from core.commands.postmortems import (
    AskForContributions,
    Contribute,
    DraftPostmortem,
    EditPostmortem,
)
from core.domain.actor import Caller
from core.domain.events import RecordCreated
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.postmortem import Postmortem
from core.domain.postmortem_sections import sections_of
from core.effects import AskContributors, ShowPostmortem
from core.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from core.language import Catalogue, speaking
from tests.fakes.store import FakeStore


async def _over(bus: CommandBus, caller: Caller, **parts: object) -> Incident:
    wish = DeclareIncident(caller=caller, title="Search is slow", severity="high", **parts)  # type: ignore[arg-type]
    incident = await bus.execute(wish)
    return await bus.execute(ResolveIncident(caller=caller, incident_id=incident.id))


async def _drafted(bus: CommandBus, caller: Caller, id: IncidentId) -> Postmortem:
    body = "## Summary\n\nShort\n"
    return await bus.execute(
        DraftPostmortem(caller=caller, incident_id=id, title="Postmortem", body=body)
    )


async def test_one_is_drafted_for_each_incident_and_shown(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    incident = await _over(bus, bob)

    first = await _drafted(bus, bob, incident.id)
    second = await _drafted(bus, bob, incident.id)

    assert first == second
    shown = [one for one in store.effects if isinstance(one, ShowPostmortem)]
    assert shown == [ShowPostmortem(incident_id=incident.id, postmortem_id=first.id)]


async def test_what_goes_on_has_none(bus: CommandBus, bob: Caller) -> None:
    incident = await bus.execute(DeclareIncident(caller=bob, title="Search", severity="high"))

    with pytest.raises(IllegalTransition, match="still goes on"):
        await _drafted(bus, bob, incident.id)


async def test_nobody_overwrites_what_they_have_not_read(bus: CommandBus, bob: Caller) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)
    wish = EditPostmortem(
        caller=bob, postmortem_id=written.id, body="New", expected_version=written.version
    )

    changed = await bus.execute(wish)

    assert (changed.body, changed.title) == ("New", "Postmortem")
    with pytest.raises(Conflict, match="Somebody else changed"):
        await bus.execute(wish)


async def test_it_is_published_once_and_stays_so(bus: CommandBus, bob: Caller) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)

    published = await bus.execute(
        EditPostmortem(caller=bob, postmortem_id=written.id, published=True)
    )
    again = await bus.execute(EditPostmortem(caller=bob, postmortem_id=written.id, body="New"))

    assert published.published_at == again.published_at is not None


async def test_a_title_is_needed(bus: CommandBus, bob: Caller) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(EditPostmortem(caller=bob, postmortem_id=written.id, title=" "))

    assert refused.value.field == "title"


async def test_whoever_took_part_is_asked_once(
    bus: CommandBus, alice: Caller, bob: Caller, store: FakeStore
) -> None:
    incident = await _over(bus, alice, assignee_id=bob.actor.user_id)
    written = await _drafted(bus, alice, incident.id)
    ask = AskForContributions(caller=alice, postmortem_id=written.id)

    asked = await bus.execute(ask)
    await bus.execute(ask)

    assert asked.contributors == (bob.actor.user_id,)
    effects = [one for one in store.effects if isinstance(one, AskContributors)]
    assert effects == [AskContributors(incident_id=incident.id, postmortem_id=written.id)]


async def test_where_nobody_else_took_part_there_is_nobody_to_ask(
    bus: CommandBus, bob: Caller
) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)

    with pytest.raises(IllegalTransition, match="Nobody but you took part in INC-1"):
        await bus.execute(AskForContributions(caller=bob, postmortem_id=written.id))


async def test_what_somebody_knows_is_read_under_their_name(bus: CommandBus, bob: Caller) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)

    told = await bus.execute(
        Contribute(caller=bob, postmortem_id=written.id, text="It was *odd*.\n## Summary")
    )

    last = sections_of(told.body)[-1]
    assert last.heading == "What people remember"
    assert last.text == "**Bob Baker:** It was \\*odd\\*.\n\\## Summary"


async def test_words_told_after_a_change_of_language_stand_with_those_told_before(
    bus: CommandBus, bob: Caller
) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)
    headings = frozenset({"What people remember", "Erinnerungen"})
    told = Contribute(caller=bob, postmortem_id=written.id, text="Odd.", headings=headings)
    with speaking(Catalogue(language="de", templates={"What people remember": "Erinnerungen"})):
        await bus.execute(told)

    both = await bus.execute(told)

    assert [one.heading for one in sections_of(both.body)] == ["", "Summary", "Erinnerungen"]
    assert sections_of(both.body)[-1].text == "**Bob Baker:** Odd.\n\n**Bob Baker:** Odd."


async def test_once_it_is_published_nothing_is_read_where_nobody_wrote_anything(
    bus: CommandBus, bob: Caller
) -> None:
    written = await _drafted(bus, bob, (await _over(bus, bob)).id)
    asked = "## Summary\n\nShort\n\n## Impact\n\n_Who was affected?_\n"
    edit = EditPostmortem(caller=bob, postmortem_id=written.id, body=asked)

    drafted = await bus.execute(edit)
    published = await bus.execute(replace(edit, published=True))

    assert drafted.readable == asked.strip()
    assert published.readable == "## Summary\n\nShort\n"
    assert "Impact" in published.body


async def test_what_is_kept_from_somebody_has_no_postmortem_for_them(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    written = await _drafted(bus, alice, (await _over(bus, alice, private=True)).id)

    with pytest.raises(NotFound):
        await bus.execute(EditPostmortem(caller=bob, postmortem_id=written.id, body="Mine"))


async def test_the_history_of_the_incident_says_that_it_was_written(
    bus: CommandBus, bob: Caller, store: FakeStore
) -> None:
    incident = await _over(bus, bob)
    await bus.execute(AddNote(caller=bob, incident_id=incident.id, text="Done."))

    written = await _drafted(bus, bob, incident.id)

    told = [one for one in store.events(bob.organization_id) if isinstance(one, RecordCreated)]
    assert [(one.record_id, one.incident_id) for one in told] == [(written.id, incident.id)]
