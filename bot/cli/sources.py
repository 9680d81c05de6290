"""`tocsin services`."""

from argparse import Namespace

from bot.answers import Answer, table
from bot.bootstrap import administration
from bot.office import Office
from bot.settings import Settings
from core.commands import AddService
from core.domain.ids import ServiceId, UserId
from core.errors import NotFound


async def add_service(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        service = await office.bus.execute(
            AddService(
                caller=office.caller,
                name=given.name,
                description=given.description,
                owner_ids=tuple([await _owner(office, email) for email in given.owners]),
            )
        )
    return Answer(
        object={"id": service.id, "name": service.name},
        words=f"The service {service.name} is added; its id is {service.id}.",
    )


async def list_services(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        services = await office.reads.services(office.organization_id)
    return Answer(
        object={
            "services": [
                {
                    "id": service.id,
                    "name": service.name,
                    "description": service.description,
                    "owner_ids": list(service.owner_ids),
                    "depends_on": list(service.depends_on),
                }
                for service in services
            ]
        },
        words=table(
            ("ID", "NAME", "DESCRIPTION"),
            [(service.id, service.name, service.description) for service in services],
            empty="There is no service.",
        ),
    )


async def service_called(office: Office, id_or_name: str) -> ServiceId:
    """A service by its id or by its name, whatever the case."""
    for service in await office.reads.services(office.organization_id):
        if service.id == id_or_name or service.name.casefold() == id_or_name.strip().casefold():
            return service.id
    raise NotFound(
        f"There is no service “{id_or_name}”; `tocsin services list` shows those there are."
    )


async def _owner(office: Office, email: str) -> UserId:
    user = await office.directory.user_with_email(office.organization_id, email)
    if user is None:
        raise NotFound(f"There is no user {email}; add them with `tocsin users create`.")
    return user.id
