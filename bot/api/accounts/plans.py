"""Which plan an organisation has, remembered for a second."""

from bot.web.lookups import Recent
from core.domain.ids import OrganizationId
from core.domain.plan import Plan
from core.ports import ReadModels


class Plans:
    def __init__(self, reads: ReadModels, usual: Plan) -> None:
        self._reads = reads
        self._usual = usual
        self._recent = Recent(self._ask)

    async def of(self, organization_id: OrganizationId) -> Plan:
        return await self._recent.find(organization_id) or self._usual

    async def _ask(self, organization_id: str) -> Plan:
        return await self._reads.plan(OrganizationId(organization_id)) or self._usual
