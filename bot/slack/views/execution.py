"""The steps of a procedure that somebody takes, to be read in the incident's channel."""

from bot.slack import blocks as b
from bot.slack.text import clip, literal, units
from core.domain.procedure import Execution, Step
from core.language import say, say_many

MOST_STEPS = 20
MOST_TEXT = 9_000
"""Slack refuses messages with more text than that in all blocks together."""

SHOWN_INSTRUCTIONS = 1_200
SHOWN_COMMAND = 1_000


def execution_steps(execution: Execution) -> b.Message:
    who = literal(execution.started_by, 80) or say("Somebody")
    title = literal(execution.title, 300)
    blocks = [
        b.section(b.mrkdwn(say("📋 {who} runs the procedure *{title}*", who=who, title=title)))
    ]
    shown, spent = 0, 0
    for number, step in enumerate(execution.steps[:MOST_STEPS], start=1):
        words, command = _words(number, step), clip(step.command, SHOWN_COMMAND)
        spent += units(words) + units(command)
        if spent > MOST_TEXT:
            break
        blocks.append(b.section(b.plain(words)))
        blocks += [b.preformatted(command)] if command.strip() else []
        shown = number
    return b.Message(
        text=_spoken(who, title, len(execution.steps)), blocks=[*blocks, *_rest(execution, shown)]
    )


def _words(number: int, step: Step) -> str:
    instructions = clip(step.instructions, SHOWN_INSTRUCTIONS)
    return f"{number}. {clip(step.title, 300)}\n{instructions}".strip()


def _rest(execution: Execution, shown: int) -> list[b.Block]:
    left = len(execution.steps) - shown
    if not execution.steps:
        return [b.context(b.plain(say("The procedure has no steps.")))]
    return (
        [b.context(b.plain(say("{left} more to take are in the procedure itself.", left=left)))]
        if left
        else []
    )


def _spoken(who: str, title: str, steps: int) -> str:
    return say_many(
        "{who} runs the procedure “{title}”: {count} step.",
        "{who} runs the procedure “{title}”: {count} steps.",
        steps,
        who=who,
        title=title,
    )
