"""The kind of a field by its path within a file, as the model declares it."""

from functools import cache
from typing import Any, get_args

from reportcard.content.kinds import TEXT, FieldKind
from reportcard.content.model import Card
from reportcard.content.scalars import Frozen
from reportcard.content.wording import Wording


@cache
def kind_of(path: str) -> FieldKind:
    """The kind of the field at a path of a card or of the shared wording, `notes.dl-1100`,
    `countries.peru.of`: that of the nearest field on the way to it which has one.
    """
    kind = TEXT
    groups: tuple[type[Frozen], ...] = (Card, Wording)
    for step in path.split("."):
        fields = [
            one.model_fields[attributes[step]]
            for one in groups
            if step in (attributes := one.attributes())
        ]
        if not fields:
            continue  # a key of a table: the kind is that of the table's field
        kinds = (one for field in fields for one in field.metadata if isinstance(one, FieldKind))
        kind = next(kinds, kind)
        groups = tuple(filter(None, (_group(field.annotation) for field in fields)))
        if not groups:
            break
    return kind


def _group(annotation: Any) -> type[Frozen] | None:
    """The group of keys that a field is, or is a table of."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next(filter(None, map(_group, get_args(annotation))), None)
