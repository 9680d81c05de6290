"""The form that declares an incident: what it asks, what is refused in it, what becomes of it."""

from core.commands import AddCustomField, AddFieldOption, DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.domain.incident_settings import FormField
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.views import IncidentQuery, IncidentRecord
from sandbox.conversation.form import Form
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


async def the_form(stage: Stage) -> Form:
    await stage.alice.types(await stage.room("general"), "/incident")
    return await (await stage.alice.modal()).containing("What is wrong?")


async def stored(stage: Stage, reference: str = "INC-1") -> IncidentRecord:
    operator = the_operator(stage.organization_id)
    reads = stage.store.reads.seen_by(operator.viewer)
    return await reads.incident(stage.organization_id, reference)


async def count(stage: Stage) -> int:
    query = IncidentQuery(limit=5)
    return (await stage.store.reads.incidents(stage.organization_id, query)).total


async def asks_for(stage: Stage, *, options: int) -> tuple[str, str]:
    """A required choice of so many and a number, in this order; their ids."""
    operator = the_operator(stage.organization_id)
    region = await stage.bus.execute(
        AddCustomField(caller=operator, name="Region", type="single_select")
    )
    for number in range(options):
        await stage.bus.execute(
            AddFieldOption(caller=operator, field_id=region.id, value=f"eu-{number}")
        )
    orders = await stage.bus.execute(
        AddCustomField(caller=operator, name="Orders lost", type="numeric")
    )
    wanted = (FormField(field_id=region.id, required=True), FormField(field_id=orders.id))
    await stage.bus.execute(EditIncidentSettings(caller=operator, form_fields=wanted))
    return region.id, orders.id


async def test_a_test_is_declared_as_one_and_says_so_everywhere(stage: Stage) -> None:
    form = await the_form(stage)

    await form.fill({"What is wrong?": "Fire drill", "Kind of incident": ["Test or drill"]})
    await form.submit()
    room = await stage.sandbox.channel_named("inc-")
    await stage.settled()

    assert (await stored(stage)).row.mode is Mode.TEST
    assert "[TEST] INC-1 · Fire drill" in (await stage.card(room)).words
    assert "[TEST] INC-1 · Fire drill" in (await stage.announcement()).words
    assert (await room.topic("[TEST]")).startswith("[TEST] Medium (SEV3)")


async def test_a_private_one_is_private_from_the_start(stage: Stage) -> None:
    form = await the_form(stage)

    await form.fill({"What is wrong?": "Key leaked", "Kind of incident": ["Private"]})
    await form.submit()
    general = await stage.room("general")
    assert await stage.alice.ephemeral(general, "INC-1 “Key leaked” is declared")
    await stage.settled()

    reads = stage.store.reads
    id = (await reads.incident(stage.organization_id, "INC-1")).row.id
    assert (await reads.card(stage.organization_id, id)).incident.private


async def test_the_organisations_own_fields_are_asked_in_their_order_and_kept(
    stage: Stage,
) -> None:
    region, orders = await asks_for(stage, options=3)
    form = await the_form(stage)

    await form.fill({"What is wrong?": "Orders fail", "Region": "eu-1", "Orders lost": "42"})
    await form.submit()
    await stage.sandbox.channel_named("inc-")
    await stage.settled()

    assert form.labels[-2:] == ["Region", "Orders lost"]
    kept = {entry.field_id: entry.values for entry in (await stored(stage)).row.fields}
    assert kept[orders] == ("42",)
    assert len(kept[region]) == 1


async def test_what_is_typed_stands_in_the_form_where_a_field_is_required(stage: Stage) -> None:
    region, _ = await asks_for(stage, options=3)
    general = await stage.room("general")
    await stage.alice.types(general, "/incident declare sev1 Orders fail")
    form = await stage.alice.modal("Region")
    assert await count(stage) == 0

    await form.fill({"Region": "eu-1"})
    await form.submit()
    await stage.sandbox.channel_named("inc-")
    await stage.settled()

    row = (await stored(stage)).row
    assert (row.title, row.severity) == ("Orders fail", Severity.CRITICAL)
    assert region in {entry.field_id for entry in row.fields}


async def test_what_is_written_in_person_opens_that_form_at_a_press(stage: Stage) -> None:
    await asks_for(stage, options=3)
    direct = await stage.alice.opens_dm()
    await stage.alice.types(direct, "declare Orders fail")

    await stage.alice.clicks(await direct.message("takes a form"), "Open the form")
    form = await stage.alice.modal("Region")
    await form.fill({"Region": "eu-1"})
    await form.submit()
    await stage.sandbox.channel_named("inc-")
    await stage.settled()

    assert (await stored(stage)).row.title == "Orders fail"


async def test_fields_that_may_stay_empty_ask_nothing_of_what_is_typed(stage: Stage) -> None:
    _, orders = await asks_for(stage, options=3)
    await stage.bus.execute(
        EditIncidentSettings(
            caller=the_operator(stage.organization_id),
            form_fields=(FormField(field_id=orders),),
        )
    )

    await stage.declares("Orders fail")

    assert await count(stage) == 1


async def test_what_is_wrong_with_such_a_field_is_told_at_it(stage: Stage) -> None:
    _, orders = await asks_for(stage, options=3)
    form = await the_form(stage)

    await form.fill({"What is wrong?": "Orders fail", "Region": "eu-1", "Orders lost": "many"})
    errors = (await form.submit())["errors"]

    assert errors == {f"field.{orders}": "Orders lost takes a number such as 42 or 0.5."}


async def test_of_many_options_those_are_offered_that_fit_what_is_typed(stage: Stage) -> None:
    await asks_for(stage, options=101)
    form = await the_form(stage)

    offered = await form.options("Region", "eu-10")

    assert sorted(offered) == ["eu-10", "eu-100"]


async def test_a_possible_duplicate_is_shown_with_everything_that_was_filled_in(
    stage: Stage,
) -> None:
    await asks_for(stage, options=3)
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(
        DeclareIncident(caller=operator, title="Checkout orders fail in Europe", severity="high")
    )
    await stage.settled()
    form = await the_form(stage)
    await form.fill(
        {
            "What is wrong?": "Checkout orders fail in Europe",
            "Kind of incident": ["Test or drill"],
            "Lead": "@alice",
            "Region": "eu-2",
        }
    )

    await form.submit()
    again = await (await stage.alice.modal()).containing("may be the same")
    await again.submit()
    await stage.settled()

    assert again.values["Lead"] == await stage.alice.id()
    declared = (await stored(stage, "INC-2")).row
    assert declared.mode is Mode.TEST
    assert len(declared.fields) == 1


async def test_a_lead_who_cannot_be_one_is_refused_at_the_field(stage: Stage) -> None:
    form = await the_form(stage)

    await form.fill({"What is wrong?": "Orders fail", "Lead": "USLACKBOT"})
    errors = (await form.submit())["errors"]

    assert set(errors) == {"assignee_id"}
