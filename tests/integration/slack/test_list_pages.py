"""A list of incidents that is longer than one message: leafed through to its end, and back."""

from core.commands import DeclareIncident, ResolveIncident
from core.domain.ids import IncidentId, ServiceId
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service


async def declared(stage: Stage, count: int, services: tuple[ServiceId, ...] = ()) -> None:
    operator = the_operator(stage.organization_id)
    for number in range(1, count + 1):
        title = f"Number {number:02}"
        declare = DeclareIncident(
            caller=operator, title=title, severity="low", service_ids=services
        )
        await stage.bus.execute(declare)


async def test_what_goes_on_is_leafed_through_to_the_oldest_and_back(stage: Stage) -> None:
    general = await stage.room("general")
    await declared(stage, 22)
    await stage.alice.types(general, "/incident list")
    first = await stage.alice.ephemeral(general, "22 active incidents, newest first.")

    await stage.alice.clicks(first, "Older")

    last = await stage.alice.ephemeral(general, "Number 02")
    assert "Number 01" in last.words
    assert "Number 03" in first.words
    assert "Number 03" not in last.words
    assert "Older" not in last.buttons
    assert "Newest" not in first.buttons
    await stage.alice.clicks(last, "Newest")
    assert "Older" in (await stage.alice.ephemeral(general, "Number 22")).buttons


async def test_past_ones_of_a_service_stay_those_from_page_to_page(stage: Stage) -> None:
    general, operator = await stage.room("general"), the_operator(stage.organization_id)
    service = await a_service(stage, "after party all")
    await stage.declares("Something else")
    await declared(stage, 21, services=(service,))
    await stage.alice.types(general, "/incident list all service “after party all”")
    first = await stage.alice.ephemeral(general, "The 20 newest incidents.")
    oldest = ResolveIncident(caller=operator, incident_id=await id_of(stage, "INC-2"))
    await stage.bus.execute(oldest)

    await stage.alice.clicks(first, "Older")

    last = await stage.alice.ephemeral(general, "1 older incident.")
    assert "Only those of after party all." in last.words
    assert "Number 01" in last.words
    assert "Something else" not in last.words


async def test_an_older_page_that_is_over_meanwhile_says_so(stage: Stage) -> None:
    general, operator = await stage.room("general"), the_operator(stage.organization_id)
    await declared(stage, 21)
    await stage.alice.types(general, "/incident list")
    first = await stage.alice.ephemeral(general, "21 active incidents")
    oldest = ResolveIncident(caller=operator, incident_id=await id_of(stage, "INC-1"))
    await stage.bus.execute(oldest)

    await stage.alice.clicks(first, "Older")

    assert await stage.alice.ephemeral(general, "This list has no older incidents any more.")


async def id_of(stage: Stage, reference: str) -> IncidentId:
    reads = stage.store.reads.seen_by(the_operator(stage.organization_id).viewer)
    return (await reads.incident(stage.organization_id, reference)).row.id
