"""Files edited in LibreOffice as a person does, through UNO; what the acceptance tests run with the
system's own Python, which has the module `uno`:

    /usr/bin/python3 tests/office.py TASKS.json

A task is a file to open, what to do in it, and the files to save, each with the filter: all in one
run of LibreOffice.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

#: Kinds of characters that end a paragraph, a weight and a style of letters (the IDL of UNO).
_PARAGRAPH = 0
_BOLD, _NORMAL = 150.0, 100.0
_PATIENCE = 400


class WriterDocument:
    """A text in LibreOffice; each method is one edit, tracked, under the author's name."""

    def __init__(self, office: "Office", document: Any) -> None:
        self.office, self.document = office, document
        document.RecordChanges = True

    def _found(self, words: str) -> Any:
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = words, True
        found = self.document.findFirst(search)
        assert found is not None, words
        return found

    def _paragraph(self, words: str) -> Any:
        """The text that some words are in, and a cursor at the start of their paragraph."""
        found = self._found(words)
        cursor = found.Text.createTextCursorByRange(found)
        cursor.gotoStartOfParagraph(False)
        return cursor

    def replace(self, words: str, new: str) -> None:
        self._found(words).setString(new)

    def delete(self, words: str) -> None:
        self._found(words).setString("")

    def insert(self, before: str, new: str) -> None:
        end = self._found(before).getEnd()
        end.Text.insertString(end, new, False)

    def format(self, words: str, mark: str = "b", *, on: bool = True) -> None:
        found = self._found(words)
        if mark == "b":
            found.CharWeight = _BOLD if on else _NORMAL
        else:
            found.CharPosture = self.office.enum("com.sun.star.awt.FontSlant", "ITALIC")

    def add_paragraph(self, after: str, new: str) -> None:
        cursor = self._paragraph(after)
        cursor.gotoEndOfParagraph(False)
        cursor.Text.insertControlCharacter(cursor, _PARAGRAPH, False)
        cursor.Text.insertString(cursor, new, False)

    def remove_paragraph(self, words: str) -> None:
        cursor = self._paragraph(words)
        cursor.gotoNextParagraph(True)
        cursor.setString("")

    def split(self, words: str) -> None:
        start = self._found(words).getStart()
        start.Text.insertControlCharacter(start, _PARAGRAPH, False)

    def join(self, words: str) -> None:
        cursor = self._paragraph(words)
        cursor.gotoEndOfParagraph(False)
        cursor.goRight(1, True)
        cursor.setString("")

    def add_note(self, after: str, text: str) -> None:
        end = self._found(after).getEnd()
        note = self.document.createInstance("com.sun.star.text.Footnote")
        end.Text.insertTextContent(end, note, False)
        note.insertString(note.createTextCursor(), text, False)

    def delete_call(self, before: str) -> None:
        found = self._found(before)
        cursor = found.Text.createTextCursorByRange(found.getEnd())
        cursor.goRight(1, True)
        cursor.setString("")

    def move(self, words: str, after: str) -> None:
        """Cuts a paragraph and pastes it below another."""
        view = self.document.CurrentController
        cursor = self._paragraph(words)
        cursor.gotoNextParagraph(True)
        view.select(cursor)
        self.office.dispatch(self.document, ".uno:Cut")
        target = self._paragraph(after)
        target.gotoNextParagraph(False)
        view.ViewCursor.gotoRange(target, False)
        self.office.dispatch(self.document, ".uno:Paste")

    def comment(self, words: str, text: str) -> None:
        found = self._found(words)
        note = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Content, note.Author = text, self.office.author
        found.Text.insertTextContent(found, note, True)


class CalcDocument:
    """A workbook in LibreOffice."""

    def __init__(self, office: "Office", document: Any) -> None:
        self.office, self.document = office, document
        self.sheet = document.Sheets.getByIndex(0)

    def cell(self, id_: str, value: str, *, is_formula: bool = False) -> None:
        """Types into the translation of a unit."""
        rows = range(2000)
        row = next(one for one in rows if self.sheet.getCellByPosition(0, one).String == id_)
        there = self.sheet.getCellByPosition(2, row)
        if is_formula:
            there.Formula = value
        else:
            there.String = value


class Office:
    """LibreOffice without a window, in a profile of its own."""

    def __init__(self, folder: Path) -> None:
        import uno  # type: ignore[import-not-found]

        self.uno, self.author = uno, ""
        name = f"reportcard{time.time_ns()}"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        accept = f"--accept=pipe,name={name};urp"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", profile, accept]
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                url = f"uno:pipe,name={name};urp;StarOffice.ComponentContext"
                self.context = resolver.resolve(url)
                break
            except Exception:
                assert time.monotonic() < end, "LibreOffice does not start"
                time.sleep(0.5)
        self.desktop = self._instance("com.sun.star.frame.Desktop")

    def _instance(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def enum(self, type_: str, name: str) -> Any:
        return self.uno.Enum(type_, name)

    def property(self, name: str, value: object) -> Any:
        made = self.uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, value
        return made

    def dispatch(self, document: Any, command: str) -> None:
        helper = self._instance("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(document.CurrentController.Frame, command, "", 0, ())

    def sign(self, author: str) -> None:
        """Lets a person do what follows."""
        if author == self.author:
            return
        given, _, last = author.partition(" ")
        provider = self._instance("com.sun.star.configuration.ConfigurationProvider")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (self.property("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        access.setPropertyValue("givenname", given)
        access.setPropertyValue("sn", last)
        access.commitChanges()
        self.author = author

    def run(self, task: dict[str, Any]) -> None:
        """Does a task."""
        url = Path(task["open"]).absolute().as_uri()
        document = self.desktop.loadComponentFromURL(
            url, "_blank", 0, (self.property("Hidden", True),)
        )
        is_text = document.supportsService("com.sun.star.text.TextDocument")
        made = WriterDocument(self, document) if is_text else CalcDocument(self, document)
        for author, name, arguments, options in task["edits"]:
            self.sign(author)
            getattr(made, name)(*arguments, **options)
        for path, filter_ in task["save"]:
            document.storeToURL(
                Path(path).absolute().as_uri(), (self.property("FilterName", filter_),)
            )
        document.close(True)

    def end(self) -> None:
        self.desktop.terminate()
        self.process.wait(60)


def main() -> None:
    tasks = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            for task in tasks:
                office.run(task)
        finally:
            office.end()


if __name__ == "__main__":
    main()
