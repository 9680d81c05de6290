"""The commands, their options and an example of each."""

from argparse import (
    Action,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Callable, Coroutine
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from bot import demo, doctor, serve
from bot.answers import Answer
from bot.cli import accounts, database, parcels, sources, words
from bot.settings import Settings
from core.domain.account import Dialect, Role

Handler: TypeAlias = Callable[[Namespace, Settings], Coroutine[None, None, Answer | None]]

LATER = ("fixtures", "sandbox", "reindex", "export", "import")
"""Known by name, and answered with a sentence until they are there."""


class WrongUsage(Exception):
    """The command line cannot be understood."""


class Parser(ArgumentParser):
    """Raises where argparse would end the process, so that the answer can be JSON too."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message.rstrip('.')}. See `{self.prog} --help`.")

    def _check_value(self, action: Action, value: Any) -> None:
        """Where argparse would list every command, the nearest one is named."""
        if isinstance(action, _SubParsersAction) and value not in action.choices:
            near = get_close_matches(value, list(action.choices), n=1)
            hint = f"; did you mean `{self.prog} {near[0]}`?" if near else "."
            raise WrongUsage(
                f"There is no command `{self.prog} {value}`{hint} See `{self.prog} --help`."
            )
        super()._check_value(action, value)


Group: TypeAlias = "_SubParsersAction[Parser]"


def grammar() -> Parser:
    parser = Parser(
        prog="tocsin",
        description="Runs incidents in Slack, from the first alert to the resolution.",
        epilog="See `tocsin COMMAND --help` for the options and an example of each command.",
    )
    parser.add_argument("--version", action="version", version=f"tocsin {version('tocsin')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _running(commands)
    _keys(_group(commands, "keys", "API keys for programs"))
    _users(_group(commands, "users", "people and their passwords"))
    _services(_group(commands, "services", "what can break, and who owns it"))
    _integrations(_group(commands, "integrations", "tools that send alerts"))
    _outbox(_group(commands, "outbox", "what could not be shown, and showing it after all"))
    return parser


def _running(commands: Group) -> None:
    _command(commands, "serve", serve.serve, "run the bot", "tocsin serve")
    show = _command(
        commands, "demo", demo.demo,
        "run the bot, a sandbox workspace and sample data", "tocsin demo --data ./data/demo",
    )  # fmt: skip
    show.add_argument(
        "--data", type=Path, metavar="DIR", help="where the demo keeps its data (./data/demo)"
    )
    _command(
        commands, "migrate", database.migrate_it, "bring the database up to date", "tocsin migrate"
    )
    _command(
        commands, "doctor", doctor.examine, "check everything and say what is wrong",
        "tocsin doctor",
    )  # fmt: skip


def _keys(group: Group) -> None:
    create = _command(
        group, "create", accounts.create_key, "make an API key; it is shown once",
        "tocsin keys create deploys --scope incidents:read --scope incidents:write --expires 90d",
    )  # fmt: skip
    create.add_argument("name", metavar="NAME", help="what the key is for")
    create.add_argument(
        "--scope", dest="scopes", action="append", required=True, type=words.scope,
        metavar="SCOPE", help="what it may do, such as incidents:read; may be repeated",
    )  # fmt: skip
    create.add_argument(
        "--dialect", type=Dialect, choices=list(Dialect), default=Dialect.NEUTRAL,
        metavar="|".join(Dialect), help="whose words its holder speaks (neutral)",
    )  # fmt: skip
    create.add_argument(
        "--expires", type=words.span, metavar="SPAN", help="90d, 12h or 30m from now (never)"
    )
    _command(group, "list", accounts.list_keys, "list the API keys", "tocsin keys list")
    revoke = _command(
        group, "revoke", accounts.revoke_key, "make an API key useless",
        "tocsin keys revoke key_01jd3x5m9k2v7q8w4t6y0z1abc",
    )  # fmt: skip
    revoke.add_argument("id", metavar="ID", help="the key's id, as `tocsin keys list` shows it")


def _users(group: Group) -> None:
    create = _command(
        group, "create", accounts.create_user, "add a person and give them a password",
        "tocsin users create ada@example.com --name 'Ada Byron' --role admin",
    )  # fmt: skip
    create.add_argument("email", type=words.email, metavar="EMAIL")
    create.add_argument("--name", metavar="NAME", help="how they are called (from the e-mail)")
    create.add_argument(
        "--role", type=words.role, default=Role.ENGINEER, metavar="|".join(Role),
        help="what they may do (engineer)",
    )  # fmt: skip
    reset = _command(
        group, "reset-password", accounts.reset_password, "give a person a new password",
        "tocsin users reset-password ada@example.com",
    )  # fmt: skip
    reset.add_argument("email", type=words.email, metavar="EMAIL")
    for one in (create, reset):
        one.add_argument(
            "--password-stdin", action="store_true",
            help="read the password from standard input instead of making one",
        )  # fmt: skip


def _services(group: Group) -> None:
    add = _command(
        group, "add", sources.add_service, "add a service",
        "tocsin services add checkout --owner ada@example.com",
    )  # fmt: skip
    add.add_argument("name", metavar="NAME")
    add.add_argument("--description", default="", metavar="TEXT")
    add.add_argument(
        "--owner", dest="owners", action="append", default=[], type=words.email,
        metavar="EMAIL", help="who is invited to its incidents; may be repeated",
    )  # fmt: skip
    _command(group, "list", sources.list_services, "list the services", "tocsin services list")


def _integrations(group: Group) -> None:
    create = _command(
        group, "create", sources.create_integration,
        "let a tool send alerts; its token is shown once",
        "tocsin integrations create alertmanager --service checkout",
    )  # fmt: skip
    create.add_argument("source", type=words.source, metavar="SOURCE", help="alertmanager")
    create.add_argument("--name", metavar="NAME", help="how it is called (as the source)")
    create.add_argument("--service", metavar="ID|NAME", help="the service its incidents belong to")
    create.add_argument(
        "--no-auto-resolve", dest="auto_resolve", action="store_false",
        help="leave incidents open when their alerts have ended",
    )  # fmt: skip


def _outbox(group: Group) -> None:
    _command(
        group, "list", parcels.list_buried, "list what could not be shown, and why",
        "tocsin outbox list",
    )  # fmt: skip
    replay = _command(
        group, "replay", parcels.replay, "try again to show it, or everything with --all",
        "tocsin outbox replay 42",
    )  # fmt: skip
    which = replay.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "id", nargs="?", type=words.parcel_id, metavar="ID", help="as `tocsin outbox list` shows it"
    )
    which.add_argument("--all", action="store_true", help="everything that is buried")


def _group(commands: Group, name: str, help: str) -> Group:
    parser = commands.add_parser(
        name, help=help, description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"See `tocsin {name} COMMAND --help` for an example of each command.",
    )  # fmt: skip
    return parser.add_subparsers(dest="subcommand", metavar="COMMAND", required=True)


def _command(group: Group, name: str, handler: Handler, help: str, example: str) -> Parser:
    parser = group.add_parser(
        name, help=help, description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"example:\n  {example}", formatter_class=RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help="answer with one JSON object and nothing else"
    )
    parser.add_argument(
        "--organization", type=words.slug, default="default", metavar="SLUG",
        help="whose it is (default)",
    )  # fmt: skip
    parser.set_defaults(handler=handler)
    return parser
