"""What `help` says, whichever command it follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.slack import blocks as b


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """`topics` are usage and meaning by verb; `note` stands below all of them."""

    command: str
    topics: Mapping[str, tuple[str, str]]
    note: str

    def on(self, topic: str) -> b.Message:
        """One command, or all of them when `topic` is none of them."""
        if topic not in self.topics:
            return self._everything()
        usage, meaning = self.topics[topic]
        text = f"`{usage}`\n{meaning}"
        return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])

    def _everything(self) -> b.Message:
        lines = "\n".join(
            f"`{usage}` {meaning.split('. ')[0]}" for usage, meaning in self.topics.values()
        )
        blocks = [b.section(b.mrkdwn(lines)), b.context(b.plain(self.note))]
        return b.Message(text=f"What {self.command} can do:\n{lines}\n{self.note}", blocks=blocks)
