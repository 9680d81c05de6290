"""`tocsin integrations`: which tools send alerts, and how they are set up."""

from argparse import Namespace

import orjson

from bot.answers import Answer, table
from bot.bootstrap import administration
from bot.cli.integration_words import (
    called,
    heard_of,
    object_of,
    plain,
    secret_of,
    settings_of,
    with_token,
)
from bot.cli.sources import service_called
from bot.credentials import hash_of, new_token
from bot.settings import Settings
from bot.source_secrets import source_secrets_of
from core.commands import CreateIntegration
from core.commands.alerting import DeleteIntegration, EditIntegration, RotateIntegrationToken
from core.domain.source_settings import SourceSettings


async def create(given: Namespace, settings: Settings) -> Answer:
    token = new_token()
    async with administration(settings, given.organization) as office:
        secrets = source_secrets_of(settings)
        service_id = await service_called(office, given.service) if given.service else None
        integration = await office.bus.execute(
            CreateIntegration(
                caller=office.caller,
                source=given.source,
                name=given.name or given.source,
                token_hash=hash_of(token),
                service_id=service_id,
                auto_resolve=given.auto_resolve,
                settings=settings_of(given),
                sealed_token=secrets.seal(token),
                sealed_secret=secrets.seal(secret_of(given)),
            )
        )
    return with_token(integration, token, settings)


async def list_them(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        known = await office.reads.integrations(office.organization_id)
        heard = await office.reads.last_heard(office.organization_id)
        lines = [object_of(one, heard.get(one.id), office, settings) for one in known]
    return Answer(
        object={"integrations": lines},
        words=table(
            ("ID", "SOURCE", "NAME", "LAST HEARD"),
            [(one["id"], one["source"], one["name"], heard_of(one)) for one in lines],
            empty="There is no alert source; `tocsin integrations create` adds one.",
        ),
    )


async def show(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        one = await called(office, given.integration)
        heard = await office.reads.last_heard(office.organization_id)
        shown = object_of(one, heard.get(one.id), office, settings)
    changed = {
        name: value
        for name, value in shown["settings"].items()
        if value != plain(getattr(SourceSettings(), name))
    }
    lines = [
        f"{shown['name']} ({shown['source']}), {shown['id']}",
        f"URL:        {shown['url'] or 'none'}",
        f"Last heard: {heard_of(shown)}",
        *(f"{name}: {orjson.dumps(value).decode()}" for name, value in changed.items()),
    ]
    return Answer(object=shown, words="\n".join(lines))


async def edit(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        one, secrets = await called(office, given.integration), source_secrets_of(settings)
        edited = await office.bus.execute(
            EditIntegration(
                caller=office.caller,
                integration_id=one.id,
                name=given.name,
                service_id=await service_called(office, given.service) if given.service else None,
                settings=settings_of(given),
                sealed_secret=secrets.seal(secret_of(given)) if given.secret else None,
            )
        )
        shown = object_of(edited, None, office, settings)
    return Answer(object=shown, words=f"{edited.name} is changed.")


async def rotate(given: Namespace, settings: Settings) -> Answer:
    token = new_token()
    async with administration(settings, given.organization) as office:
        one, secrets = await called(office, given.integration), source_secrets_of(settings)
        rotated = await office.bus.execute(
            RotateIntegrationToken(
                caller=office.caller,
                integration_id=one.id,
                token_hash=hash_of(token),
                sealed_token=secrets.seal(token),
            )
        )
    return with_token(rotated, token, settings)


async def delete(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        one = await called(office, given.integration)
        await office.bus.execute(DeleteIntegration(caller=office.caller, integration_id=one.id))
    return Answer(object={"id": one.id}, words=f"{one.name} is deleted; what it said stays.")
