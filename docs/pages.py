"""What MkDocs asks for when it makes the site (`hooks` in mkdocs.yml): the pages that are not in
docs/, anchors as in the repository, and the language of pages in Spanish.
"""

import re
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
#: Pages from the root of the repository, by their names in the site.
PAGES: Final = {"contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md"}
SPANISH: Final = "En español"
_ROW: Final = re.compile(r"^\|.*$", re.MULTILINE)
_CODE: Final = re.compile(r"`[^`]+`")


def anchor(heading: str, separator: str = "-") -> str:
    """The anchor of a heading, as GitHub makes it, so that a link works there and in the site."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", separator)


def on_config(config: Any) -> Any:
    """Anchors of all headings."""
    config.mdx_configs["toc"]["slugify"] = anchor
    return config


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages of the root."""
    # Tests read this module where MkDocs is not installed
    from mkdocs.structure.files import File

    for name, source in PAGES.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Has links lead to where the pages are in the site, and code in tables be read as GitHub does:
    there a bar in it needs a backslash, which MkDocs would show.
    """
    markdown = _ROW.sub(lambda row: _CODE.sub(_with_bars, row[0]), markdown)
    if page.file.src_uri in PAGES:
        return markdown.replace("](docs/", "](")
    for name, source in PAGES.items():
        markdown = markdown.replace(f"](../{source}", f"]({name}")
    return markdown


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Names the language of a page in Spanish, for screen readers and hyphenation."""
    if page.parent and page.parent.title == SPANISH:
        return output.replace("<article ", '<article lang="es" ', 1)
    return output


def _with_bars(code: re.Match[str]) -> str:
    return code[0].replace(r"\|", "|")
