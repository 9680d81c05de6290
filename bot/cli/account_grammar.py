"""The commands on keys, people and plans."""

from bot.cli import accounts, people, plans, words
from bot.cli.parser import Group, command, group_of
from core.domain.account import Dialect, Role, UserState


def add_accounts(commands: Group) -> None:
    _keys(group_of(commands, "keys", "API keys for programs"))
    _users(group_of(commands, "users", "people and their passwords"))
    _plans(group_of(commands, "plans", "how much an organisation may ask for"))


def _keys(group: Group) -> None:
    create = command(
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
    create.add_argument(
        "--network", dest="networks", action="append", default=[], type=words.network,
        metavar="CIDR", help="where it may be used, such as 192.0.2.0/24; may be repeated",
    )  # fmt: skip
    command(group, "list", accounts.list_keys, "list the API keys", "tocsin keys list")
    revoke = command(
        group, "revoke", accounts.revoke_key, "make an API key useless",
        "tocsin keys revoke key_01jd3x5m9k2v7q8w4t6y0z1abc",
    )  # fmt: skip
    revoke.add_argument("id", metavar="ID", help="the key's id, as `tocsin keys list` shows it")


def _users(group: Group) -> None:
    create = command(
        group, "create", people.create_user, "add a person and give them a password",
        "tocsin users create ada@example.com --name 'Ada Byron' --role admin",
    )  # fmt: skip
    create.add_argument("email", type=words.email, metavar="EMAIL")
    create.add_argument("--name", metavar="NAME", help="how they are called (from the e-mail)")
    create.add_argument(
        "--role", type=words.role, default=Role.ENGINEER, metavar="|".join(Role),
        help="what they may do (engineer)",
    )  # fmt: skip
    reset = command(
        group, "reset-password", people.reset_password, "give a person a new password",
        "tocsin users reset-password ada@example.com",
    )  # fmt: skip
    reset.add_argument("email", type=words.email, metavar="EMAIL")
    for one in (create, reset):
        one.add_argument(
            "--password-stdin", action="store_true",
            help="read the password from standard input instead of making one",
        )  # fmt: skip
    _standing_of_users(group)


def _standing_of_users(group: Group) -> None:
    listed = command(
        group, "list", people.list_users, "list the people", "tocsin users list --state active"
    )
    listed.add_argument(
        "--state",
        type=words.state,
        metavar="|".join(UserState),
        help="only those (all but deleted)",
    )
    change = command(
        group, "change", people.change_user, "change what somebody may do",
        "tocsin users change ada@example.com --role manager --state suspended",
    )  # fmt: skip
    change.add_argument("email", type=words.email, metavar="EMAIL")
    change.add_argument("--name", metavar="NAME", help="how they are called")
    change.add_argument("--role", type=words.role, metavar="|".join(Role), help="what they may do")
    change.add_argument(
        "--state", type=words.state, metavar="active|inactive|suspended|deleted",
        help="whether they may do anything",
    )  # fmt: skip


def _plans(group: Group) -> None:
    command(group, "show", plans.show, "show the limits of an organisation", "tocsin plans show")
    given = command(
        group, "set", plans.set_plan, "give an organisation limits of its own",
        "tocsin plans set large --user 2400 --total 12000 --organization acme",
    )  # fmt: skip
    given.add_argument("name", metavar="NAME", help="how the plan is called")
    given.add_argument(
        "--user", type=words.per_minute, metavar="N",
        help="requests a minute of one user or key (as now)",
    )  # fmt: skip
    given.add_argument(
        "--total", type=words.per_minute, metavar="N",
        help="requests a minute of all of them together (as now)",
    )  # fmt: skip
