"""The kinds of scalars in content: a line, prose, an exact score, names; each refuses what does not
fit. And groups and tables of keys.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, LiteralString, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from reportcard.content.tree import Text
from reportcard.content.yaml import MAXIMUM_TEXT

ID_PATTERN: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
COUNTRY_PATTERN: Final = r"^[A-Z]{2}$"
LANGUAGE_PATTERN: Final = r"^[a-z]{2,3}(-[A-Z]{2})?$"
YEAR_PATTERN: Final = r"^[0-9]{4}$"
NOT_APPLICABLE: Final = "not applicable"
"""What is typed in place of a score where the framework does not apply."""
#: A score's literal: digits, and after a point at most four more. No sign, exponent, base or
#: separator.
_SCORE: Final = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?")
#: A whole value between curly quotation marks: a word processor puts them for straight ones.
IN_CURLY_QUOTES: Final = re.compile(r"[“„‘][^“”„‘’]*[”’]")


class Line(Text):
    """One line of prose: a title, a name."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}

    @classmethod
    def _read(cls, value: object) -> "Line":
        text = _keep_text(value)
        if "\n" in text.strip():
            raise _refused("several_lines")
        if not text.scalar.style and IN_CURLY_QUOTES.fullmatch(text):
            raise _refused("curly_quotes")
        return text.as_(cls)


class ProseText(Text):
    """Paragraphs and bullets."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: _keep_text(value).as_(cls)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {
            "type": "string",
            "minLength": 1,
            "description": (
                "Markdown: paragraphs, bullets, **bold**, [links](https://…), note calls [^id] and"
                " values {{ … }}. Begin with | and write the text below it."
            ),
        }


def _keep_text(value: object) -> Text:
    if value is None:
        raise _refused("empty_text")
    if not isinstance(value, Text):
        raise _refused("text_type")
    if not value.strip():
        raise _refused("empty_text")
    if len(value) > MAXIMUM_TEXT:
        raise _refused("text_too_long", limit=MAXIMUM_TEXT)
    if not value.scalar.style and re.search(r"\s#", value.scalar.tail):
        raise _refused("cut_by_comment")
    if "\n" in value.strip() and not value.scalar.style:
        raise _refused("plain_over_lines")
    return value


def _read_score(value: object) -> Fraction:
    """The exact score of a literal. Raises an error, with the right spelling if there is one, for
    `0,8`, `.8`, `8e-1` and their like.
    """
    if isinstance(value, Fraction):
        return value
    literal = str(value).strip() if isinstance(value, Text) else ""
    if _SCORE.fullmatch(literal):
        return Fraction(literal)
    spelled = re.sub(r"^\.", "0.", literal.replace(",", "."))
    if not _SCORE.fullmatch(spelled):
        try:
            spelled = f"{float(literal.replace(',', '.')):g}"
        except ValueError:
            spelled = ""
    if _SCORE.fullmatch(spelled):
        raise _refused("misspelled_score", score=spelled)
    raise _refused("not_a_score")


def _read_points(value: object) -> Fraction | str:
    """The exact score of a literal, or NOT_APPLICABLE. Raises as `_read_score` does."""
    typed = str(value).strip() if isinstance(value, Text) else ""
    return NOT_APPLICABLE if typed == NOT_APPLICABLE else _read_score(value)


def _refused(error: LiteralString, **context: str | int) -> PydanticCustomError:
    """An error by its name; the words for it are in the rules (`content.explanation`)."""
    return PydanticCustomError(error, error, context)


Id = Annotated[str, Field(pattern=ID_PATTERN)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Year = Annotated[str, Field(pattern=YEAR_PATTERN)]
Score = Annotated[
    Fraction, BeforeValidator(_read_score), WithJsonSchema({"type": "number", "minimum": 0})
]
Points = Annotated[
    Fraction | Literal["not applicable"],
    PlainValidator(_read_points),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"const": NOT_APPLICABLE}]}),
]
Rank = Annotated[int, Field(ge=1)]


class Frozen(BaseModel):
    """A group of keys: unknown keys are refused, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @classmethod
    def attributes(cls) -> dict[str, str]:
        """By key, the attribute that has its value: `in` is a word of Python."""
        return {field.alias or name: name for name, field in cls.model_fields.items()}


K = TypeVar("K")
V = TypeVar("V")
Table = Annotated[Mapping[K, V], AfterValidator(MappingProxyType)]
"""A mapping that cannot be changed, in the order typed."""
EMPTY: Final[Any] = Field(default_factory=lambda: MappingProxyType({}))
"""The default of a table: no entries."""
IN_KEY: Final[Any] = Field(alias="in")
"""The key of the attribute `in_`."""
Waivers = Annotated[
    Table[str, Table[str, str]],
    Field(
        description="Rules that are set aside for one field, by field and rule, with the reason."
    ),
]


def _listed(value: Any) -> Any:
    """Words with commas between them as a list: long lists are read four times as fast so."""
    if not isinstance(value, str):
        return value
    return [" ".join(words.split()) for words in value.split(",") if words.strip()]


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""A list, or a text with commas."""
