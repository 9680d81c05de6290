"""What the organisation decided about channels, announcements and whom they call."""

from core.commands import AddService, ChangeSeverity, PostUpdate
from core.domain.incident_settings import Broadcast, ServiceInvitees, SeveritySettings
from core.domain.particulars import Mode
from core.domain.severity import Severity
from tests.fakes.people import a_caller, hire, the_operator
from tests.integration.slack.channels import decided, declared, executed, room_of
from tests.integration.slack.stage import Stage


def calling(severity: Severity, whom: Broadcast) -> SeveritySettings:
    return SeveritySettings(severity=severity, broadcast=whom)


async def calls(stage: Stage) -> list[str]:
    """The messages that called everybody, as they were when they came."""
    posts = await stage.sandbox.calls("chat.postMessage")
    texts = [call["args"]["text"] for call in posts if call["ok"]]
    return [text for text in texts if "<!" in text]


async def said_in(stage: Stage, name: str) -> list[str]:
    """By Tocsin, of incidents."""
    messages = await (await stage.room(name)).messages()
    return [card.text for card in messages if "INC-" in card.text]


async def test_channels_are_called_as_the_organisation_wishes(stage: Stage) -> None:
    await decided(stage, channel_name="{severity}-{number}-{title}")

    await declared(stage, "Search is slow", severity="critical")

    assert (await room_of(stage)).name == "sev1-1-search-is-slow"


async def test_names_that_collide_are_told_apart(stage: Stage) -> None:
    await decided(stage, channel_name="war-{title}-room")

    for _ in range(2):
        await declared(stage, "Search is slow")

    assert (await room_of(stage, "INC-2")).name == "war-search-is-slow-room-2"


async def test_incidents_are_announced_where_the_organisation_wishes(stage: Stage) -> None:
    ops = await stage.alice.creates("ops-incidents")
    await decided(stage, announcement_channel=ops.id)

    await declared(stage)

    assert await ops.message("INC-1")
    assert await said_in(stage, "incidents") == []


async def test_some_people_belong_to_every_incident_of_a_severity(stage: Stage) -> None:
    bob = (await hire(stage.bus, stage.organization_id, "Bob Brook")).actor.user_id
    assert bob
    severe = SeveritySettings(severity=Severity.CRITICAL, invitees=(bob,))
    await decided(stage, severities=(severe,))

    incident = await declared(stage, severity="low")
    before = (await room_of(stage)).wire["members"]
    wish = ChangeSeverity(
        caller=a_caller(stage.organization_id), incident_id=incident.id, severity="critical"
    )
    await executed(stage, wish)

    member = await stage.bob.id()
    assert member not in before
    assert member in (await room_of(stage)).wire["members"]


async def test_some_people_belong_to_every_incident_of_a_service(stage: Stage) -> None:
    bob = (await hire(stage.bus, stage.organization_id, "Bob Brook")).actor.user_id
    assert bob
    operator = the_operator(stage.organization_id)
    service = await stage.bus.execute(AddService(caller=operator, name="search"))
    invitees = ServiceInvitees(service_id=service.id, user_ids=(bob,))
    await decided(stage, service_invitees=(invitees,))

    await declared(stage, service_ids=(service.id,))

    assert await stage.bob.id() in (await room_of(stage)).wire["members"]


async def test_nobody_is_called_unless_the_organisation_wishes_it(stage: Stage) -> None:
    await declared(stage, severity="critical")

    [announcement] = await said_in(stage, "incidents")
    assert announcement.startswith("INC-1")


async def test_an_announcement_calls_once_whom_the_organisation_wishes(stage: Stage) -> None:
    await stage.sandbox.settings(broadcasts_allowed=True)
    await decided(stage, severities=(calling(Severity.CRITICAL, Broadcast.HERE),))

    incident = await declared(stage, severity="critical")
    wish = PostUpdate(
        caller=a_caller(stage.organization_id), incident_id=incident.id, text="We look."
    )
    await executed(stage, wish)

    assert [text[:14] for text in await calls(stage)] == ["<!here> INC-1 "]
    announcement = await stage.announcement()
    assert "<!here>" not in announcement.text
    assert await (await stage.room("incidents")).thread(announcement) == []


async def test_what_becomes_so_bad_later_calls_then_and_once(stage: Stage) -> None:
    await stage.sandbox.settings(broadcasts_allowed=True)
    await decided(stage, severities=(calling(Severity.CRITICAL, Broadcast.CHANNEL),))
    incident = await declared(stage, severity="low")

    caller = a_caller(stage.organization_id)
    for level in ("critical", "low", "critical"):
        wish = ChangeSeverity(caller=caller, incident_id=incident.id, severity=level)
        await executed(stage, wish)

    assert await calls(stage) == ["<!channel> INC-1 “Search is slow” is Critical (SEV1) now."]


async def test_a_drill_calls_nobody(stage: Stage) -> None:
    await decided(stage, severities=(calling(Severity.CRITICAL, Broadcast.CHANNEL),))

    await declared(stage, severity="critical", mode=Mode.TEST)

    assert await calls(stage) == []


async def test_an_announcement_whose_answer_was_lost_calls_once(stage: Stage) -> None:
    await stage.sandbox.settings(broadcasts_allowed=True)
    await decided(stage, severities=(calling(Severity.CRITICAL, Broadcast.HERE),))
    await stage.sandbox.fault("chat.postMessage", "lost_reply")

    await declared(stage, severity="critical")

    assert [text[:14] for text in await calls(stage)] == ["<!here> INC-1 "]
    assert len(await said_in(stage, "incidents")) == 1
