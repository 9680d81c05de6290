"""What happened to people, keys and what they look after."""

from dataclasses import dataclass
from typing import TypeAlias

from core.domain.account import Role
from core.domain.events.base import Fact
from core.domain.ids import (
    ApiKeyId,
    EndpointId,
    IntegrationId,
    ServiceId,
    UserId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAdded(Fact):
    service_id: ServiceId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAdded(Fact):
    user_id: UserId
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class UserLinked(Fact):
    """A Slack member turned out to be this user."""

    user_id: UserId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Fact):
    user_id: UserId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyCreated(Fact):
    api_key_id: ApiKeyId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(Fact):
    api_key_id: ApiKeyId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationCreated(Fact):
    integration_id: IntegrationId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSwitchedOff(Fact):
    """Nothing arrives at an outgoing webhook any more, and Tocsin stopped trying."""

    endpoint_id: EndpointId
    name: str
    reason: str


AccountFact: TypeAlias = (
    ServiceAdded
    | UserAdded
    | UserLinked
    | PasswordChanged
    | ApiKeyCreated
    | ApiKeyRevoked
    | IntegrationCreated
    | WebhookSwitchedOff
)
