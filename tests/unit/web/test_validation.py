"""What is wrong with a value is told in our own sentences, whatever pydantic says."""

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from multidict import MultiDict
from pydantic import BaseModel, Field, HttpUrl, create_model

from bot.web.problems import Issue, Refusal
from bot.web.validation import checked, checked_query


class Sort(Enum):
    UP = "up"
    DOWN = "down"


Count = Annotated[int, Field(ge=1, le=5)]
Long = Annotated[str, Field(max_length=10_000)]
Share = Annotated[float, Field(gt=0.1, lt=0.9)]


def _issues(kind: Any, value: Any, *, field: str = "limit") -> tuple[Issue, ...]:
    definitions: dict[str, Any] = {field: (kind, ...)}
    model: type[BaseModel] = create_model("Asked", __base__=BaseModel, **definitions)
    with pytest.raises(Refusal) as refused:
        checked(model, {} if value is ... else {field: value})
    return refused.value.problem.issues


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (Annotated[str, Field(max_length=20)], "x" * 21, "may have at most 20 characters."),
        (Long, "x" * 10_001, "may have at most 10,000 characters."),
        (Annotated[str, Field(min_length=1)], "", "must not be empty."),
        (Annotated[str, Field(min_length=8)], "x", "must have at least 8 characters."),
        (Annotated[str, Field(pattern="^a$")], "b", "is not written as it should be."),
        (str, 1, "must be text."),
        (Count, "many", "must be a whole number."),
        (Count, 1.5, "must be a whole number."),
        (Count, [], "must be a whole number."),
        (Count, "9" * 5_000, "must be a whole number."),
        (Count, 0, "must be 1 or more."),
        (Count, 6, "must be 5 or less."),
        (float, "much", "must be a number."),
        (float, [], "must be a number."),
        (Annotated[float, Field(allow_inf_nan=False)], "nan", "must be a number."),
        (Share, 0, "must be more than 0.1."),
        (Share, 1, "must be less than 0.9."),
        (Literal["asc"], "up", "must be asc."),
        (Literal["asc", "desc", "none"], "up", "must be asc, desc or none."),
        (Sort, "left", "must be up or down."),
        (HttpUrl, "example", "must be an address such as https://example.com."),
        (HttpUrl, "ftp://example.com", "must be an address such as https://example.com."),
        (HttpUrl, 1, "must be an address such as https://example.com."),
        (list[str], "x", "must be a list."),
        (Annotated[list[str], Field(max_length=1)], ["a", "b"], "may have at most 1 entry."),
        (Annotated[list[str], Field(max_length=2)], ["a"] * 3, "may have at most 2 entries."),
        (Annotated[list[str], Field(min_length=1)], [], "must have at least 1 entry."),
        (bytes, 1, "cannot be understood."),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_told_what_would(kind: Any, value: Any, sentence: str) -> None:
    (issue,) = _issues(kind, value)

    assert issue == Issue(code="invalid_value", message=f"Limit {sentence}", field="limit")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title", "Title is required."),
        ("serviceId", "“serviceId” is required."),
        ("service_id", "“service_id” is required."),
    ],
)
def test_a_field_of_several_words_is_quoted_as_it_is_sent(field: str, sentence: str) -> None:
    (issue,) = _issues(str, ..., field=field)

    assert issue == Issue(code="is_required", message=sentence, field=field)


class Several(BaseModel):
    status: list[str] = []
    title: str = ""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ([("status", "a"), ("status", "b")], ["a", "b"]),
        ([("status[]", "a"), ("status[]", "b")], ["a", "b"]),
        ([("status", "a"), ("status[]", "b")], ["a", "b"]),
        ([("title[]", "a")], []),
    ],
)
def test_a_list_in_a_query_may_have_brackets(
    query: list[tuple[str, str]], status: list[str]
) -> None:
    found = checked_query(Several, MultiDict(query))

    assert (found.status, found.title) == (status, "")
