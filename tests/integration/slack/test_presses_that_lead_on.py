"""Buttons that lead on or back: of the settings, of lists with one alert, and of questions."""

from functools import partial

from core.domain.incident_settings import ServiceInvitees
from core.domain.state import State
from sandbox.conversation.control import wait_for
from sandbox.conversation.form import Form
from tests.fakes.people import hire
from tests.integration.slack.alerting import a_source, an_alert, its_channel, its_end
from tests.integration.slack.answers import answer_to
from tests.integration.slack.channels import decided, declared, now_is
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service, scheduled

WAYS: tuple[tuple[str, ...], ...] = (
    ("Change: Channels and timeline",),
    ("Change: Severities", "Change: Critical (SEV1)"),
    ("Change: People for services", "Change: Checkout"),
    ("Change: Roles", "Change: Scribe"),
    ("Change: Form to declare", "Add a field"),
    ("Change: Reminders",),
    ("Change: Language and time zone",),
    ("Change: Digest and summary",),
)
"""From the menu of the settings to each form."""

BACK = "settings.go.back"


async def turned(form: Form, label: str) -> Form:
    """The view as another page, after that button was pressed."""
    await form.clicks(label)

    async def look() -> Form | None:
        fresh = await form.fresh()
        return fresh if fresh.words != form.words else None

    return await wait_for(look, f"Another page than {form.title!r}")


async def test_every_form_of_the_settings_leads_back_to_where_one_came_from(stage: Stage) -> None:
    alice = await hire(stage.bus, stage.organization_id, "Alice Archer")
    checkout = await a_service(stage, "Checkout")
    invitees = (alice.actor.user_id,) if alice.actor.user_id else ()
    await decided(
        stage, service_invitees=(ServiceInvitees(service_id=checkout, user_ids=invitees),)
    )
    await stage.alice.types(await stage.room("general"), "/incident settings")
    menu = await stage.alice.modal("Language and time zone")

    for way in WAYS:
        pages = [menu]
        for label in way:
            pages.append(await turned(pages[-1], label))
        form, *_ = came_back = [pages.pop()]
        while pages:
            came_back.append(await turned(came_back[-1], BACK))
            assert came_back[-1].words == pages.pop().words, way
        assert "Save" in form.wire["submit"]["text"], way

    await stage.settled()


async def test_the_only_alert_that_is_shown_is_split_off_and_is_no_incident_there(
    stage: Stage,
) -> None:
    source = await a_source(stage)
    over = an_alert(stage, "Disk full")
    await source.rings(an_alert(stage, "High latency"), over)
    await source.rings(its_end(stage, over))
    await stage.settled()
    room = await its_channel(stage)
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident alerts firing")
    listed = await stage.bob.ephemeral(room, "INC-1 has 2 alerts, 1 of them firing")

    await stage.bob.clicks(listed, "alert.act.split")
    split = await stage.bob.ephemeral(room, "“High latency” has an incident of its own: INC-2.")
    await stage.settled()
    typing = partial(stage.bob.types, room, "/incident alerts INC-2")
    alone = await answer_to(typing, stage.bob, room, "INC-2 has 1 alert, firing")
    await stage.bob.clicks(alone, "alert.act.dismiss")
    dismissed = await stage.bob.ephemeral(room, "“High latency” is no incident.")
    await stage.settled()

    assert listed.buttons == ["Not an incident", "Silence 1 h", "Split off"]
    assert alone.buttons == ["Not an incident", "Silence 1 h"]
    assert split.buttons == dismissed.buttons == ["Back to the alerts"]
    assert (await now_is(stage, "INC-2")).incident.state is State.CANCELED


async def test_a_service_or_a_severity_that_is_chosen_is_looked_for_or_followed(
    stage: Stage,
) -> None:
    checkout = await a_service(stage, "Checkout")
    await declared(stage, "Cards are refused", service_ids=(checkout,))
    general = await stage.room("general")

    for typed, asked, label, words in (
        ("list service", "Which service?", "Checkout", "Only those of Checkout."),
        ("subscribe severity", "Which severity?", "Low (SEV4)", "You follow Low (SEV4) now"),
        ("unsubscribe severity", "Which severity?", "Low (SEV4)", "You do not follow Low (SEV4)"),
    ):
        typing = partial(stage.alice.types, general, f"/incident {typed}")
        question = await answer_to(typing, stage.alice, general, asked)
        pressing = partial(stage.alice.clicks, question, label)
        assert await answer_to(pressing, stage.alice, general, words), typed

    await stage.settled()


async def test_an_incident_is_not_offered_to_be_joined_with_itself(stage: Stage) -> None:
    await declared(stage, "Cards are refused")
    await declared(stage, "Search is slow")
    general = await stage.room("general")

    for typed, label, words in (
        ("link INC-2", "Link", "INC-1 and INC-2 are linked."),
        ("unlink inc-2", "Take the link away", "INC-1 and INC-2 are not linked any more."),
        ("merge 2", "Merge", "INC-1 is merged into INC-2"),
    ):
        typing = partial(stage.alice.types, general, f"/incident {typed}")
        question = await answer_to(typing, stage.alice, general, "Which incident?")
        assert question.buttons == [label], typed
        pressing = partial(stage.alice.clicks, question, label)
        assert await answer_to(pressing, stage.alice, general, words), typed

    await stage.settled()


async def test_a_maintenance_of_the_list_is_shown_by_its_button(stage: Stage) -> None:
    await scheduled(stage, "Disks")
    await scheduled(stage, "Database", hours=48)
    general = await stage.room("general")
    await stage.alice.types(general, "/maintenance list")
    listed = await stage.alice.ephemeral(general, "2 maintenances are running or coming")

    await stage.alice.clicks(listed, "Show MNT-2")

    shown = await stage.alice.ephemeral(general, "MNT-2 “Database” is scheduled from")
    assert "Start now" in shown.buttons
    await stage.settled()
