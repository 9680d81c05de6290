"""The commands on alert sources, what they sent, and heartbeats."""

from pathlib import Path

from bot.cli import heartbeats, integrations, payloads, words
from bot.cli.parser import Group, Parser, command, group_of
from core.domain.integration import SOURCES

ONE = "ID|NAME"
AN_ID = "int_01jd3x5m9k2v7q8w4t6y0z1abc"


def add_integrations(commands: Group) -> None:
    group = group_of(commands, "integrations", "tools that send alerts")
    _setting_up(group)
    for name, handler, help in (
        ("show", integrations.show, "show how an alert source is set up"),
        ("rotate", integrations.rotate, "give an alert source a new token, shown once"),
        ("delete", integrations.delete, "have an alert source ring no more"),
        ("payloads", payloads.payloads, "show what an alert source sent last"),
    ):
        one = command(group, name, handler, help, f"tocsin integrations {name} {AN_ID}")
        one.add_argument("integration", metavar=ONE)
    replay = command(
        group, "replay", payloads.replay,
        "have a running bot deal with a payload once more", "tocsin integrations replay 42",
    )  # fmt: skip
    replay.add_argument(
        "number", type=words.payload_id, metavar="NUMBER",
        help="as `tocsin integrations payloads` shows it",
    )  # fmt: skip
    _heartbeats(group_of(commands, "heartbeats", "programs whose silence rings"))


def _setting_up(group: Group) -> None:
    create = command(
        group, "create", integrations.create,
        "let a tool send alerts; its token is shown once",
        "tocsin integrations create alertmanager --service checkout",
    )  # fmt: skip
    create.add_argument("source", type=words.source, metavar="SOURCE", help=", ".join(SOURCES))
    create.add_argument(
        "--no-auto-resolve", dest="auto_resolve", action="store_false",
        help="leave incidents open when their alerts have ended",
    )  # fmt: skip
    command(
        group, "list", integrations.list_them, "list the alert sources", "tocsin integrations list"
    )
    edit = command(
        group, "edit", integrations.edit, "change how an alert source is set up",
        f"tocsin integrations edit {AN_ID} --set grace=2m --set group_by=service,cluster",
    )  # fmt: skip
    edit.add_argument("integration", metavar=ONE)
    for one in (create, edit):
        _details(one)


def _details(one: Parser) -> None:
    one.add_argument("--name", metavar="NAME", help="how it is called")
    one.add_argument("--service", metavar=ONE, help="the service its incidents belong to")
    one.add_argument(
        "--mapping", type=Path, metavar="FILE",
        help="of a generic source: where things stand in a payload, as JSON",
    )  # fmt: skip
    one.add_argument(
        "--set", dest="settings", action="append", default=[], type=words.setting,
        metavar="NAME=VALUE", help="a setting, such as grace=2m; may be repeated",
    )  # fmt: skip
    one.add_argument(
        "--secret", choices=["-"], metavar="-",
        help="what the tool signs with, read from standard input",
    )  # fmt: skip


def _heartbeats(group: Group) -> None:
    create = command(
        group, "create", heartbeats.create,
        "expect something to say that it lives; its token is shown once",
        "tocsin heartbeats create 'Nightly backup' --every 1d --grace 30m",
    )  # fmt: skip
    create.add_argument("name", metavar="NAME")
    create.add_argument("--every", type=words.seconds, required=True, metavar="SPAN")
    create.add_argument(
        "--grace", type=words.seconds, default=0, metavar="SPAN", help="how late it may be (0)"
    )
    create.add_argument("--severity", default="high", metavar="SEVERITY", help="(high)")
    create.add_argument("--service", metavar=ONE, help="the service its incident belongs to")
    command(group, "list", heartbeats.list_them, "list the heartbeats", "tocsin heartbeats list")
    delete = command(
        group, "delete", heartbeats.delete, "expect it no more",
        "tocsin heartbeats delete 'Nightly backup'",
    )  # fmt: skip
    delete.add_argument("heartbeat", metavar=ONE)
