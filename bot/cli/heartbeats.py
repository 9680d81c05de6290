"""`tocsin heartbeats`: what is expected to say that it lives."""

from argparse import Namespace

from bot.answers import Answer, table
from bot.api.heartbeats import wire
from bot.bootstrap import administration
from bot.cli.sources import service_called
from bot.credentials import hash_of, new_token
from bot.office import Office
from bot.settings import Settings
from core.commands.alerting import AddHeartbeat, DeleteHeartbeat
from core.domain.heartbeat import Heartbeat
from core.domain.timer import TimerKind
from core.errors import NotFound
from core.ports import RecordQuery

MOST = 1_000


async def create(given: Namespace, settings: Settings) -> Answer:
    token = new_token()
    async with administration(settings, given.organization) as office:
        service_id = await service_called(office, given.service) if given.service else None
        made = await office.bus.execute(
            AddHeartbeat(
                caller=office.caller,
                name=given.name,
                interval=given.every,
                grace=given.grace,
                severity=given.severity,
                service_id=service_id,
                token_hash=hash_of(token),
            )
        )
    url = f"{settings.url}/v2/heartbeat/{made.id}/ping"
    return Answer(
        object={"id": made.id, "url": url, "token": token},
        words=f"URL:   {url}\nToken: {token}\n\nThis is the only time the token is shown. "
        f"Say that it lives with\ncurl -fsS '{url}?token={token}'",
    )


async def list_them(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        known = await _known(office)
        timers = await office.reads.timers(office.organization_id, TimerKind.HEARTBEAT)
    lines = [wire.line(one, settings.url, timers.get(one.id)) for one in known]
    return Answer(
        object={"heartbeats": lines},
        words=table(
            ("ID", "NAME", "STATE", "LAST HEARD", "EVERY", "GRACE"),
            [
                (
                    one["id"],
                    one["name"],
                    one["state"],
                    one["last_ping_at"] or "never",
                    f"{one['interval']} s",
                    f"{one['grace']} s",
                )
                for one in lines
            ],
            empty="There is no heartbeat; `tocsin heartbeats create` adds one.",
        ),
    )


async def delete(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        wanted = given.heartbeat.strip().casefold()
        known = await _known(office)
        found = [one for one in known if wanted in (one.id.casefold(), one.name.casefold())]
        if not found:
            raise NotFound(
                f"There is no heartbeat “{given.heartbeat}”; `tocsin heartbeats list` shows those "
                "there are."
            )
        await office.bus.execute(DeleteHeartbeat(caller=office.caller, heartbeat_id=found[0].id))
    return Answer(object={"id": found[0].id}, words=f"The heartbeat {found[0].name} is deleted.")


async def _known(office: Office) -> tuple[Heartbeat, ...]:
    page = await office.reads.records(office.organization_id, Heartbeat, RecordQuery(limit=MOST))
    return page.rows
