"""The doors of the paging APIs."""

from dataclasses import replace

from aiohttp import web

from bot.paging.finding import Finder
from bot.paging.heartbeats import Heartbeats
from bot.paging.opsgenie_acts import Acts
from bot.paging.opsgenie_reads import Reads
from bot.paging.pagerduty import PagerDuty
from bot.paging.switchboard import Surroundings, Switchboard
from core.domain.viewer import NOBODY


def add_paging(app: web.Application, around: Surroundings) -> None:
    """PagerDuty's Events API, Opsgenie's alert API and its heartbeats."""
    around = replace(around, reads=around.reads.seen_by(NOBODY))
    switchboard, finder = Switchboard(around), Finder(around.reads)
    PagerDuty(switchboard).register(app)
    Reads(switchboard, finder).register(app)
    Acts(switchboard, finder).register(app)
    Heartbeats(switchboard, around.bus).register(app)
