"""Questions on what was sent to outgoing webhooks, answered from SQL outside any transaction."""

from core.domain.ids import OrganizationId
from core.domain.webhook_delivery import WebhookDelivery
from core.ports import DeliveryPage, DeliveryQuery
from storage import webhooks
from storage.connection import Connection
from storage.readers import Readers


class SqlWebhookReads:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    async def webhook_delivery(self, organization_id: OrganizationId, id: str) -> WebhookDelivery:
        async def question(connection: Connection) -> WebhookDelivery:
            return await webhooks.one(connection, organization_id, id)

        return await self._readers.glance(question)

    async def webhook_deliveries(
        self, organization_id: OrganizationId, query: DeliveryQuery
    ) -> DeliveryPage:
        async def question(connection: Connection) -> DeliveryPage:
            return await webhooks.page(connection, organization_id, query)

        return await self._readers.ask(question)
