"""What monitoring tools send, as their documentation has it, with changes."""

from collections.abc import Mapping
from typing import Any

STARTED, ENDED = 1_893_495_600, 1_893_497_400
"""An hour before noon on the first day of 2030, and half an hour later."""

AZURE_ALERT = (
    "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.AlertsManagement/"
    "alerts/22222222-2222-2222-2222-222222222222"
)
AZURE_MACHINE = (
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/shop/providers/"
    "microsoft.compute/virtualmachines/web-1"
)


def uptime_kuma(status: int = 0, **monitor: Any) -> dict[str, Any]:
    return {
        "heartbeat": {
            "monitorID": 1,
            "status": status,
            "time": "2030-01-01 11:00:00.086",
            "msg": "connect ECONNREFUSED",
            "important": True,
        },
        "monitor": {"id": 1, "name": "Checkout", "url": "https://shop.example.com/", **monitor},
        "msg": "[Checkout] [🔴 Down] connect ECONNREFUSED",
    }


def zabbix(**changes: Any) -> dict[str, Any]:
    return {
        "event_id": "4711",
        "trigger_id": "99",
        "event_value": "1",
        "update_status": "0",
        "name": "CPU high",
        "subject": "Problem: CPU high",
        "message": "load is 9",
        "severity": "4",
        "host": "web1",
        "tags": [{"tag": "service", "value": "checkout"}],
        "url": "https://zabbix.example.com/tr_events.php?triggerid=99&eventid=4711",
        "time": str(STARTED),
        "recovery_time": "{EVENT.RECOVERY.TIMESTAMP}",
        **changes,
    }


def pingdom(state: str = "DOWN", **changes: Any) -> dict[str, Any]:
    return {
        "check_id": 12345,
        "check_name": "Checkout",
        "check_type": "HTTP",
        "check_params": {
            "hostname": "shop.example.com",
            "full_url": "https://shop.example.com/pay",
            "port": 443,
        },
        "tags": ["service:checkout", "team-shop", "eu"],
        "previous_state": "UP",
        "current_state": state,
        "importance_level": "HIGH",
        "state_changed_timestamp": STARTED,
        "state_changed_utc_time": "2030-01-01T11:00:00",
        "long_description": "Socket timeout, unable to connect",
        "description": "Socket timeout",
        "first_probe": {"ip": "198.51.100.1", "location": "Stockholm, Sweden"},
        "version": 1,
        **changes,
    }


def uptimerobot(type: str = "1", **changes: Any) -> dict[str, Any]:
    return {
        "monitorID": "95987545",
        "monitorURL": "https://shop.example.com",
        "monitorFriendlyName": "Checkout",
        "alertType": type,
        "alertTypeFriendlyName": "Down",
        "alertDetails": "Connection Timeout",
        "alertDateTime": str(STARTED),
        "alertFriendlyDuration": "3 minutes",
        "sslExpiryDaysLeft": "*sslExpiryDaysLeft*",
        **changes,
    }


def datadog(transition: str = "Triggered", **changes: Any) -> dict[str, Any]:
    return {
        "id": "7011",
        "cycle_key": "c1",
        "aggregate": "9bd4ac313a4d1e8fae2482df7b77628",
        "monitor": "1234",
        "transition": transition,
        "title": "CPU is high on web-1",
        "text": "The load was above 9.",
        "priority": "P1",
        "scope": "host:web-1,env:prod",
        "host": "web-1",
        "metric": "system.load.1",
        "tags": "env:prod,service:checkout,monitor",
        "link": "https://app.datadoghq.com/event/event?id=7011",
        "snapshot": "$SNAPSHOT",
        "date": str(STARTED * 1000),
        **changes,
    }


def newrelic(state: str = "ACTIVATED", **changes: Any) -> dict[str, Any]:
    return {
        "id": "issue-1",
        "issueUrl": "https://radar-api.service.newrelic.com/accounts/1/issues/issue-1",
        "title": "Checkout is slow",
        "priority": "CRITICAL",
        "impactedEntities": ["checkout", "web-1"],
        "state": state,
        "trigger": "STATE_CHANGE",
        "createdAt": STARTED * 1000,
        "updatedAt": ENDED * 1000,
        "alertPolicyNames": ["Shop"],
        "alertConditionNames": ["p99 latency"],
        "workflowName": "Tocsin",
        **changes,
    }


def newrelic_before(state: str = "open", **changes: Any) -> dict[str, Any]:
    return {
        "incident_id": 42,
        "current_state": state,
        "severity": "CRITICAL",
        "condition_name": "p99 latency",
        "policy_name": "Shop",
        "details": "p99 latency > 2 s for 5 minutes",
        "incident_url": "https://alerts.newrelic.com/accounts/1/incidents/42",
        "targets": [{"name": "checkout", "type": "Application"}],
        "timestamp": STARTED * 1000,
        "owner": "Alice Archer",
        **changes,
    }


def azure(condition: str = "Fired", **essentials: Any) -> dict[str, Any]:
    return {
        "schemaId": "azureMonitorCommonAlertSchema",
        "data": {
            "essentials": {
                "alertId": AZURE_ALERT,
                "alertRule": "CPU is high",
                "severity": "Sev1",
                "signalType": "Metric",
                "monitorCondition": condition,
                "monitoringService": "Platform",
                "alertTargetIDs": [AZURE_MACHINE],
                "originAlertId": "CPU is high_web-1",
                "firedDateTime": "2030-01-01T11:00:00.1234567Z",
                "description": "Look at the deployments.",
                **({"resolvedDateTime": "2030-01-01T11:30:00Z"} if condition == "Resolved" else {}),
                **essentials,
            },
            "alertContext": {"conditionType": "SingleResourceMultipleMetricCriteria"},
            "customProperties": {"service": "checkout"},
        },
    }


def azure_before(status: str = "Activated", **context: Any) -> dict[str, Any]:
    return {
        "schemaId": "AzureMonitorMetricAlert",
        "data": {
            "version": "2.0",
            "status": status,
            "context": {
                "timestamp": "2030-01-01T11:00:00.0000000Z",
                "id": "/subscriptions/1/providers/microsoft.insights/metricAlerts/cpu",
                "name": "CPU is high",
                "severity": "0",
                "resourceId": AZURE_MACHINE,
                "portalLink": "https://portal.azure.com/#resource/web-1",
                **context,
            },
            "properties": None,
        },
    }


def googlecloud(state: str = "open", **incident: Any) -> dict[str, Any]:
    return {
        "version": "1.2",
        "incident": {
            "incident_id": "0.abc",
            "scoping_project_id": "shop-1",
            "url": "https://console.cloud.google.com/monitoring/alerting/incidents/0.abc",
            "started_at": STARTED,
            "ended_at": ENDED if state == "closed" else None,
            "state": state,
            "summary": "CPU of web-1 is above 90 %.",
            "severity": "Critical",
            "resource": {"type": "gce_instance", "labels": {"zone": "europe-west1-b"}},
            "resource_display_name": "web-1",
            "metric": {"type": "cpu", "displayName": "CPU usage", "labels": {"core": "1"}},
            "policy_name": "CPU is high",
            "condition_name": "CPU above 90 %",
            "policy_user_labels": {"service": "checkout"},
            "documentation": {
                "content": "Look at the deployments.",
                "mime_type": "text/markdown",
                "subject": "CPU of web-1 is high",
            },
            **incident,
        },
    }


def sentry_issue_alert(**event: Any) -> dict[str, Any]:
    return {
        "action": "triggered",
        "actor": {"id": "sentry", "name": "Sentry", "type": "application"},
        "data": {
            "event": {
                "event_id": "e4874d664c3540c1a32eab185f12c5ab",
                "issue_id": "1170820242",
                "title": "ReferenceError: heck is not defined",
                "level": "error",
                "culprit": "?(<anonymous>)",
                "datetime": "2030-01-01T11:00:00.677000Z",
                "environment": "production",
                "platform": "javascript",
                "web_url": "https://sentry.example.com/organizations/shop/issues/1170820242/",
                "tags": [["browser", "Chrome"], ["service", "checkout"], ["odd"]],
                **event,
            },
            "triggered_rule": "Very important alert rule!",
        },
        "installation": {"uuid": "a8e5d37a-696c-4c54-adb5-b3f28d64c7de"},
    }


def sentry_issue(action: str = "resolved", **issue: Any) -> dict[str, Any]:
    return {
        "action": action,
        "actor": {"id": 1, "name": "Alice Archer", "type": "user"},
        "data": {
            "issue": {
                "id": "1170820242",
                "shortId": "SHOP-1",
                "title": "ReferenceError: heck is not defined",
                "level": "error",
                "status": "resolved",
                **issue,
            }
        },
    }


def sentry_metric(action: str = "critical", **metric: Any) -> dict[str, Any]:
    return {
        "action": action,
        "actor": {"id": "sentry", "name": "Sentry", "type": "application"},
        "data": {
            "description_text": "1000 events in the last 10 minutes",
            "description_title": f"{action.capitalize()}: Too many errors",
            "web_url": "https://sentry.example.com/organizations/shop/alerts/1/",
            "metric_alert": {
                "id": "11",
                "identifier": "1",
                "alert_rule": {"id": "7", "name": "Too many errors"},
                "date_started": "2030-01-01T11:00:00Z",
                "date_closed": None,
                **metric,
            },
        },
    }


def without(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in names}
