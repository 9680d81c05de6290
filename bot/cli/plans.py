"""`tocsin plans`."""

from argparse import Namespace
from dataclasses import replace

from bot.answers import Answer
from bot.bootstrap import administration
from bot.settings import Settings
from bot.web_settings import usual_plan
from core.commands import SetPlan
from core.domain.plan import Plan


async def show(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        plan = await office.reads.plan(office.organization_id)
    return _shown(given.organization, plan or usual_plan(settings))


async def set_plan(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        before = await office.reads.plan(office.organization_id) or usual_plan(settings)
        plan = replace(
            before,
            name=given.name,
            requests_per_minute_user=given.user or before.requests_per_minute_user,
            requests_per_minute_organization=given.total or before.requests_per_minute_organization,
        )
        await office.bus.execute(SetPlan(caller=office.caller, plan=plan))
    return _shown(given.organization, plan)


def _shown(organization: str, plan: Plan) -> Answer:
    return Answer(
        object={
            "organization": organization,
            "name": plan.name,
            "requests_per_minute_user": plan.requests_per_minute_user,
            "requests_per_minute_organization": plan.requests_per_minute_organization,
        },
        words=f"The organisation {organization} has the plan {plan.name}: "
        f"{plan.requests_per_minute_user:,} requests a minute of one user or key, "
        f"{plan.requests_per_minute_organization:,} of all together.",
    )
