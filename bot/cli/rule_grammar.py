"""The commands on routing rules, silences, and what services depend on."""

from pathlib import Path

from bot.cli import dependencies, rules, silences, words
from bot.cli.parser import Group, Parser, command, group_of
from core.domain.routing_rule import Routing

MATCHER = "LABEL=VALUE"
AS_LISTED = "as `tocsin rules list` shows it"


def add_rules(commands: Group) -> None:
    _rules(group_of(commands, "rules", "what becomes of alerts"))
    _silences(group_of(commands, "silences", "alerts that call nobody for a while"))


def add_dependencies(group: Group) -> None:
    depend = command(
        group, "depend", dependencies.depend,
        "say what a service depends on, in place of what it depended on before",
        "tocsin services depend checkout --on payments --on ledger",
    )  # fmt: skip
    depend.add_argument("service", metavar="ID|NAME")
    which = depend.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--on", dest="others", action="append", metavar="ID|NAME",
        help="while it is broken, the service's own alerts call nobody; may be repeated",
    )  # fmt: skip
    which.add_argument(
        "--on-nothing", dest="others", action="store_const", const=[], help="on nothing any more"
    )


def _rules(group: Group) -> None:
    command(
        group, "list", rules.list_rules, "list the rules in the order in which they are asked",
        "tocsin rules list",
    )  # fmt: skip
    add = command(
        group, "add", rules.add_rule, "say what becomes of some alerts",
        "tocsin rules add 'Test alerts' drop --match 'env=\"test\"' --reason 'They are tests.'",
    )  # fmt: skip
    add.add_argument("name", metavar="NAME", help="what the rule is for")
    add.add_argument("routing", choices=[one.value for one in Routing], metavar="|".join(Routing))
    _conditions(add)
    _outcomes(add)
    move = command(
        group, "move", rules.move_rule, "have a rule asked earlier or later",
        "tocsin rules move rul_01jd3x5m9k2v7q8w4t6y0z1abc 1",
    )  # fmt: skip
    move.add_argument("id", metavar="ID", help=AS_LISTED)
    move.add_argument("position", type=words.position, metavar="POSITION", help="1 is the first")
    delete = command(
        group, "delete", rules.delete_rule, "delete a rule; what it decided stays decided",
        "tocsin rules delete rul_01jd3x5m9k2v7q8w4t6y0z1abc",
    )  # fmt: skip
    delete.add_argument("id", metavar="ID", help=AS_LISTED)
    _trying(group)


def _conditions(add: Parser) -> None:
    add.add_argument(
        "--source", dest="sources", action="append", metavar="SOURCE|ID",
        help="alerts of such a source, or of that one; may be repeated (any)",
    )  # fmt: skip
    add.add_argument(
        "--service", dest="services", action="append", metavar="ID|NAME",
        help="alerts of this service; may be repeated (any)",
    )  # fmt: skip
    add.add_argument(
        "--severity", dest="severities", action="append", metavar="SEVERITY",
        help="alerts of this severity; may be repeated (any)",
    )  # fmt: skip
    add.add_argument(
        "--match", dest="matchers", action="append", metavar=MATCHER,
        help="alerts with this label, as Alertmanager writes it; may be repeated, and all hold",
    )  # fmt: skip
    add.add_argument(
        "--hours", type=words.hours, metavar="HH:MM-HH:MM", help="at these times of the day only"
    )
    add.add_argument(
        "--days", type=words.listed, metavar="DAYS", help="on these days only, as mon,tue"
    )
    add.add_argument("--zone", metavar="ZONE", help="of hours and days, as Europe/Berlin (UTC)")


def _outcomes(add: Parser) -> None:
    add.add_argument("--position", type=words.position, metavar="POSITION", help="(the last)")
    add.add_argument("--reason", metavar="TEXT", help="why; drop needs it")
    add.add_argument("--channel", metavar="NAME|ID", help="the Slack channel that notify tells")
    add.add_argument("--incident", metavar="ID|INC-n", help="which one attach joins")
    add.add_argument(
        "--as", dest="severity", metavar="SEVERITY", help="the severity of what declare declares"
    )
    add.add_argument(
        "--group-by", dest="group_by", action="append", metavar="LABEL",
        help="its value makes up the group, where declare declares; may be repeated",
    )  # fmt: skip
    add.add_argument(
        "--window", dest="group_window", type=words.seconds, metavar="SPAN",
        help="for so long an incident takes new alerts, such as 30m; 0 while it lives",
    )  # fmt: skip
    add.add_argument(
        "--hold", type=words.seconds, metavar="SPAN",
        help="for so long an alert fires before it calls somebody, such as 90s",
    )  # fmt: skip


def _trying(group: Group) -> None:
    trying = command(
        group, "try", rules.try_rules,
        "show which rule an alert would meet, and why the earlier ones do not fit",
        "tocsin rules try HighLatency --label env=test --severity warning --source alertmanager",
    )  # fmt: skip
    trying.add_argument("name", nargs="?", default="", metavar="NAME", help="the alert's name")
    trying.add_argument("--severity", default="", metavar="WORD", help="as its source says it")
    trying.add_argument(
        "--label", dest="labels", action="append", default=[], type=words.label, metavar=MATCHER,
        help="a label that it has; may be repeated",
    )  # fmt: skip
    trying.add_argument("--source", type=words.source, metavar="SOURCE", help="(generic)")
    trying.add_argument("--service", metavar="ID|NAME", help="the service it is of")
    trying.add_argument("--integration", metavar="ID", help="the alert source it comes from")
    trying.add_argument(
        "--payload", type=Path, metavar="FILE",
        help="JSON as that alert source sends it, in place of a name and labels",
    )  # fmt: skip


def _silences(group: Group) -> None:
    listed = command(
        group, "list", silences.list_silences, "list the silences that are not over",
        "tocsin silences list",
    )  # fmt: skip
    listed.add_argument("--all", action="store_true", help="those that are over as well")
    add = command(
        group, "add", silences.add_silence, "keep some alerts quiet for a while",
        "tocsin silences add 'service=\"checkout\"' --for 2h --reason 'Disks are replaced.'",
    )  # fmt: skip
    add.add_argument(
        "matchers", nargs="*", metavar=MATCHER,
        help="as Alertmanager writes it; several hold together",
    )  # fmt: skip
    add.add_argument(
        "--for", dest="seconds", type=words.seconds, required=True, metavar="SPAN",
        help="how long from now, such as 90s, 30m, 2h or 1d",
    )  # fmt: skip
    add.add_argument("--reason", default="", metavar="TEXT")
    add.add_argument("--integration", metavar="ID", help="of this alert source only")
    end = command(
        group, "end", silences.end_silence, "end a silence now; what still fires calls somebody",
        "tocsin silences end sil_01jd3x5m9k2v7q8w4t6y0z1abc",
    )  # fmt: skip
    end.add_argument("id", metavar="ID", help="as `tocsin silences list` shows it")
