"""The files of a web edition and how they lead to each other: only to what is there."""

from collections.abc import Collection
from dataclasses import dataclass

from reportcard.content.loading import Content
from reportcard.web.head import Face
from reportcard.workspace.card_files import page_name


def index_name(language: str) -> str:
    """The name of the list of all cards."""
    return f"index-{language}.html"


#: The list of all cards in the source language, once more, where a server looks for it.
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages that there are, by their files' names, and their address on the web, if that is
    known.
    """

    content: Content
    files: Collection[str]

    def faces(self, country: str = "") -> tuple[Face, ...]:
        """A country's card, or the list of all, in every language in which it is there."""
        languages = (
            (language, page_name(country, language) if country else index_name(language))
            for language in self.content.wordings
        )
        return tuple(
            Face(
                language,
                str(self.content.wordings[language].model.language),
                file,
                self.address(file) or file,
            )
            for language, file in languages
            if file in self.files
        )

    def index(self, language: str) -> str:
        """The file of the list of all cards in a language; empty if it is not there."""
        name = index_name(language)
        return name if name in self.files else ""

    def address(self, file: str) -> str:
        """The address of a file on the web; empty while the edition does not know where its folder
        will be.
        """
        base = self.content.edition.model.web_address
        return f"{base.rstrip('/')}/{file}" if base else ""
