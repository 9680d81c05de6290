"""CloudWatch alarms become statements about alerts."""

from typing import Any

import pytest

from bot.web.problems import Refusal
from bot.webhooks.cloudwatch import parse
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import AlertStatus, Dating
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from tests.fakes.moment import NOON
from tests.unit.webhooks.sns_sender import alarm, asking, carried

HEARD = Heard(received_at=NOON)
BY_EVENTBRIDGE = {
    "detail-type": "CloudWatch Alarm State Change",
    "source": "aws.cloudwatch",
    "account": "123456789012",
    "region": "us-east-1",
    "resources": [alarm()["AlarmArn"]],
    "detail": {
        "alarmName": "HighCPU",
        "state": {
            "value": "ALARM",
            "reason": "Threshold Crossed",
            "timestamp": "2030-01-01T11:00:00.000+0000",
        },
        "configuration": {"description": "service=checkout"},
    },
}


@pytest.mark.parametrize(
    ("state", "status"), [("ALARM", AlertStatus.FIRING), ("OK", AlertStatus.RESOLVED)]
)
def test_a_state_says_what_happened(state: str, status: AlertStatus) -> None:
    (alert,) = parse(carried(alarm(state)), HEARD)

    assert (alert.status, alert.fingerprint) == (status, alarm()["AlarmArn"])
    assert alert.dating is Dating.MOMENT


def test_what_the_description_says_becomes_labels() -> None:
    (alert,) = parse(carried(alarm()), HEARD)

    assert (alert.severity, alert.severity_word) == (Severity.CRITICAL, "critical")
    assert (alert.summary, alert.description[-18:]) == ("HighCPU", "\nThreshold Crossed")
    assert alert.labels["service"] == "checkout"
    assert alert.labels["InstanceId"] == "i-1"
    assert alert.links == {
        "CloudWatch": "https://console.aws.amazon.com/cloudwatch/home"
        "?region=us-east-1#alarmsV2:alarm/HighCPU"
    }


def test_an_alarm_that_says_nothing_of_it_is_bad_enough_to_look_at() -> None:
    (alert,) = parse(carried(alarm(AlarmDescription=None)), HEARD)

    assert (alert.severity, alert.severity_word) == (Severity.HIGH, "alarm")


@pytest.mark.parametrize(
    ("values", "statuses"),
    [
        ({}, []),
        ({"Insufficient_Data": "firing"}, [AlertStatus.FIRING]),
        ({"INSUFFICIENT_DATA": "resolved"}, [AlertStatus.RESOLVED]),
        ({"INSUFFICIENT_DATA": "ignored"}, []),
    ],
)
def test_what_an_alarm_without_data_means_is_for_people_to_say(
    values: dict[str, str], statuses: list[AlertStatus]
) -> None:
    heard = Heard(received_at=NOON, settings=SourceSettings(values=values))

    alerts = parse(carried(alarm("INSUFFICIENT_DATA")), heard)

    assert [alert.status for alert in alerts] == statuses


def test_eventbridge_says_the_same_in_other_words() -> None:
    (alert,) = parse(carried(BY_EVENTBRIDGE), HEARD)
    (direct,) = parse(carried(alarm()), HEARD)

    assert (alert.fingerprint, alert.starts_at) == (direct.fingerprint, direct.starts_at)
    assert alert.labels["service"] == "checkout"


def test_an_alarm_made_of_others_has_no_metric() -> None:
    (alert,) = parse(carried(alarm(Trigger=None, AlarmRule="ALARM(a) OR ALARM(b)")), HEARD)

    assert "metric" not in alert.labels


def test_an_alarm_of_another_partition_has_no_link() -> None:
    arn = "arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:HighCPU"

    (alert,) = parse(carried(alarm(AlarmArn=arn)), HEARD)

    assert alert.links == {}


def test_what_sns_says_of_itself_is_no_alert() -> None:
    assert parse(asking(), HEARD) == []


@pytest.mark.parametrize(
    "message",
    [
        "hello",
        [],
        {"AlarmName": "x"},
        {"AlarmName": None, "NewStateValue": "OK"},
        {**BY_EVENTBRIDGE, "detail": None},
        {**BY_EVENTBRIDGE, "detail": {"alarmName": "x"}, "resources": "x"},
    ],
)
def test_another_message_is_not_understood(message: Any) -> None:
    with pytest.raises(NotUnderstood):
        parse(carried(message), HEARD)


@pytest.mark.parametrize("payload", [[], {}, {"Type": "Notification"}, alarm()])
def test_what_is_no_envelope_is_refused(payload: Any) -> None:
    with pytest.raises(Refusal):
        parse(payload, HEARD)
