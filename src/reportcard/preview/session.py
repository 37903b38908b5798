"""From a change of files to the next snapshot: reads again, composes, and lays out only the
sections that changed.

All of it happens in the thread that calls; WeasyPrint is for one thread at a time. Pages come
first, problems after them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from reportcard.build.inventory import (
    ReadWorkspace,
    SoundWorkspace,
    WorkspaceState,
    country_waivers,
    glance,
    read_workspace,
)
from reportcard.content.loading import Content
from reportcard.content.shelf import Shelf
from reportcard.page.compose.card import compose
from reportcard.page.compose.composed import Composed
from reportcard.page.compose.templates import TemplateFaultError
from reportcard.page.copyfit import Copyfitter, Drawn
from reportcard.page.gauges import Gallery
from reportcard.page.proof.proof import proof, proof_counts
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.page.typeset.screen import Screened, screened
from reportcard.preview.state import Shown, ShownLanguage, ShownPage, Snapshot, blocks_of
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors, in_reading_order
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import judged
from reportcard.scores.values import values_of
from reportcard.translation.confirmation import standings
from reportcard.workspace.card_files import file_name
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

Publish = Callable[[Snapshot], None]
"""Called with each new snapshot, in the thread of the session."""
_Leaves = dict[str, tuple[bytes, int]]


@dataclass(frozen=True, slots=True)
class _Setting:
    """A card in one language as it was composed, and as it was fitted and set; whether mends were
    tried since the last edit, and whether it has any.
    """

    made_from: tuple[object, ...]
    card: Composed
    fitted: Composed
    drawings: Mapping[str, bytes]
    laid: LaidOut
    warnings: tuple[Problem, ...]
    faults: tuple[Problem, ...]
    is_tried: bool
    is_mended: bool
    sections: Mapping[str, tuple[object, Screened]]


class Session:
    """The cards of a workspace as they are edited: `snapshot` is what they are now."""

    def __init__(self, workspace: Workspace, publish: Publish) -> None:
        self.workspace = workspace
        self.snapshot = Snapshot()
        self._publish = publish
        self._shelf = Shelf()
        self._gallery = Gallery(Store(workspace.cache))
        self._copyfitter: Copyfitter | None = None
        self._settings: dict[tuple[str, str], _Setting] = {}
        self._earlier: tuple[_Leaves, _Leaves] = ({}, {})

    def lay_out(self, changed: frozenset[str], wanted: Iterable[str]) -> None:
        """Shows the pages of the cards `wanted` after files changed: `changed` are their paths in
        the workspace.

        What cannot be set leaves the pages as they were.
        """
        self._forget(changed)
        for country in dict.fromkeys(wanted):
            if country in self.workspace.countries():
                self._set_card(country)

    def failed(self, fault: str) -> None:
        """Shows a fault of the program itself beside what was shown last."""
        self._show(fault=fault)

    def _forget(self, changed: frozenset[str]) -> None:
        """Drops what is kept of styles, fonts and figures if one of them may have changed."""
        if any(path.startswith("styles/") for path in changed):
            self._copyfitter = None
        if any(path.startswith(("styles/", "figures/")) for path in changed):
            self._settings = {}
            self._copyfitter = None

    # Pages.

    def _set_card(self, country: str) -> None:
        """Lays out a card in those languages that changed; each is shown as soon as it is there."""
        read = glance(self.workspace, country, self._shelf)
        before = self.snapshot.cards.get(country, Shown(country))
        if (
            not isinstance(read, SoundWorkspace)
            or country not in read.content.cards
            or has_errors(read.problems)
        ):
            self._show(replace(before, problems=read.problems, broken=True, is_checked=False))
            return
        if self._copyfitter is None or self._copyfitter.typesetter.styles != read.styles:
            self._copyfitter = Copyfitter(Typesetter(self.workspace, read.styles))
            self._settings = {}
        content = read.content
        languages = tuple(content.cards[country])
        for language in languages:
            try:
                self._set_face(read, self._copyfitter, country, language)
            except TemplateFaultError as error:
                problems = in_reading_order((*read.problems, error.problem))
                self._show(replace(before, problems=problems, broken=True, is_checked=False))
                return
            faces = {
                name: self._face(country, name)
                for name in languages
                if (country, name) in self._settings
            }
            titles = {name: str(card.model.title) for name, card in content.cards[country].items()}
            now = replace(
                self.snapshot.cards.get(country, before),
                faces=MappingProxyType(faces),
                titles=MappingProxyType(titles),
                broken=False,
            )
            if now != self.snapshot.cards.get(country):
                self._show(replace(now, is_checked=False))

    def _set_face(
        self, read: SoundWorkspace, copyfitter: Copyfitter, country: str, language: str
    ) -> None:
        """Lays out a card in one language. If it needed mends before, it is shown with the same;
        whether they are still the best is found out after that.
        """
        before = self._settings.get((country, language))
        made_from = _made_from(read.content, country, language)
        if before and all(
            one is other for one, other in zip(before.made_from, made_from, strict=False)
        ):
            return
        card = compose(
            self.workspace,
            read.content,
            values_of(read.content, country, language),
            language,
            read.styles,
        )
        if before and before.card.sections == card.sections:
            # The pages are the same; lines may have moved in the files, and what is wrong with them
            fitted = card.joined_as(before.fitted)
            self._settings[country, language] = replace(
                before,
                made_from=made_from,
                card=card,
                fitted=fitted,
                faults=tuple(proof(fitted, before.laid)),
                is_tried=False,
            )
            return
        found: list[Problem] = []
        with listening(file_name(country, language), found):
            drawings = dict(zip(card.gauges, self._gallery.draw(card.gauges.values()), strict=True))
            # The engine warns of a section only while it lays it out.
            kept = [before.laid] if before and not before.warnings else []
            if before and before.is_mended:
                earlier = (before.fitted, before.laid)
                fitted, laid = copyfitter.as_before(card, drawings, earlier, kept)
            else:
                fitted, laid = card, copyfitter.typesetter.lay_out(card, drawings, kept=kept)
            faults = tuple(proof(fitted, laid))
            sections = _painted(laid, before.sections if before else {})
        self._settings[country, language] = _Setting(
            made_from=made_from,
            card=card,
            fitted=fitted,
            drawings=drawings,
            laid=laid,
            warnings=tuple(found),
            faults=faults,
            is_tried=False,
            is_mended=before is not None and before.is_mended,
            sections=sections,
        )
        # What fills a page, or is joined to it, has to fit in every language.
        for (name, other), one in self._settings.items():
            if name == country and other != language and one.card.fillable:
                self._settings[name, other] = replace(one, is_tried=False)

    def _mend(self, country: str, language: str) -> None:
        """Mends a setting, once."""
        setting = self._settings[country, language]
        needs_mends = setting.faults or setting.is_mended or setting.card.fillable
        if setting.is_tried or not needs_mends or self._copyfitter is None:
            return
        found: list[Problem] = []
        with listening(file_name(country, language), found):
            others = self._other_languages(country, language)
            fitted, laid, faults = self._copyfitter.fit(
                setting.card, setting.drawings, others, [setting.laid]
            )
            sections = _painted(laid, setting.sections)
        self._settings[country, language] = replace(
            setting,
            fitted=fitted,
            laid=laid,
            faults=faults,
            is_tried=True,
            is_mended=setting.is_mended or laid is not setting.laid,
            sections=sections,
        )

    def _other_languages(self, country: str, language: str) -> list[Drawn]:
        """A card in the other languages in which it was set."""
        return [
            (setting.card, setting.drawings)
            for (name, other), setting in self._settings.items()
            if name == country and other != language
        ]

    def _face(self, country: str, language: str) -> ShownLanguage:
        setting = self._settings[country, language]
        leaves = tuple(
            ShownPage(version, name, round(width, 2), round(height, 2))
            for name, (_, section) in setting.sections.items()
            for version, width, height in section.pages
        )
        return ShownLanguage(language, leaves, blocks_of(setting.card, setting.laid))

    # Problems.

    def check(self) -> None:
        """Mends and checks what was laid out, counts what is stale, and shows all cards."""
        read = read_workspace(self.workspace, spelling=True, shelf=self._shelf)
        content = read.content if isinstance(read, ReadWorkspace) else None
        cards = dict(self.snapshot.cards)
        for country in read.by_country:
            if self._is_shown(read, country):
                cards[country] = self._checked(read, cards.get(country, Shown(country)))
        gone = [] if content is None else [name for name in cards if name not in content.cards]
        self._show(*cards.values(), without=gone)

    def _is_shown(self, read: WorkspaceState, country: str) -> bool:
        """Whether a country has a card; while the content cannot be read, whether it may have one,
        or has something wrong.
        """
        if isinstance(read, ReadWorkspace):
            return country in read.content.cards
        return (
            country in self.snapshot.cards
            or bool(read.by_country[country])
            or any(self.workspace.languages(country))
        )

    def _checked(self, read: WorkspaceState, card: Shown) -> Shown:
        """A card mended, with all that is wrong with it and all that is stale."""
        content = read.content if isinstance(read, ReadWorkspace) else None
        country = card.country
        if not card.broken and any((country, name) not in self._settings for name in card.faces):
            # Styles or figures changed while the card was not open.
            card = replace(card, faces=MappingProxyType({}))
        if card.faces and not card.broken and content is not None:
            for language in card.faces:
                self._mend(country, language)
            faces = {name: self._face(country, name) for name in card.faces}
            card = replace(card, faces=MappingProxyType(faces))
        if content is not None:
            titles = {name: str(one.model.title) for name, one in content.cards[country].items()}
            card = replace(
                card,
                titles=MappingProxyType(titles),
                stale=MappingProxyType(self._stale(content, country)),
            )
        problems = (*read.shared, *read.by_country[country])
        found = in_reading_order((*problems, *self._layout_problems(content, country)))
        return replace(card, problems=found, is_checked=True)

    def _layout_problems(self, content: Content | None, country: str) -> tuple[Problem, ...]:
        settings = [setting for (name, _), setting in self._settings.items() if name == country]
        if content is None or country not in content.cards or not settings:
            return ()
        found = chain.from_iterable((*setting.warnings, *setting.faults) for setting in settings)
        counts = proof_counts(
            country, {setting.card.language: setting.laid.pages for setting in settings}
        )
        return judged((*found, *counts), country_waivers(content, country), Stage.LAYOUT)

    def _stale(self, content: Content, country: str) -> dict[str, int]:
        """How many blocks of each translation of a card are to be done."""
        found, _ = standings(self.workspace, content, (country,), ())
        return {
            one.pair.language: sum(not block.state.is_done for block in one.blocks) for one in found
        }

    # Snapshots.

    def _show(self, *cards: Shown, without: Iterable[str] = (), fault: str = "") -> None:
        """Publishes a snapshot with these cards as they are now, if anything in it is new."""
        now = {**self.snapshot.cards, **{card.country: card for card in cards}}
        for country in without:
            now.pop(country, None)
        if now == self.snapshot.cards and fault == self.snapshot.fault:
            return
        leaves: _Leaves = {}
        for setting in self._settings.values():
            for _, section in setting.sections.values():
                for number, (version, _, _) in enumerate(section.pages, start=1):
                    leaves[version] = (section.pdf, number)
        if leaves.keys() != self._earlier[1].keys():
            self._earlier = (self._earlier[1], leaves)
        known = MappingProxyType({**self._earlier[0], **leaves})
        ordered = MappingProxyType(dict(sorted(now.items())))
        self.snapshot = Snapshot(self.snapshot.number + 1, ordered, known, fault)
        self._publish(self.snapshot)


def _made_from(content: Content, country: str, language: str) -> tuple[object, ...]:
    """The files, as read, that a card in one language is composed from: what the shelf kept is the
    same thing.
    """
    shared = (
        content.edition,
        content.scoreboard,
        content.wordings[language],
        content.cards[country][language],
    )
    return (len(content.scores), *shared, *content.scores.values())


def _painted(
    laid: LaidOut, before: Mapping[str, tuple[object, Screened]]
) -> dict[str, tuple[object, Screened]]:
    """Every section written for the eye, with the document that it was written from; those that are
    the same are kept.
    """
    painted: dict[str, tuple[object, Screened]] = {}
    for name, document in laid.documents.items():
        kept = before.get(name)
        painted[name] = kept if kept and kept[0] is document else (document, screened(document))
    return painted
