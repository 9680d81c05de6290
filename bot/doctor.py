"""`tocsin doctor`: looks at everything Tocsin needs and says, a line each, what is wrong."""

import os
from argparse import Namespace
from collections.abc import Iterable

from bot.answers import DONE, FAILED, Answer, table
from bot.checks.database import check_database
from bot.checks.finding import Finding
from bot.checks.machine import check_folder, check_port, check_secret_key, check_settings
from bot.checks.redis import check_redis
from bot.checks.search import check_search
from bot.checks.slack import check_slack
from bot.settings import Settings


async def examine(given: Namespace, settings: Settings) -> Answer:
    """Wrong settings never come so far: they end every command with exit code 2."""
    findings = [
        *check_settings(settings, os.environ),
        check_folder(settings),
        check_secret_key(settings),
        *await check_database(settings),
        await check_search(settings),
        await check_redis(settings),
        *await check_slack(settings),
        await check_port(settings),
    ]
    return answer(findings)


def answer(findings: Iterable[Finding]) -> Answer:
    listed = list(findings)
    well = all(finding.well for finding in listed)
    return Answer(
        object={
            "ok": well,
            "checks": [{"name": f.name, "ok": f.well, "message": f.says} for f in listed],
        },
        words=table(
            ("", "CHECK", "FINDING"),
            [("ok" if f.well else "WRONG", f.name, f.says) for f in listed],
            empty="",
        ),
        code=DONE if well else FAILED,
    )
