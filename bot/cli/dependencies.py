"""`tocsin services depend`."""

from argparse import Namespace

from bot.answers import Answer
from bot.bootstrap import administration
from bot.cli.sources import service_called
from bot.settings import Settings
from core.commands.alerting import SetDependencies


async def depend(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        service = await office.bus.execute(
            SetDependencies(
                caller=office.caller,
                service_id=await service_called(office, given.service),
                depends_on=tuple([await service_called(office, one) for one in given.others]),
            )
        )
        known = await office.reads.services(office.organization_id)
    names = {one.id: one.name for one in known}
    on = ", ".join(names[id] for id in service.depends_on) or "nothing"
    return Answer(
        object={"id": service.id, "name": service.name, "depends_on": list(service.depends_on)},
        words=f"{service.name} depends on {on}.",
    )
