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
        done={"button": "^assign me", "command": r"^/incident (assign|take|lead)\b.*\sme\b"},
    ),
    Step(
        title="Post an update",
        how="Press Update, or write it in the incident’s channel.",
        type="/incident update We found the cause",
        done={"command": r"^/incident update \S", "submit": "update"},
    ),
    Step(
        title="Resolve it",
        how="Press Resolve and say what fixed it; the command takes that as well.",
        done={"submit": "resolve", "command": r"^/incident resolve \S"},
    ),
    Step(
        title="Look at its timeline",
        how="The command lists what happened, in order; “/incident show” sums it up.",
        type="/incident timeline",
        done={"command": r"^/incident (show|timeline)\b"},
    ),
)
