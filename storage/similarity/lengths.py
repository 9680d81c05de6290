"""Which stored vectors are as long as the ones that their model makes now.

Behind an address another model may come to answer to the same name. The vector that was made last
tells; what is of another length counts as having none.
"""

from sqlalchemy import ColumnElement, bindparam, func, select

from storage.tables import document_vectors

_last = document_vectors.alias("last_made")
_length = (
    select(func.length(_last.c.vector))
    .where(_last.c.model == bindparam("model"))
    .order_by(_last.c.made_at.desc())
    .limit(1)
    .scalar_subquery()
)


def made_by_the_model() -> ColumnElement[bool]:
    """Of a row of `document_vectors`; takes the parameter `model`."""
    vectors = document_vectors.c
    return (vectors.model == bindparam("model")) & (func.length(vectors.vector) == _length)
