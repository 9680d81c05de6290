"""`tocsin silences`."""

from argparse import Namespace

from bot.answers import Answer, table
from bot.api.alerting.silences import silence_json
from bot.bootstrap import administration
from bot.rule_reading import ALL, silences_in_force
from bot.settings import Settings
from core.commands.alerting import AddSilence, EndSilence
from core.domain.ids import IntegrationId
from core.domain.silence import Silence
from core.domain.wording import minute
from core.ports import RecordQuery


async def list_silences(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        now = office.clock()
        if given.all:
            page = await office.reads.records(
                office.organization_id, Silence, RecordQuery(limit=ALL)
            )
            rows = list(page.rows)
        else:
            rows = await silences_in_force(office.reads, office.organization_id, now)
    return Answer(
        object={"silences": [silence_json(one, now) for one in rows]},
        words=table(
            ("ID", "OF WHICH", "UNTIL", "BY", "WHY"),
            [(one.id, _which(one), minute(one.ends_at), one.by, one.reason) for one in rows],
            empty="There is no silence.",
        ),
    )


async def add_silence(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        now = office.clock()
        silence = await office.bus.execute(
            AddSilence(
                caller=office.caller,
                matchers=tuple(given.matchers),
                seconds=given.seconds,
                reason=given.reason,
                integration_id=IntegrationId(given.integration) if given.integration else None,
            )
        )
    return Answer(
        object=silence_json(silence, now),
        words=f"Silent until {minute(silence.ends_at)}: {_which(silence)}. "
        f"The silence's id is {silence.id}.",
    )


async def end_silence(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        silence = await office.bus.execute(EndSilence(caller=office.caller, silence_id=given.id))
        now = office.clock()
    return Answer(
        object=silence_json(silence, now),
        words=f"The silence of {_which(silence)} is over; what still fires calls somebody.",
    )


def _which(silence: Silence) -> str:
    source = f"everything of {silence.integration_id}" if silence.integration_id else ""
    return ", ".join(silence.matchers) or source
