"""The tools that can ring, by name."""

from collections.abc import Mapping

from bot.webhooks.alertmanager import ALERTMANAGER, SIGNOZ
from bot.webhooks.apprise import APPRISE
from bot.webhooks.azure import AZURE
from bot.webhooks.cloudevents import CLOUDEVENTS
from bot.webhooks.cloudwatch import CLOUDWATCH
from bot.webhooks.datadog import DATADOG
from bot.webhooks.elasticsearch import ELASTICSEARCH
from bot.webhooks.generic import GENERIC
from bot.webhooks.googlecloud import GOOGLECLOUD
from bot.webhooks.grafana import GRAFANA
from bot.webhooks.incident_io import INCIDENT_IO
from bot.webhooks.newrelic import NEWRELIC
from bot.webhooks.opsgenie import OPSGENIE
from bot.webhooks.pagerduty import PAGERDUTY
from bot.webhooks.pingdom import PINGDOM
from bot.webhooks.prometheus import PROMETHEUS
from bot.webhooks.sentry import SENTRY
from bot.webhooks.source import Source
from bot.webhooks.uptime_kuma import UPTIME_KUMA
from bot.webhooks.uptimerobot import UPTIMEROBOT
from bot.webhooks.zabbix import ZABBIX

SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        ALERTMANAGER,
        PROMETHEUS,
        GRAFANA,
        SIGNOZ,
        ELASTICSEARCH,
        APPRISE,
        CLOUDEVENTS,
        GENERIC,
        DATADOG,
        NEWRELIC,
        CLOUDWATCH,
        AZURE,
        GOOGLECLOUD,
        SENTRY,
        ZABBIX,
        UPTIME_KUMA,
        UPTIMEROBOT,
        PINGDOM,
        PAGERDUTY,
        OPSGENIE,
        INCIDENT_IO,
    )
}
