"""What an organisation decided about its incidents is kept whole, once, and for itself alone."""

import asyncio
from dataclasses import replace

from bot.incident_settings import settings_of
from core.commands import AddService
from core.commands.settings import EditIncidentSettings, SeverityChange
from core.domain.incident_role import LEAD
from core.domain.incident_settings import (
    Broadcast,
    RoleInstructions,
    ServiceInvitees,
    SeveritySettings,
)
from core.domain.severity import Severity
from core.ports import UnitOfWork
from core.usecases.settings import settings_in
from tests.contract.house import House
from tests.fakes.people import hire, the_operator


async def test_everything_that_was_decided_is_read_as_it_was_written(house: House) -> None:
    operator = the_operator(house.organization_id)
    bob = (await hire(house.bus, house.organization_id, "Bob")).actor.user_id
    assert bob
    shop = await house.bus.execute(AddService(caller=operator, name="Shop"))
    critical = SeveritySettings(
        severity=Severity.CRITICAL,
        meaning="Money is lost",
        update_minutes=5,
        broadcast=Broadcast.CHANNEL,
        invitees=(bob,),
    )
    wish = EditIncidentSettings(
        caller=operator,
        digest_channel="digest",
        severities=(critical,),
        service_invitees=(ServiceInvitees(service_id=shop.id, user_ids=(bob,)),),
        role_instructions=(RoleInstructions(role_id=LEAD, instructions="Call."),),
    )

    written = await house.bus.execute(wish)

    async def work(uow: UnitOfWork) -> object:
        return await settings_in(uow, house.clock())

    assert await settings_of(house.reads, house.organization_id) == written
    assert await house.run(work) == written
    assert written.of(Severity.CRITICAL) == critical


async def test_many_who_decide_at_once_lose_nothing(house: House) -> None:
    operator = the_operator(house.organization_id)
    wishes = [
        EditIncidentSettings(
            caller=operator, severities=(SeverityChange(severity=one, update_minutes=7),)
        )
        for one in Severity
    ]

    await asyncio.gather(*map(house.bus.execute, wishes))

    settings = await settings_of(house.reads, house.organization_id)
    assert [settings.of(one).update_minutes for one in Severity] == [7, 7, 7, 7]
    assert settings.version == len(Severity)


async def test_a_neighbour_decides_for_themselves(house: House) -> None:
    wish = EditIncidentSettings(caller=the_operator(house.organization_id), archive_days=3)
    await house.bus.execute(wish)
    theirs = replace(wish, caller=the_operator(house.neighbour_id), archive_days=5)

    await house.bus.execute(theirs)

    ours = await settings_of(house.reads, house.organization_id)
    assert (ours.archive_days, ours.version) == (3, 1)
    assert (await settings_of(house.reads, house.neighbour_id)).archive_days == 5
