"""What is filled in of the organisation's own fields: kept, or refused at the field."""

from dataclasses import replace

import pytest

from bot.slack.views.own_fields import OwnField, checked
from core.domain.custom_field import CustomField, FieldOption, FieldType
from core.domain.particulars import FieldEntry
from core.errors import InvalidInput
from core.flaws import Flaws
from tests.unit.slack.cards import THEN

SITE = OwnField(
    custom=CustomField(
        id="fld_1", name="Site", type=FieldType.TEXT, created_at=THEN, updated_at=THEN
    ),
    required=True,
)
PLANT = OwnField(
    custom=replace(SITE.custom, id="fld_2", name="Plant", type=FieldType.SINGLE_SELECT),
    options=[
        FieldOption(id="opt_1", field_id="fld_2", value="North", created_at=THEN, updated_at=THEN)
    ],
    required=True,
)


@pytest.mark.parametrize("field", [SITE, PLANT], ids=lambda one: one.custom.name)
def test_a_form_without_what_is_required_is_refused_at_the_field(field: OwnField) -> None:
    flaws = Flaws()

    kept = checked([field], {field.id: ()}, flaws)

    with pytest.raises(InvalidInput) as refused:
        flaws.refuse()
    assert kept == ()
    assert refused.value.flaws == ((f"field.{field.id}", f"Fill in “{field.custom.name}”."),)


def test_what_is_not_required_or_cannot_be_asked_may_stay_empty() -> None:
    flaws = Flaws()
    fields = [replace(SITE, required=False), replace(PLANT, options=())]

    kept = checked(fields, {}, flaws)

    flaws.refuse()
    assert kept == ()


def test_what_is_required_is_kept_as_it_was_filled_in() -> None:
    flaws = Flaws()

    kept = checked([SITE, PLANT], {SITE.id: ("eu-1",), PLANT.id: ("opt_1",)}, flaws)

    flaws.refuse()
    assert kept == (
        FieldEntry(field_id=SITE.id, values=("eu-1",)),
        FieldEntry(field_id=PLANT.id, values=("opt_1",)),
    )
