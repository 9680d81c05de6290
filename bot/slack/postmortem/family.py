"""What is typed about what is left of an incident: `postmortem` and `export`."""

from bot.slack.families import Families
from bot.slack.kit import Kit
from bot.slack.postmortem.exporting import Exporting
from bot.slack.postmortem.writing import Writing
from bot.slack.targets import SHOWN
from bot.slack.wishes import Export, Postmortem
from core.domain.actor import Permission
from core.domain.state import OVER


def answers(kit: Kit) -> Families:
    writing, exporting = Writing(kit), Exporting(kit)
    typed = kit.meant.acting(exporting.typed, SHOWN)
    drafting = kit.meant.acting(writing.wished, OVER, Permission.WRITE_INCIDENTS)
    return {Postmortem: drafting, Export: exporting.answer(typed)}
