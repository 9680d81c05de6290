"""The options by which a sandbox is started from a command line, and what is read from them."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from pathlib import Path

from sandbox.alone import USUAL_PORT, CannotStart, Wishes
from sandbox.app_address import problem_with
from sandbox.facts.tiers import OFF, PROFILES

# Secrets come from the environment only: everybody on a machine can read a command line.
VARIABLES = {
    "SLACK_SIGNING_SECRET": "signing_secret",
    "SLACK_BOT_TOKEN": "bot_token",
    "SLACK_APP_TOKEN": "app_token",
    "SLACK_CLIENT_ID": "client_id",
    "SLACK_CLIENT_SECRET": "client_secret",
    "SANDBOX_CONTROL_SECRET": "control_secret",
}
PREFIXES = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--app-url", type=app_url, metavar="URL",
        help="where the app listens, without a path (Socket Mode)",
    )  # fmt: skip
    parser.add_argument(
        "--port", type=port, metavar="N", help=f"where it listens; 0 for any ({USUAL_PORT})"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="keep the workspace in this file (nowhere)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="where ids and secrets come from (1)"
    )
    _add_pace(parser)


def _add_pace(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--clock", choices=("real", "virtual"), default="real",
        help="virtual time moves only when it is told to (real)",
    )  # fmt: skip
    parser.add_argument(
        "--rate-limits", choices=(OFF, *PROFILES), default=OFF,
        help=f"how calls of the Web API are limited ({OFF})",
    )  # fmt: skip
    parser.add_argument(
        "--refresh", type=float, metavar="SECONDS",
        help="how long a socket lives before the app must open another (as Slack)",
    )  # fmt: skip


def wishes_of(
    given: Namespace, variables: Mapping[str, str], *, manifest: Path, usual_port: int = USUAL_PORT
) -> Wishes:
    return Wishes(
        manifest=manifest,
        app_url=given.app_url or "",
        port=usual_port if given.port is None else given.port,
        data=given.data,
        clock=given.clock,
        seed=given.seed,
        rate_limits=given.rate_limits,
        refresh=given.refresh,
        secrets=_secrets(variables),
    )


def _secrets(variables: Mapping[str, str]) -> dict[str, str]:
    given = {name: variables[name] for name in VARIABLES if variables.get(name)}
    for name, prefix in PREFIXES.items():
        if name in given and not given[name].startswith(prefix):
            raise CannotStart(f"{name} is in the environment, but does not begin with {prefix}.")
    return {VARIABLES[name]: value for name, value in given.items()}


def port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise ArgumentTypeError(f"“{text}” is not a port, which is a number from 0 to 65535")
    return int(text)


def app_url(text: str) -> str:
    if problem := problem_with(text):
        raise ArgumentTypeError(f"“{text}” {problem}")
    return text.rstrip("/")
