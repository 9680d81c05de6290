"""Identifiers, typed so that the type checker keeps them apart; all are opaque text."""

from typing import NewType

OrganizationId = NewType("OrganizationId", str)
UserId = NewType("UserId", str)
ServiceId = NewType("ServiceId", str)
IncidentId = NewType("IncidentId", str)
UpdateId = NewType("UpdateId", str)
NoteId = NewType("NoteId", str)
EntryId = NewType("EntryId", str)
EpisodeId = NewType("EpisodeId", str)
EndpointId = NewType("EndpointId", str)
MaintenanceId = NewType("MaintenanceId", str)
IntegrationId = NewType("IntegrationId", str)
ApiKeyId = NewType("ApiKeyId", str)
SessionId = NewType("SessionId", str)
InvitationId = NewType("InvitationId", str)
PasswordResetId = NewType("PasswordResetId", str)
DeliveryId = NewType("DeliveryId", int)
ChannelId = NewType("ChannelId", str)
SlackUserId = NewType("SlackUserId", str)
TeamId = NewType("TeamId", str)
