"""The five steps a newcomer to the demo is shown: one incident from its declaration to its end."""

from sandbox.tour import Step

TOUR = (
    Step(
        title="Declare an incident",
        how="Type the command, or press Try it.",
        type="/incident declare Checkout is slow",
        done={"command": r"^/incident declare\b", "submit": "declare"},
    ),
    Step(
        title="Acknowledge it",
        how="Open its channel and press Acknowledge on the card.",
        done={"button": "^acknowledge", "command": r"^/incident ack\b"},
    ),
    Step(
        title="Post an update",
        how="Press Update, or write it in the incident’s channel.",
        type="/incident update We found the cause",
        done={"command": r"^/incident update \S", "submit": "update"},
    ),
    Step(
        title="Resolve it",
        how="Press Resolve and say what fixed it.",
        done={"button": "^resolve", "submit": "resolve", "command": r"^/incident resolve\b"},
    ),
    Step(
        title="Look at its timeline",
        how="Everything that happened, in order.",
        type="/incident show",
        done={"command": r"^/incident (show|timeline)\b"},
    ),
)
