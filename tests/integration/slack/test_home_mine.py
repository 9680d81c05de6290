"""The App Home of somebody who is wanted: what waits for them, what is theirs, and the settings."""

from datetime import timedelta
from typing import Any

import pytest

from core.commands import AcknowledgeIncident, AddFollowUp, AddService, AddUser, DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.domain.account import Role, User
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_settings import SeveritySettings
from core.domain.particulars import RoleAssignment
from core.domain.severity import Severity
from core.domain.state import State
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


async def hired(stage: Stage, name: str, role: Role = Role.ENGINEER) -> User:
    return await stage.bus.execute(
        AddUser(
            caller=the_operator(stage.organization_id),
            email=f"{name}@example.com",
            name=name.capitalize(),
            role=role,
        )
    )


@pytest.fixture
async def alice_id(stage: Stage) -> UserId:
    return (await hired(stage, "alice")).id


async def declared(stage: Stage, title: str, **parts: Any) -> Incident:
    """By somebody else."""
    given = {"severity": Severity.HIGH, **parts}
    operator = the_operator(stage.organization_id)
    return await stage.bus.execute(DeclareIncident(caller=operator, title=title, **given))


async def state_of(stage: Stage, incident: Incident) -> State:
    card = await stage.store.reads.card(stage.organization_id, incident.id)
    return card.incident.state


async def test_an_update_that_is_due_is_asked_for_and_posted_from_there(
    stage: Stage, alice_id: UserId
) -> None:
    hasty = SeveritySettings(severity=Severity.HIGH, update_minutes=10)
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, severities=(hasty,)))
    incident = await declared(stage, "Search is slow", assignee_id=alice_id)
    await stage.bus.execute(AcknowledgeIncident(caller=operator, incident_id=incident.id))
    home = await stage.alice.home("The next update is due")
    await home.clicks("Post an update")
    form = await (await stage.alice.modal()).containing("What is the news?")
    await form.fill({"What is the news?": "We look for it."})

    await form.submit()

    told = await home.containing("Your update on INC-1 is posted.")
    assert "you: Incident Lead" in told.words
    await stage.settled()


async def test_whose_service_it_is_acknowledges_from_there(stage: Stage, alice_id: UserId) -> None:
    operator = the_operator(stage.organization_id)
    shop = await stage.bus.execute(
        AddService(caller=operator, name="Checkout", owner_ids=(alice_id,))
    )
    incident = await declared(stage, "Payments fail", service_ids=(shop.id,))
    home = await stage.alice.home("Nobody has acknowledged it since")

    await home.clicks("Acknowledge")

    told = await home.containing("You acknowledged INC-1.")
    assert "Nothing waits for you." in told.words
    assert await state_of(stage, incident) is State.ACKNOWLEDGED
    await stage.settled()


async def test_what_nobody_leads_waits_for_whoever_declared_it(
    stage: Stage, alice_id: UserId
) -> None:
    await stage.declares("Search is slow")
    home = await stage.alice.home("You declared it, and nobody has acknowledged it since")
    await home.clicks("Acknowledge")
    seen = await home.containing("You declared it, and nobody leads it yet.")

    await seen.clicks("I take it")

    told = await home.containing("INC-1 is yours.")
    assert "Nothing waits for you." in told.words
    await stage.settled()


async def test_a_task_is_done_from_there_also_when_its_incident_is_over(
    stage: Stage, alice_id: UserId
) -> None:
    incident = await declared(stage, "Disk full")
    await stage.bus.execute(
        AddFollowUp(
            caller=the_operator(stage.organization_id),
            incident_id=incident.id,
            title="Order a bigger disk",
            assignee_id=alice_id,
        )
    )
    home = await stage.alice.home("Order a bigger disk")

    await home.clicks("Done")

    assert "INC-1 · Your task." in home.words
    assert await home.containing("Nothing waits for you.")
    await stage.settled()


async def test_what_is_theirs_stands_apart_with_their_roles(stage: Stage, alice_id: UserId) -> None:
    scribe = RoleAssignment(role_id="role_scribe", user_id=alice_id)
    await declared(stage, "Theirs", roles=(scribe,))
    await declared(stage, "Not theirs")

    home = await stage.alice.home("Not theirs")

    words = home.words
    order = ["My incidents", "*INC-1* Theirs", "you: Scribe", "Other active incidents", "*INC-2*"]
    assert [words.index(one) for one in order] == sorted(words.index(one) for one in order)
    assert words.count("*INC-1*") == 1
    await stage.settled()


async def test_details_open_where_there_is_no_channel_to_answer_in(
    stage: Stage, alice_id: UserId
) -> None:
    await declared(stage, "Search is slow", description="Since the release.")
    home = await stage.alice.home("Search is slow")

    await home.clicks("Details: INC-1")

    modal = await (await stage.alice.modal()).containing("Since the release.")
    assert modal.title == "INC-1"
    await stage.settled()


async def test_admins_change_the_settings_from_there_and_see_them_behind_the_form(
    stage: Stage,
) -> None:
    await hired(stage, "alice", Role.ADMIN)
    home = await stage.alice.home("Announced in #incidents")
    await home.clicks("Change settings")
    menu = await (await stage.alice.modal()).containing("Channels and timeline")
    await menu.clicks("Change: Channels and timeline")
    form = await menu.containing("How channels are called")
    await form.fill({"How channels are called": "{number}-{title}"})

    await form.submit()

    assert await home.containing("channels are called {number}-{title}")
    await stage.settled()


async def test_nobody_else_is_offered_the_settings(stage: Stage, alice_id: UserId) -> None:
    home = await stage.alice.home("Nothing waits for you.")

    assert "Change settings" not in home.buttons
    await stage.settled()


async def test_a_task_with_a_time_comes_before_those_for_some_day(
    stage: Stage, alice_id: UserId
) -> None:
    incident = await declared(stage, "Disk full")
    for title, due in (("Some day", None), ("Soon", stage.clock() + timedelta(hours=1))):
        await stage.bus.execute(
            AddFollowUp(
                caller=the_operator(stage.organization_id),
                incident_id=incident.id,
                title=title,
                assignee_id=alice_id,
                due_at=due,
            )
        )

    home = await stage.alice.home("Some day")

    assert home.words.index("*Soon*") < home.words.index("*Some day*")
    assert "Your task, due" in home.words
    await stage.settled()


async def test_nothing_of_a_private_incident_is_seen_by_whoever_is_no_member(
    stage: Stage, alice_id: UserId
) -> None:
    operator = the_operator(stage.organization_id)
    shop = await stage.bus.execute(
        AddService(caller=operator, name="Checkout", owner_ids=(alice_id,))
    )
    await declared(stage, "Keys were stolen", service_ids=(shop.id,), private=True)
    await declared(stage, "Mails come late")

    home = await stage.alice.home("Mails come late")

    assert "stolen" not in home.words
    assert "Nothing waits for you." in home.words
    assert "more:" not in home.words
    await stage.settled()
