"""Which blocks Slack takes where: in messages, in modals, in the App Home."""

from collections.abc import Mapping

EVERYWHERE = frozenset({"message", "modal", "home"})
MESSAGE = frozenset({"message"})

# Read in Slack's table of blocks for actions to context; for the others where no source was
# read, the stricter side.
BLOCK_SURFACES: Mapping[str, frozenset[str]] = {
    "actions": EVERYWHERE,
    # Slack's types name no surface, its table of blocks only modals.
    "alert": frozenset({"modal"}),
    "card": EVERYWHERE,
    "carousel": frozenset({"message", "home"}),
    "container": MESSAGE,
    "context": EVERYWHERE,
    "context_actions": MESSAGE,
    "data_table": MESSAGE,
    "divider": EVERYWHERE,
    # Slack writes it into messages with remote files; an app cannot send it, but in a container.
    "file": frozenset(),
    "header": EVERYWHERE,
    "image": EVERYWHERE,
    "input": EVERYWHERE,
    "markdown": MESSAGE,
    "plan": MESSAGE,
    "rich_text": EVERYWHERE,
    "section": EVERYWHERE,
    "table": MESSAGE,
    "task_card": MESSAGE,
    "video": EVERYWHERE,
}

# No source read names its surfaces; files are handed in with a form, so the stricter side.
FILE_INPUT_SURFACES = frozenset({"modal"})

CONTAINED = frozenset(
    {
        "actions",
        "context",
        "divider",
        "file",
        "header",
        "image",
        "input",
        "rich_text",
        "section",
        "table",
        "video",
    }
)
