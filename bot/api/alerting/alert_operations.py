"""The operations on alerts."""

from bot.api.alerting.alert_shapes import AlertAnswer, AlertsAnswer, AlertsQuery, SilenceWish
from bot.api.alerting.silence_shapes import SilenceAnswer
from bot.api.operations import Tag
from bot.api.resources import Resource
from core.domain.actor import Permission

ALERTS = Resource(
    path="/api/v1/alerts",
    one="alert",
    many="alerts",
    tag=Tag.TOCSIN,
    see=Permission.READ_INCIDENTS,
    change=Permission.WRITE_INCIDENTS,
    lines=AlertsAnswer,
    answer=AlertAnswer,
)

LIST = ALERTS.list(
    "List alerts with what became of each, newest first",
    description="Has a cursor only.",
    query=AlertsQuery,
)
SHOW = ALERTS.show("One alert with its notes and its history")
SILENCE = ALERTS.step(
    "silence",
    "silence_alert",
    "Keep alerts like this one quiet for a while",
    description="Those with all of its labels but the ones that name a single instance of it. "
    "It goes on in its incident.",
    body=SilenceWish,
    body_required=False,
    answers={201: SilenceAnswer},
    example={"seconds": 3600},
)
DISMISS = ALERTS.step(
    "dismiss",
    "dismiss_alert",
    "Say that an alert is no incident",
    description="It leaves its incident, which is canceled if nothing else is in it.",
)
SPLIT = ALERTS.step(
    "split",
    "split_alert",
    "Give an alert an incident of its own",
    description="What its group says later goes there.",
)
