"""The styles of an SVG's elements as the engine finds them: attributes, `<style>`, `style`.

Of style sheets this knows names, classes and ids, one inside another; rules with other selectors
are left out, so that no fault is seen where none is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reportcard.page.svg.document import SvgElement

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION: Final = re.compile(r"\s*([\w-]+)\s*:\s*((?:[^;\"']|\"[^\"]*\"|'[^']*')*)")
_IMPORTANT: Final = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
_COMPOUND: Final = re.compile(r"(\*|[\w-]+)?((?:[.#][\w-]+)*)")
#: Rules for a kind of reader, not for the drawing itself: that they are left out is right.
_PREFERENCE: Final = re.compile(r"@media.*\(\s*(?:prefers-|min-|max-|forced-)", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class StyleRule:
    """Declarations for elements that a selector, one compound inside another, fits."""

    compounds: tuple[str, ...]
    declarations: Mapping[str, str]

    @property
    def key(self) -> str:
        """What an element must have to fit: a class, an id, or a name (`*` for any)."""
        match = _COMPOUND.fullmatch(self.compounds[-1])
        signs = re.findall(r"[.#][\w-]+", match[2] if match else "")
        return signs[-1] if signs else (match and match[1]) or "*"

    def fits(self, element: SvgElement) -> bool:
        """Whether the element fits the last compound, and those around it the others."""
        *outer, own = self.compounds
        if not _fits(own, element):
            return False
        around = element.parent
        while outer and around:
            if _fits(outer[-1], around):
                outer.pop()
            around = around.parent
        return not outer


@dataclass(frozen=True, slots=True)
class SvgStyles:
    """The style rules of a drawing with their order, by what an element must have to fit them; and
    its `@` rules that the engine leaves out, each with its element.
    """

    rules: Mapping[str, tuple[tuple[int, StyleRule], ...]]
    ignored: tuple[tuple[str, SvgElement], ...]

    @classmethod
    def of(cls, root: SvgElement) -> "SvgStyles":
        """Those of a drawing."""
        rules: list[StyleRule] = []
        ignored: list[tuple[str, SvgElement]] = []
        for element in root.walk():
            if element.tag != "style" or element.attributes.get("type", "text/css") != "text/css":
                continue
            for head, body in _blocks(without_comments(element.text)):
                if not head.startswith("@") and "{" in body:
                    ignored.append((f"{head} {{ … {{", element))
                elif not head.startswith("@"):
                    rules.extend(_rules(head, body))
                elif re.match(r"@(?:media|supports|layer|container)\b", head):
                    if not _PREFERENCE.match(head):
                        ignored.append((head, element))
                elif head.startswith("@import"):
                    ignored.append((head, element))
        by_key: dict[str, list[tuple[int, StyleRule]]] = {}
        for number, rule in enumerate(rules):
            by_key.setdefault(rule.key, []).append((number, rule))
        return cls({key: tuple(found) for key, found in by_key.items()}, tuple(ignored))

    def own(self, element: SvgElement) -> dict[str, str]:
        """What is set on an element itself, by property."""
        found = dict(element.attributes)
        classes = (f".{name}" for name in element.attributes.get("class", "").split())
        keys = ("*", element.tag, f"#{element.attributes.get('id')}", *classes)
        candidates = {one for key in keys for one in self.rules.get(key, ())}
        for _, rule in sorted(candidates, key=lambda one: one[0]):
            if rule.fits(element):
                found.update(rule.declarations)
        return found | declarations(element.attributes.get("style", ""))


def declarations(text: str) -> dict[str, str]:
    """The properties that a list of declarations sets."""
    return {
        match[1].lower(): _IMPORTANT.sub("", match[2]).strip()
        for match in _DECLARATION.finditer(without_comments(text))
    }


def without_comments(sheet: str) -> str:
    """A style sheet as the engine reads it."""
    return _COMMENT.sub(" ", sheet)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Each rule of a style sheet: what is before its braces, and what is in them."""
    at = 0
    while match := re.compile(r"[^{};]*([{;])").match(sheet, at):
        head = match[0][:-1].strip()
        end = match.end()
        if match[1] == "{":
            depth = 1
            while end < len(sheet) and depth:
                depth += {"{": 1, "}": -1}.get(sheet[end], 0)
                end += 1
            yield head, sheet[match.end() : end - 1]
        elif head.startswith("@"):
            yield head, ""
        at = end


def _rules(head: str, body: str) -> Iterator[StyleRule]:
    for selector in head.split(","):
        compounds = tuple(selector.replace(">", " ").split())
        if compounds and all(_COMPOUND.fullmatch(one) for one in compounds):
            yield StyleRule(compounds, declarations(body))


def _fits(compound: str, element: SvgElement) -> bool:
    match = _COMPOUND.fullmatch(compound)
    if match is None or match[1] not in (None, "*", element.tag):
        return False
    classes = element.attributes.get("class", "").split()
    return all(
        sign[1:] in classes if sign[0] == "." else sign[1:] == element.attributes.get("id")
        for sign in re.findall(r"[.#][\w-]+", match[2])
    )
