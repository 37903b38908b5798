"""The framework: content/scoreboard.yaml as frozen values."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from reportcard.content.scalars import EMPTY, ID_PATTERN, Frozen, Id, Score, Table

#: A JSON Schema knows numbers, not fractions.
_POSITIVE = WithJsonSchema({"type": "number", "exclusiveMinimum": 0})
Weight = Annotated[Score, Field(gt=0), _POSITIVE]
_ONE = Field(default=Fraction(1), json_schema_extra={"default": 1})


def _by_weight(value: Any) -> Any:
    """A list of names: each of them has the weight 1."""
    return dict.fromkeys(value, Fraction(1)) if isinstance(value, (list, tuple)) else value


_CRITERIA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "array", "items": {"type": "string", "pattern": ID_PATTERN}},
            {
                "type": "object",
                "patternProperties": {ID_PATTERN: {"type": "number", "exclusiveMinimum": 0}},
                "additionalProperties": False,
            },
        ],
        "default": {},
    }
)


class Band(Frozen):
    """A stretch of a scale that has a name. Its words stand in the wording, under `bands`."""

    name: Id
    to: Score | None = None
    """The score at which the next band begins. The last band has none."""


class Level(Frozen):
    """The scores of one level: categories, dimensions, or the total."""

    combine: Literal["sum", "mean", "weighted"] | None = None
    """How a score is made of the level below: the sum, the mean, or the mean by weights. Without
    it, a category is the mean of its criteria, and all else is a sum.
    """
    maximum: Annotated[Score, Field(gt=0), _POSITIVE] | None = None
    """The highest score, in points. Without it, it follows from the level below."""
    decimals: Annotated[int, Field(ge=0, le=3)] = 1
    """How many decimals are printed; scores are rounded half up."""
    suffix: Annotated[str, Field(max_length=3)] = ""
    """What is printed after a score, like %. The maximum is then not printed."""
    bands: tuple[Band, ...] = ()
    """Names for stretches of the scale, from the lowest."""


class Category(Frozen):
    """A category of a dimension."""

    letter: Annotated[str, Field(min_length=1, max_length=3)]
    criteria: Annotated[Table[Id, Weight], BeforeValidator(_by_weight), _CRITERIA] = EMPTY
    """If scores are given by criterion, the criteria: a list of them, or each with its weight. The
    category's score is made of theirs.
    """
    weight: Weight = _ONE
    """How much the category counts in its dimension, if that is a weighted mean."""
    direction: Literal["higher", "lower"] | None = None
    """Whether a higher score of this category is better, or a lower one; without it, as in the
    framework. Where the two differ, the dimension counts how far the score is from the maximum.
    """


class Dimension(Frozen):
    """A dimension. Its score is made of its categories' scores."""

    categories: Annotated[Table[Id, Category], Field(min_length=1, max_length=12)]
    weight: Weight = _ONE
    """How much the dimension counts in the total, if that is a weighted mean."""


class Scoreboard(Frozen):
    """content/scoreboard.yaml: the framework, 1 to 12 dimensions of 1 to 12 categories each."""

    category_maximum: Annotated[Score, Field(gt=0), _POSITIVE] | None = None
    """The highest score of a category, in points: short for `maximum` under `category`."""
    assessed: Literal["country", "other"] = "country"
    """What is assessed: countries, or something else, like states, basins or companies. Their names
    are then in the wording, under `countries`.
    """
    direction: Literal["higher", "lower"] = "higher"
    """Whether a higher score is better, or a lower one."""
    category: Level = Field(default_factory=Level)
    dimension: Level = Field(default_factory=Level)
    total: Level = Field(default_factory=Level)
    dimensions: Annotated[Table[Id, Dimension], Field(min_length=1, max_length=12)]

    @property
    def categories(self) -> Mapping[str, Category]:
        """All categories by id, in order."""
        return {
            id_: category
            for dimension in self.dimensions.values()
            for id_, category in dimension.categories.items()
        }

    @property
    def most(self) -> Fraction:
        """The highest score of a category, in points; 1 if none is given."""
        return self.category.maximum or self.category_maximum or Fraction(1)
