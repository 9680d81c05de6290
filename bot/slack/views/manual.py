"""What `help` says, whichever command it follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.slack import blocks as b
from core.language import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One command: how it is typed, what it does, shortly and in full, and examples of it."""

    usage: str
    short: str
    more: str = ""
    examples: Sequence[str] = ()

    @property
    def in_full(self) -> str:
        lines = [f"`{self.usage}`", f"{self.short} {self.more}".strip()]
        if self.examples:
            lines += [say("For example:"), *(f"• `{example}`" for example in self.examples)]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What belongs together for somebody who wants to do something; `heading` says what."""

    heading: str
    topics: Mapping[str, Topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """`groups` are said in the language spoken when it is read; `note` stands below them all."""

    command: str
    groups: Callable[[], Sequence[Group]]
    note: Callable[[], str]

    def on(self, topic: str) -> b.Message:
        """One command, or all of them when `topic` is none of them."""
        topics = {verb: one for group in self.groups() for verb, one in group.topics.items()}
        if topic not in topics:
            return self._everything()
        text = topics[topic].in_full
        return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])

    def _everything(self) -> b.Message:
        groups = [_listed(group) for group in self.groups()]
        blocks = [b.section(b.mrkdwn(text)) for text in groups]
        heading = say("What {command} can do:", command=self.command)
        text = "\n".join([heading, *groups, self.note()])
        return b.Message(text=text, blocks=[*blocks, b.context(b.plain(self.note()))])


def _listed(group: Group) -> str:
    lines = [f"`{topic.usage}` {topic.short}" for topic in group.topics.values()]
    return "\n".join([f"*{group.heading}*", *lines])
