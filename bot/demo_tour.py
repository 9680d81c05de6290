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
        title="Take the lead",
        how="Open its channel and press Assign me on the card.",
        done={"button": "^assign me", "command": r"^/incident (assign|take)\b.*\sme\b"},
    ),
    Step(
        title="Post an update",
        how="Press Update, or write it in the incident’s channel.",
        type="/incident update We found the cause",
        done={"command": r"^/incident update \S", "submit": "update"},
    ),
    Step(
        title="Resolve it",
        how="Press Resolve and confirm; the command takes what fixed it as well.",
        done={"button": "^resolve", "submit": "resolve", "command": r"^/incident resolve\b"},
    ),
    Step(
        title="Look at its timeline",
        how="The command sums it up; its channel has every step, in order.",
        type="/incident show",
        done={"command": r"^/incident (show|timeline)\b"},
    ),
)
