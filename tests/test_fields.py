"""What a field is, by its path: each kind at its fields, and at its neighbours not."""

import pytest

from reportcard.content.fields import kind_of
from reportcard.content.kinds import (
    BODY,
    COUNTRY,
    FORM,
    GAUGE_LABEL,
    INSTITUTION,
    LABEL,
    NOTE,
    PERSON,
    SCOREBOARD_TEXT,
    TEXT,
    UNPLACED,
    FieldKind,
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("authors.1", PERSON),
        ("institutions.minem", INSTITUTION),
        ("recommendations.fixed-term.institutions", TEXT),
        ("notes.dl-1100", NOTE),
        ("notes.authors", NOTE),
        ("institutions.language", INSTITUTION),
        ("changes.notes", TEXT),
        ("unplaced", UNPLACED),
        ("context", BODY),
        ("title", TEXT),
        ("dimensions.legal.findings", BODY),
        ("dimensions.legal.categories.ownership.name", GAUGE_LABEL),
        ("dimensions.legal.categories.ownership.definition", TEXT),
        ("dimensions.legal.name", TEXT),
        ("countries.peru.name", COUNTRY),
        ("countries.peru.of", FORM),
        ("countries.language.name", COUNTRY),
        ("language", FORM),
        ("ordinals.f.3", FORM),
        ("labels.authors", LABEL),
        ("regional.title", SCOREBOARD_TEXT),
        ("regional.ranking", SCOREBOARD_TEXT),
        ("overall.ranking", TEXT),
        ("nothing.of.the.kind", TEXT),
    ],
)
def test_a_field_is_of_the_kind_that_the_model_says(path: str, kind: FieldKind) -> None:
    assert kind_of(path) is kind
