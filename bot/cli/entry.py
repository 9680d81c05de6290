"""From words to an exit code: 0 done, 1 failed, 2 wrong usage or wrong settings."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Sequence

import structlog

from bot.answers import DONE, FAILED, WRONG_USAGE, complain, say
from bot.bootstrap import PendingMigrations
from bot.cli.grammar import grammar
from bot.cli.parser import Handler, WrongUsage
from bot.listening import PortUnusable
from bot.observability import configure_logs
from bot.passwords import BadPassword
from bot.private_files import UnusableFolder
from bot.sandbox_unusable import SandboxUnusable
from bot.settings import read_settings
from bot.settings_rules import WrongSettings
from bot.sole_use import InUse
from core.errors import CoreError

WRONG = (BadPassword, PortUnusable, SandboxUnusable, UnusableFolder, WrongSettings, WrongUsage)
REFUSED = (CoreError, InUse, PendingMigrations)

RUNNING = ("serve", "demo", "sandbox")
"""These run for long and log what they do; of the others only what went wrong is of interest."""

log = structlog.get_logger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script `tocsin`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    try:
        return _run(words)
    except WRONG as wrong:
        complain(str(wrong), as_json=as_json)
        return WRONG_USAGE
    except REFUSED as refusal:
        complain(str(refusal), as_json=as_json)
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    except Exception:
        log.exception("command_failed")
        complain("Tocsin failed unexpectedly; the lines above say where.", as_json=as_json)
        return FAILED


def _run(words: list[str]) -> int:
    given: Namespace = grammar().parse_args(words)
    settings = read_settings()
    configure_logs(settings.log_level if given.command in RUNNING else "warning")
    handler: Handler = given.handler
    answer = asyncio.run(handler(given, settings))
    if answer is None:
        return DONE
    say(answer, as_json=given.json)
    return answer.code
