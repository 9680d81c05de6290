"""The commands, their options and an example of each."""

from importlib.metadata import version
from pathlib import Path

from bot import doctor, serve
from bot.cli import archives, calendar, database, fixtures, parcels, reindexing, sources, words
from bot.cli.account_grammar import add_accounts
from bot.cli.integration_grammar import add_integrations
from bot.cli.loading import later, options_later
from bot.cli.parser import Group, Parser, command, group_of
from bot.cli.rule_grammar import add_dependencies, add_rules


def grammar() -> Parser:
    parser = Parser(
        prog="tocsin",
        description="Runs incidents in Slack, from the first alert to the resolution.",
        epilog="See `tocsin COMMAND --help` for the options and an example of each command.",
    )
    parser.add_argument("--version", action="version", version=f"tocsin {version('tocsin')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _running(commands)
    add_accounts(commands)
    _services(group_of(commands, "services", "what can break, and who owns it"))
    add_integrations(commands)
    add_rules(commands)
    _calendar(group_of(commands, "calendar", "maintenance in calendar programs"))
    _archives(commands)
    _fixtures(group_of(commands, "fixtures", "documented example objects"))
    _outbox(group_of(commands, "outbox", "what could not be shown, and showing it after all"))
    return parser


def _running(commands: Group) -> None:
    command(commands, "serve", serve.serve, "run the bot", "tocsin serve")
    show = command(
        commands, "demo", later("bot.demo", "demo"),
        "run the bot, a sandbox workspace and sample data", "tocsin demo --data ./data/demo",
    )  # fmt: skip
    show.add_argument(
        "--data", type=Path, metavar="DIR", help="where the demo keeps its data (./data/demo)"
    )
    alone = command(
        commands, "sandbox", later("bot.sandbox_command", "serve_sandbox"),
        "run a Slack workspace alone, for any app",
        "tocsin sandbox --manifest app.yml --app-url http://127.0.0.1:3000",
    )  # fmt: skip
    alone.add_argument(
        "--manifest", type=Path, metavar="FILE", help="the manifest of the app (Tocsin's own)"
    )
    alone.prepare = options_later("bot.sandbox_command")
    command(
        commands, "migrate", database.migrate_it, "bring the database up to date", "tocsin migrate"
    )
    command(
        commands, "reindex", reindexing.reindex,
        "embed everything anew for search by meaning, also beside a running bot",
        "tocsin reindex",
    )  # fmt: skip
    command(
        commands, "doctor", doctor.examine, "check everything and say what is wrong",
        "tocsin doctor",
    )  # fmt: skip


def _services(group: Group) -> None:
    add = command(
        group, "add", sources.add_service, "add a service",
        "tocsin services add checkout --owner ada@example.com",
    )  # fmt: skip
    add.add_argument("name", metavar="NAME")
    add.add_argument("--description", default="", metavar="TEXT")
    add.add_argument(
        "--owner", dest="owners", action="append", default=[], type=words.email,
        metavar="EMAIL", help="who is invited to its incidents; may be repeated",
    )  # fmt: skip
    command(group, "list", sources.list_services, "list the services", "tocsin services list")
    add_dependencies(group)


def _calendar(group: Group) -> None:
    command(
        group, "create", calendar.create,
        "make the address to subscribe to, instead of the one before; it is shown once",
        "tocsin calendar create",
    )  # fmt: skip
    command(group, "revoke", calendar.revoke, "make the address useless", "tocsin calendar revoke")


def _archives(commands: Group) -> None:
    export = command(
        commands, "export", archives.export_it,
        "write everything of an organisation to a file of JSON Lines",
        "tocsin export backup.jsonl",
    )  # fmt: skip
    bring = command(
        commands, "import", archives.import_it,
        "read an organisation from a file into an empty database", "tocsin import backup.jsonl",
    )  # fmt: skip
    for one in (export, bring):
        one.add_argument("file", type=Path, metavar="FILE")


def _fixtures(group: Group) -> None:
    command(
        group, "load", fixtures.load, "load the objects that the documents' examples name",
        "tocsin fixtures load",
    )  # fmt: skip


def _outbox(group: Group) -> None:
    command(
        group, "list", parcels.list_buried, "list what could not be shown, and why",
        "tocsin outbox list",
    )  # fmt: skip
    replay = command(
        group, "replay", parcels.replay, "try again to show it, or everything with --all",
        "tocsin outbox replay 42",
    )  # fmt: skip
    which = replay.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "id", nargs="?", type=words.parcel_id, metavar="ID", help="as `tocsin outbox list` shows it"
    )
    which.add_argument("--all", action="store_true", help="everything that is buried")
