"""The operations on alerts."""

from bot.api.alerting.alert_shapes import AlertAnswer, AlertsAnswer, AlertsQuery, SilenceWish
from bot.api.alerting.silence_shapes import SilenceAnswer
from bot.api.operations import Operation, Tag
from core.domain.actor import Permission

EVERY = "/api/v1/alerts"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_INCIDENTS, Permission.WRITE_INCIDENTS
REFUSED = frozenset({409})

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_alerts",
    summary="List alerts with what became of each, newest first",
    description="Has a cursor only.",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=AlertsQuery,
    answers={200: AlertsAnswer},
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_alert",
    summary="One alert with its notes and its history",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: AlertAnswer},
)
SILENCE = Operation(
    method="POST",
    path=f"{ONE}/silence",
    name="silence_alert",
    summary="Keep alerts like this one quiet for a while",
    description="Those with all of its labels but the ones that name a single instance of it. "
    "It goes on in its incident.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=SilenceWish,
    body_required=False,
    answers={201: SilenceAnswer},
    refuses=REFUSED,
    example={"seconds": 3600},
)
DISMISS = Operation(
    method="POST",
    path=f"{ONE}/dismiss",
    name="dismiss_alert",
    summary="Say that an alert is no incident",
    description="It leaves its incident, which is canceled if nothing else is in it.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={200: AlertAnswer},
    refuses=REFUSED,
)
SPLIT = Operation(
    method="POST",
    path=f"{ONE}/split",
    name="split_alert",
    summary="Give an alert an incident of its own",
    description="What its group says later goes there.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={200: AlertAnswer},
    refuses=REFUSED,
)
