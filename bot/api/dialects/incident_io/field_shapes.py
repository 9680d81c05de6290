"""Custom fields and their options on incident.io's wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.dialects.incident_io.paging import (
    MOST_UPDATES,
    USUAL,
    After,
    Blankless,
    PaginationMeta,
)
from bot.api.shape import Shape
from core.domain.custom_field import MAX_OPTION, USUAL_SORT_KEY
from core.usecases.standard import FARTHEST

Text: TypeAlias = Annotated[str, Field(max_length=10_000)]
OptionValue: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=MAX_OPTION, examples=["Payments"])
]
SortKey: TypeAlias = Annotated[int, Field(ge=-FARTHEST, le=FARTHEST)]
FieldTypeWord: TypeAlias = Literal["single_select", "multi_select", "text", "link", "numeric"]


class CustomFieldV2(Shape):
    id: str
    name: str
    description: str
    field_type: FieldTypeWord
    created_at: datetime
    updated_at: datetime


class CustomFieldsV2(Shape):
    custom_fields: list[CustomFieldV2]


class CustomFieldAnswerV2(Shape):
    custom_field: CustomFieldV2


class NewCustomFieldV2(Shape):
    name: Annotated[str, Field(min_length=1, max_length=50, examples=["Affected team"])]
    description: Text
    field_type: FieldTypeWord


class CustomFieldChangeV2(Shape):
    name: Annotated[str, Field(min_length=1, max_length=50)]
    description: Text


class CustomFieldOptionV1(Shape):
    id: str
    custom_field_id: str
    value: str
    sort_key: int


class CustomFieldOptionsV1(Shape):
    custom_field_options: list[CustomFieldOptionV1]
    pagination_meta: PaginationMeta


class CustomFieldOptionAnswerV1(Shape):
    custom_field_option: CustomFieldOptionV1


class CustomFieldOptionsQueryV1(Blankless):
    custom_field_id: str
    page_size: Annotated[int, Field(ge=1, le=MOST_UPDATES)] = USUAL
    after: After = None


class NewCustomFieldOptionV1(Shape):
    custom_field_id: str
    value: OptionValue
    sort_key: SortKey = USUAL_SORT_KEY


class CustomFieldOptionChangeV1(Shape):
    value: OptionValue
    sort_key: SortKey


class CustomFieldTypeInfo(Shape):
    """A field as it stands beside an incident's values of it."""

    id: str
    name: str
    description: str
    field_type: FieldTypeWord
    options: list[CustomFieldOptionV1]


class CustomFieldValue(Shape):
    """One of the keys, after the type of the field."""

    value_text: str | None = None
    value_link: str | None = None
    value_numeric: str | None = None
    value_option: CustomFieldOptionV1 | None = None


class CustomFieldEntry(Shape):
    custom_field: CustomFieldTypeInfo
    values: list[CustomFieldValue]


class CustomFieldValuePayload(Shape):
    """One of the keys, after the type of the field."""

    value_text: str | None = None
    value_link: str | None = None
    value_numeric: str | None = None
    value_option_id: str | None = None


class CustomFieldEntryPayload(Shape):
    """No values at all: the incident has none in that field."""

    custom_field_id: str
    values: Annotated[list[CustomFieldValuePayload], Field(max_length=100)]
