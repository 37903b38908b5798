"""The gate by the command line: a card is released, edited, compared, reviewed, signed and checked
for facts; then someone cheats or errs in one thing, and the release is blocked with the reason.
"""

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportcard.build.inventory import SoundWorkspace
from reportcard.build.request import Order, Tell
from reportcard.errors import ExitCode
from reportcard.release import bundle
from reportcard.release.recomparison import REVIEWS
from reportcard.review.compare.comparison import compared
from reportcard.workspace.bounds import apart

from .conftest import Copy, brief_workspace, exit_code
from .test_release import lightly, make_final

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed"),
]

EN, ES = "peru-report-card-en.pdf", "peru-report-card-es.pdf"
OLD, NEW = "output/releases/1.0", "output"
SIGNERS = f"{REVIEWS}/allowed_signers"
ANA, EVA = "Ana Pérez", "Eva Ruiz"
EDITION = "content/edition.yaml"
FACTS = "content/peru/facts.status.yaml"
#: Files of the content that no page is set from.
_PAPERLESS = frozenset({"facts.status.yaml", "es.status.yaml"})
NOW = datetime.now(UTC).replace(microsecond=0)
Form = dict[str, Any]


def called(*arguments: str) -> tuple[int, str]:
    """Runs the command line in this process: exit code, and all that it said."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
        code = exit_code(patch, *arguments)
    return code, " ".join(said.getvalue().split())


@dataclass(frozen=True)
class Desk:
    """A workspace in which all is in order: 1.0 is released, 1.1 is reviewed and signed."""

    copy: Copy
    keys: Path

    @property
    def root(self) -> Path:
        """The folder of the workspace."""
        return self.copy.root

    def run(self, *arguments: str) -> tuple[int, str]:
        """Runs a command in the workspace."""
        return called(*arguments, "--workspace", str(self.root))

    def release(self) -> tuple[int, str]:
        """Asks what blocks the release."""
        return self.run("release", "1.1", "peru", "--no-scoreboard", "--dry-run")

    def compared(self, old: str = OLD, new: str = NEW, *options: str) -> Form:
        """What a reviewer saves who has seen every change between two sides, or two files."""
        target = self.root.with_name(f"{self.root.name}.json")
        sides = (str(self.root / old), str(self.root / new))
        where = ("--format", "json", "-o", str(target), "--workspace", str(self.root))
        code, said = called("compare", *sides, *options, *where)
        assert code == ExitCode.DIFFERENT, said
        return reviewed(json.loads(target.read_bytes()))

    def form(self, name: str = "ana") -> Form:
        """A record of reviews/."""
        found: Form = json.loads((self.root / REVIEWS / f"{name}.json").read_bytes())
        return found

    def save(self, form: Form, name: str = "ana", key: str | None = None) -> None:
        """Saves a record, and its signature by the key of its name unless another is given; by none
        if it is empty.
        """
        file = self.root / REVIEWS / f"{name}.json"
        file.write_text(json.dumps(form, indent=1), "utf-8")
        file.with_name(f"{file.name}.sig").unlink(missing_ok=True)
        if signer := name if key is None else key:
            call = ("ssh-keygen", "-Y", "sign", "-f", str(self.keys / signer), "-n", "reportcard")
            subprocess.run((*call, str(file)), check=True, capture_output=True)

    def public(self, name: str) -> str:
        """A public key, without its comment."""
        return " ".join((self.keys / f"{name}.pub").read_text("utf-8").split()[:2])

    def taken(self, state: str = "verified") -> None:
        """A fact-checker's spreadsheet, all of it with a verdict, saved."""
        sheet = self.root.with_name(f"{self.root.name}.xlsx")
        code, said = self.run("facts", "peru", "--format", "xlsx", "-o", str(sheet))
        assert not code, said
        book = load_workbook(sheet)
        page = book.worksheets[0]
        heads = [str(cell.value).casefold() for cell in page[1]]
        for row in range(2, page.max_row + 1):
            if page.cell(row, 1).value:
                page.cell(row, heads.index("verdict") + 1, state)
        book.save(sheet)
        code, said = self.run("facts", "peru", "--take", str(sheet), "--by", EVA)
        assert not code, said


def reviewed(comparison: Form) -> Form:
    """A record in which every change of a comparison was seen, as its report saves it."""
    keys = ("id", "kind", "field", "place", "old", "new")
    files = [
        {
            "name": one["name"],
            "old": one["old"] and {key: one["old"][key] for key in ("name", "sha256")},
            "new": one["new"] and {key: one["new"][key] for key in ("name", "sha256")},
            "failed": one["failed"],
            "left_out": one["left_out"],
            "changes": [
                {key: change[key] for key in keys} | {"state": "seen", "remark": ""}
                for change in one["changes"]
            ],
        }
        for one in comparison["files"]
    ]
    date = NOW - timedelta(hours=2)
    return {
        "format": 1,
        "kind": "review",
        "reviewer": ANA,
        "date": date.isoformat(),
        "files": files,
    }


@pytest.fixture(scope="module", autouse=True)
def screen_alone() -> Iterator[None]:
    """Releases of this module have the edition that is asked of alone; the same content is set, and
    the same two files are compared, once.
    """
    cards: dict[str, object] = {}
    pairs: dict[object, object] = {}

    def drawn(read: SoundWorkspace, order: Order, tell: Tell) -> object:
        root = read.workspace.root / "content"
        files = [path for path in sorted(root.rglob("*.yaml")) if path.name not in _PAPERLESS]
        key = sha256(b"".join(map(Path.read_bytes, files))).hexdigest()
        if key not in cards:
            cards[key] = assembled(read, order, tell)
        return cards[key]

    def remembered(function: Callable[..., object], *arguments: object) -> object:
        if function is not compared:
            return apart(function, *arguments)
        if arguments not in pairs:
            pairs[arguments] = apart(function, *arguments)
        return pairs[arguments]

    with lightly(), pytest.MonkeyPatch.context() as patch:
        assembled = bundle.assemble
        patch.setattr(bundle, "assemble", drawn)
        patch.setattr("reportcard.review.review.apart", remembered)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("gate")
    copy = make_brief_final(brief_workspace(folder / "workspace"))
    for name in ("ana", "eva", "other"):
        call = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name]
        subprocess.run([*call, "-f", str(folder / name)], check=True)
    desk = Desk(copy, folder)
    at = ("peru", "--no-scoreboard")
    assert desk.run("translations", "confirm", "peru", "--language", "es")[0] == 0
    code, said = desk.run("release", "1.0", *at, "--set-version")
    assert not code, said
    copy.edit("content/peru/en.yaml", "The laws are sound.", "All 26 laws are sound.")
    copy.edit("content/peru/es.yaml", "solidez de las leyes", "solidez de las 26 leyes")
    assert desk.run("translations", "confirm", "peru", "--language", "es")[0] == 0
    copy.edit(EDITION, "version: 1.0", "version: 1.1")
    asked = (
        "release:\n  sign_offs: [screen]\n  facts: verified\n"
        f"  reviewers: [{ANA}, {EVA}]\n  allowed_signers: {SIGNERS}\n"
    )
    copy.edit(EDITION, "repeated_notes: again", f"{asked}repeated_notes: again")
    code, said = desk.run("build", "peru", "--edition", "screen")
    assert not code, said
    (copy.root / REVIEWS).mkdir()
    lines = [f'"{name}" {desk.public(key)}\n' for name, key in ((ANA, "ana"), (EVA, "eva"))]
    (copy.root / SIGNERS).write_text("".join(lines), "utf-8")
    form = desk.compared()
    form["files"][0]["changes"][0]["remark"] = "As agreed on Monday"
    desk.save(form, "ana")
    desk.save(form | {"reviewer": EVA}, "eva")
    desk.taken()
    return desk


def make_brief_final(copy: Copy) -> Copy:
    """The workspace as it would be agreed, with a version for `--set-version`."""
    copy.edit(EDITION, 'version: "0.1"', "version: 0.9")
    return make_final(copy)


@pytest.fixture
def desk(whole: Desk, tmp_path: Path) -> Desk:
    """A copy of it to cheat in."""
    shutil.copytree(whole.root, tmp_path / "workspace", symlinks=True)
    return Desk(Copy(tmp_path / "workspace"), whole.keys)


def test_nothing_blocks_what_is_in_order(whole: Desk) -> None:
    assert whole.release()[0] == 0
    code, said = called(
        "sign-off", str(whole.root / REVIEWS / "ana.json"), str(whole.root / NEW / EN)
    )
    assert not code
    assert f"signed off by {ANA}" in said
    assert f"{ANA}: As agreed on Monday" in said


# --- cheats ---------------------------------------------------------------------------------------


def tampered(desk: Desk, change: Callable[[Form], None], key: str | None = None) -> None:
    """Changes a record, which its reviewer signs as it is now."""
    form = desk.form()
    change(form)
    desk.save(form, key=key)


def emptied(form: Form) -> None:
    for file in form["files"]:
        file["changes"] = []


def without_the_grave(form: Form) -> None:
    for file in form["files"]:
        file["changes"] = [one for one in file["changes"] if one["kind"] != "number"]


def described_differently(form: Form) -> None:
    for file in form["files"]:
        for change in file["changes"]:
            change["new"] = change["new"].replace("26", "62")


def between_languages(form: Form) -> None:
    """The English file's review, copied to stand for the Spanish one."""
    english, spanish = form["files"]
    form["files"] = [english, english | {"name": ES, "old": spanish["old"], "new": spanish["new"]}]


def in_two_cases(form: Form) -> None:
    """Another program may read the second key as the first."""
    form["files"][0]["changes"][0] |= {"state": "questioned", "State": "seen", "approved": True}


def of_another_name(desk: Desk) -> None:
    form = desk.form()
    for file in form["files"]:
        file["new"] = {"name": file["name"].replace("peru", "chile"), "sha256": "0" * 64}
    desk.save(form)


def named_twice(desk: Desk) -> None:
    """One person under two spellings, each with the signature of the one key."""
    desk.save(desk.form() | {"reviewer": f" {ANA.upper()}"}, "eva", "ana")


def of_two_names(desk: Desk) -> None:
    """One key for two people of whom the edition wants two."""
    lines = [f'"{name}" {desk.public("ana")}\n' for name in (ANA, EVA)]
    (desk.root / SIGNERS).write_text("".join(lines), "utf-8")
    desk.save(desk.form("eva"), "eva", "ana")


def questioned_beside(desk: Desk) -> None:
    form = desk.form("eva")
    form["files"][0]["changes"][0]["state"] = "questioned"
    form["date"] = (NOW - timedelta(hours=1)).isoformat()
    desk.save(form, "later", "eva")


def clock_set_back(desk: Desk) -> None:
    """A question is settled by a record that says it was saved before the question."""
    questioned_beside(desk)
    desk.save(desk.form("eva") | {"date": (NOW - timedelta(days=9)).isoformat()}, "eva")


def edited_afterwards(desk: Desk) -> None:
    for language in ("en", "es"):
        desk.copy.edit(f"content/peru/{language}.yaml", "26", "62")
    assert desk.run("translations", "confirm", "peru", "--language", "es")[0] == 0


def signed_by_another(desk: Desk) -> None:
    shutil.copy(desk.root / REVIEWS / "eva.json.sig", desk.root / REVIEWS / "ana.json.sig")


def signers_replaced(desk: Desk) -> None:
    lines = [f'"{name}" {desk.public("other")}\n' for name in (ANA, "Noa")]
    (desk.root / SIGNERS).write_text("".join(lines), "utf-8")


def signers_of_any_name(desk: Desk) -> None:
    (desk.root / SIGNERS).write_text(f"* {desk.public('other')}\n", "utf-8")
    for name in ("ana", "eva"):
        desk.save(desk.form(name), name, "other")


def signers_removed(desk: Desk) -> None:
    (desk.root / SIGNERS).unlink()


def remark_erased(desk: Desk) -> None:
    file = desk.root / REVIEWS / "ana.json"
    file.write_text(file.read_text("utf-8").replace("As agreed on Monday", ""), "utf-8")


def from_an_older_release(desk: Desk) -> None:
    """The record that the release before was signed by."""
    form = desk.form()
    for file in form["files"]:
        file["new"], file["old"] = file["old"], {"name": file["name"], "sha256": "1" * 64}
    desk.save(form)


def baseline_altered(desk: Desk) -> None:
    """What readers had is replaced by what they are to get."""
    for name in (EN, ES):
        file = desk.root / OLD / name
        file.write_bytes((desk.root / NEW / name).read_bytes() + b"\n% altered\n")
    form = desk.form()
    for file in form["files"]:
        file["old"]["sha256"] = sha256((desk.root / OLD / file["name"]).read_bytes()).hexdigest()
        file["changes"] = []
    for name, by in (("ana", ANA), ("eva", EVA)):
        desk.save(form | {"reviewer": by}, name)


def baseline_of_another_card(desk: Desk) -> None:
    """Each language is compared with the release of the other."""
    form = desk.form()
    for file, other in zip(form["files"], (ES, EN), strict=True):
        record = desk.compared(f"{OLD}/{other}", f"{NEW}/{file['name']}")
        file["old"], file["changes"] = (record["files"][0][key] for key in ("old", "changes"))
    for name, by in (("ana", ANA), ("eva", EVA)):
        desk.save(form | {"reviewer": by}, name)


def baseline_of_ones_own(desk: Desk) -> None:
    """The file is compared with a draft that nobody has seen."""
    draft = desk.root / REVIEWS / "draft.pdf"
    draft.write_bytes((desk.root / NEW / EN).read_bytes() + b"\n")
    form = desk.form()
    form["files"][0]["old"]["sha256"] = sha256(draft.read_bytes()).hexdigest()
    form["files"][0]["changes"] = []
    for name, by in (("ana", ANA), ("eva", EVA)):
        desk.save(form | {"reviewer": by}, name)


def ignored_by_options(desk: Desk) -> None:
    for name, by in (("ana", ANA), ("eva", EVA)):
        desk.save(desk.compared(OLD, NEW, "--ignore", "number") | {"reviewer": by}, name)


def truncated(desk: Desk) -> None:
    file = desk.root / REVIEWS / "ana.json"
    file.write_bytes(file.read_bytes()[:-40])


def keys_twice(desk: Desk) -> None:
    form = desk.form()
    form["files"][0]["changes"][0]["state"] = "questioned"
    desk.save(form)
    file = desk.root / REVIEWS / "ana.json"
    once = '"state": "questioned",'
    file.write_text(file.read_text("utf-8").replace(once, f'{once} "state": "seen",'), "utf-8")


def through_a_link(desk: Desk) -> None:
    """The record is where nobody who reads the workspace sees it."""
    file = desk.root / REVIEWS / "ana.json"
    outside = desk.root.parent / "elsewhere.json"
    file.rename(outside)
    file.symlink_to(outside)


def through_a_link_to_another(desk: Desk) -> None:
    """One record under two names."""
    file = desk.root / REVIEWS / "eva.json"
    file.unlink()
    file.with_name("eva.json.sig").unlink()
    file.symlink_to("ana.json")
    file.with_name("eva.json.sig").symlink_to("ana.json.sig")


def question_deleted(desk: Desk) -> None:
    (desk.root / REVIEWS / "eva.json").unlink()


def of_a_lookalike(desk: Desk) -> None:
    """A Cyrillic letter makes another name."""
    name = f"\u0410{ANA[1:]}"
    with (desk.root / SIGNERS).open("a", encoding="utf-8") as file:
        file.write(f'"{name}" {desk.public("other")}\n')
    desk.save(desk.form() | {"reviewer": name}, key="other")


def facts_of_old_words(desk: Desk) -> None:
    """The text is edited after the fact-check; undone, its verdict holds again."""
    desk.copy.edit("content/peru/en.yaml", "All 26 laws are sound", "All 27 laws are sound")


def facts_doubted(desk: Desk) -> None:
    desk.taken("doubtful")


def facts_removed(desk: Desk) -> None:
    (desk.root / FACTS).unlink()


def by(change: Callable[[Form], None]) -> Callable[[Desk], None]:
    """A cheat in a record, which its reviewer signs as it is then."""
    return partial(tampered, change=change)


ANEW = "Compare the current file again, and replace this record with the new one."
SIGN_AGAIN = "Have the reviewer sign the record with `ssh-keygen -Y sign"
MISSING = "For each reviewer still missing, save a valid record in reviews/."
CHECK = "Run `reportcard facts peru --unverified --format xlsx"
LISTS_NONE = (
    "reviews/ana.json: peru-report-card-en.pdf is not signed off: the record lists no changes"
)
UNPROVEN = (
    "reviews/ana.json: the signature of Ana Pérez cannot be confirmed: the record was changed"
)
#: Each cheat, and what of the reason names the file, the fault and what to do.
CHEATS: list[tuple[Callable[[Desk], None], tuple[str, ...]]] = [
    (by(emptied), (LISTS_NONE, "3 missing, 0 extra", ANEW)),
    (by(without_the_grave), (f"reviews/ana.json: {EN} is not signed off", "2 missing", ANEW)),
    (by(described_differently), ("reviews/ana.json", "1 change is described differently", ANEW)),
    (by(between_languages), (f"reviews/ana.json: {ES}", "2 missing, 3 extra", ANEW)),
    (by(in_two_cases), (f"{ANA} has open questions on {EN}: 1 change", "Settle the questions")),
    (of_another_name, (f"{EN} is signed off by 1 of 2", f"Missing: {ANA}.", MISSING)),
    (named_twice, ("reviews/eva.json: the signature of ANA PÉREZ", f"Missing: {EVA}", SIGN_AGAIN)),
    (of_two_names, (f"{SIGNERS}: the allowed", f"{ANA} and {EVA} have the same key", "own public")),
    (questioned_beside, (f"reviews/later.json: {EVA} has open questions", "Settle the questions")),
    (clock_set_back, (f"reviews/later.json: {EVA} has open questions", "Settle the questions")),
    (edited_afterwards, ("reviews/ana.json", "not the one that was reviewed", ANEW, CHECK)),
    (signed_by_another, (UNPROVEN, SIGN_AGAIN)),
    (signers_replaced, (f"{ANA} and Noa have the same key", UNPROVEN, SIGN_AGAIN)),
    (signers_of_any_name, (f"{SIGNERS}: ", "line 1 is for any number of people", "own public key")),
    (signers_removed, (f"{EDITION}: the allowed signers file {SIGNERS} does not", "Create it")),
    (remark_erased, (UNPROVEN, SIGN_AGAIN)),
    (from_an_older_release, ("reviews/ana.json", "not the one that was reviewed", ANEW)),
    (
        baseline_altered,
        (f"reviews/ana.json: {EN}", f"{EN} of release 1.0 was altered", "Restore it from"),
    ),
    (baseline_of_another_card, ("reviews/ana.json", "neither in a release nor in reviews/", ANEW)),
    (baseline_of_ones_own, ("draft.pdf, which was neither released nor signed off", ANEW)),
    (ignored_by_options, ("reviews/ana.json", "2 changes were left out", "2 missing", ANEW)),
    (truncated, ("reviews/ana.json: this record cannot be read", "not JSON", "Export it again")),
    (keys_twice, ("reviews/ana.json", 'the key "state" appears twice', "Export it again")),
    (through_a_link, ("reviews/ana.json points outside the workspace", "Export it again")),
    (through_a_link_to_another, (f"{EN} is signed off by 1 of 2", f"Missing: {EVA}.", MISSING)),
    (question_deleted, (f"{EN} is signed off by 1 of 2", f"Missing: {EVA}.", MISSING)),
    (of_a_lookalike, (f"{EN} is signed off by 1 of 2", f"Missing: {ANA}.", MISSING)),
    (facts_of_old_words, ("content/peru/en.yaml:10:11: peru has 1 claim", "26", CHECK)),
    (
        facts_doubted,
        ("content/peru/en.yaml:6:17: peru has 2 claims found to be doubtful", "Correct"),
    ),
    (facts_removed, ("en.yaml:6:17: peru has 2 claims not yet verified", CHECK)),
]


@pytest.mark.parametrize(("cheat", "reason"), CHEATS)
def test_a_cheat_or_an_error_blocks_the_release_with_its_reason(
    desk: Desk, cheat: Callable[[Desk], None], reason: tuple[str, ...]
) -> None:
    cheat(desk)
    code, said = desk.release()
    assert code == ExitCode.WITHHELD, said
    missing = [part for part in reason if part not in said]
    assert not missing, said


def test_the_command_for_one_record_says_the_same_of_the_file(desk: Desk) -> None:
    """The PDF is swapped after the comparison; the clock of this machine is set back."""
    record, file = desk.root / REVIEWS / "ana.json", desk.root / NEW / EN
    checked = ("sign-off", str(record), str(file))
    against = ("--old", str(desk.root / OLD / EN))
    assert called(*checked, *against)[0] == 0
    desk.save(desk.form() | {"date": (datetime.now(UTC) + timedelta(days=1)).isoformat()})
    code, said = called(*checked)
    assert (code, "is in the future" in said) == (ExitCode.DIFFERENT, True)
    desk.save(desk.form() | {"date": NOW.isoformat()})
    code, said = called(*checked, "--old", str(desk.root / OLD / ES))
    assert (code, "against another old file" in said) == (ExitCode.DIFFERENT, True)
    shutil.copy(desk.root / OLD / EN, file)
    code, said = called(*checked)
    assert (code, "not the one that was reviewed" in said) == (ExitCode.DIFFERENT, True)
    file.write_bytes(file.read_bytes()[:2000])
    code, said = called("compare", str(desk.root / OLD / EN), str(file), "--format", "text")
    assert (code, "cannot be read" in said) == (ExitCode.UNREADABLE, True)


def test_no_release_is_made_twice_and_none_compared_that_is_not_there(desk: Desk) -> None:
    code, said = desk.run("release", "1.0", "peru", "--no-scoreboard")
    assert code == ExitCode.USAGE
    assert "release 1.0 already exists" in said
    code, said = desk.run("compare", "--against", "0.9", "--format", "text")
    assert code == ExitCode.USAGE
    assert 'there is no release "0.9"' in said
