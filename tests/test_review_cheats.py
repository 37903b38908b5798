"""Ways to pass a sign-off by cheat or by error: each blocks a release, with its reason; beside
them, what is in order.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.content.model import Releasing
from reportcard.messages.message import Message, message
from reportcard.release.gate import blocking, tolerated
from reportcard.release.recomparison import REVIEWS, Recomparison
from reportcard.release.sign_offs import SIGN_OFFS, sign_off_record, unsigned
from reportcard.release.signatures import shared_keys
from reportcard.review.changes import Act, Change, Comparison, Kind, Side
from reportcard.versions import RELEASES
from reportcard.workspace.workspace import Workspace

from .conftest import Copy

CARD, OLD, NEW = "card.pdf", b"released", b"now"
CHANGES = (
    Change(Kind.NUMBER, Act.CHANGED, "peru/context", old="68", new="86"),
    Change(Kind.WORDING, Act.CHANGED, "peru/context", old="a", new="b"),
)
ANA, EVA = "Ana", "Eva"
Form = dict[str, Any]


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def form(
    by: str = ANA, date: str = "2025-11-03T14:00:00+00:00", old: bytes = OLD, new: bytes = NEW
) -> Form:
    """A record that is in order."""
    rows = [
        {
            "id": change.id,
            "kind": str(change.kind),
            "field": change.field,
            "place": "",
            "old": change.old,
            "new": change.new,
            "state": "seen",
            "remark": "",
        }
        for change in CHANGES
    ]
    file = {
        "name": CARD,
        "old": {"name": CARD, "sha256": digest(old)},
        "new": {"name": CARD, "sha256": digest(new)},
        "failed": "",
        "left_out": 0,
        "changes": rows,
    }
    return {"format": 1, "kind": "review", "reviewer": by, "date": date, "files": [file]}


DRAFT, FIRST = b"draft", b"first draft"


def anew(
    name: str, data: bytes, old: str, is_signed: Callable[[bytes], bool]
) -> Comparison | Message:
    """What a comparison with the released file finds, or with a draft that was signed off; another
    old file is unknown.
    """
    drafts = [one for one in (DRAFT, FIRST) if digest(one) == old]
    if old != digest(OLD) and not any(map(is_signed, drafts)):
        return message("the old file is unknown")
    sides = (Side(name, old, ()), Side(name, digest(data), ()))
    return Comparison(name, *sides, changes=CHANGES)


def told(root: Path, forms: list[Form], wanted: Releasing, names: tuple[str, ...] = ()) -> str:
    """The reasons against a release with these records."""
    (root / REVIEWS).mkdir(exist_ok=True)
    for number, one in enumerate(forms):
        path = root / REVIEWS / (names[number] if number < len(names) else f"{number}.json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(one), encoding="utf-8")
    found = unsigned(Workspace(root), {CARD: NEW}, wanted, anew)
    return "\n".join(str(one.message) for one in found)


def trimmed(one: Form) -> None:
    del one["files"][0]["changes"][0]


def padded(one: Form) -> None:
    one["files"][0]["changes"].append(one["files"][0]["changes"][0] | {"id": "0" * 12})


def reworded(one: Form) -> None:
    one["files"][0]["changes"][0]["new"] = "68.0"


def of_another_kind(one: Form) -> None:
    one["files"][0]["changes"][0]["kind"] = "layout"


def against_another(one: Form) -> None:
    one["files"][0]["old"]["sha256"] = digest(b"made up")


def against_itself(one: Form) -> None:
    one["files"][0]["old"]["sha256"] = digest(NEW)


def split(one: Form) -> None:
    """The changes shared out among two entries of one file."""
    (file,) = one["files"]
    first, second = file["changes"]
    one["files"] = [file | {"changes": [first]}, file | {"changes": [second]}]


def emptied(one: Form) -> None:
    one["files"][0]["changes"] = []


def said_whole(one: Form) -> None:
    """Changes were left out, and the record denies it."""
    trimmed(one)
    one["files"][0]["left_out"] = 0


def left_out(one: Form) -> None:
    one["files"][0]["left_out"] = 1


def failed(one: Form) -> None:
    one["files"][0]["failed"] = "x"


def alone(one: Form) -> None:
    one["files"][0]["old"] = None


def unnamed(one: Form) -> None:
    one["reviewer"] = "\u200b\u2060"


def tomorrow(one: Form) -> None:
    one["date"] = "2999-01-01T00:00:00+00:00"


def undated(one: Form) -> None:
    one["date"] = "soon"


def of_another_file(one: Form) -> None:
    one["files"][0]["new"]["sha256"] = digest(b"earlier")


@pytest.mark.parametrize(
    ("cheat", "reason"),
    [
        (trimmed, "1 missing, 0 extra"),
        (padded, "0 missing, 1 extra"),
        (reworded, "1 change is described differently in the record: peru/context"),
        (of_another_kind, "1 change is described differently in the record"),
        (against_another, "the old file is unknown"),
        (against_itself, "compared with itself"),
        (split, "1 missing, 0 extra"),
        (emptied, "the record lists no changes"),
        (said_whole, "1 missing, 0 extra"),
        (left_out, "1 change was left out of the comparison"),
        (failed, "the files could not be compared"),
        (alone, "not compared with another file"),
        (unnamed, "the record has no reviewer"),
        (tomorrow, "is in the future"),
        (undated, "is not in ISO 8601 format"),
        (of_another_file, "not the one that was reviewed"),
    ],
)
def test_a_record_that_was_tampered_with_signs_nothing(
    tmp_path: Path, cheat: Callable[[Form], None], reason: str
) -> None:
    one = form()
    assert told(tmp_path, [one], Releasing()) == ""
    cheat(one)
    assert reason in told(tmp_path, [one], Releasing())


def test_each_language_needs_a_review_of_its_own_file_under_whatever_name(tmp_path: Path) -> None:
    english, spanish, other = "peru-report-card-en.pdf", "peru-report-card-es.pdf", b"ahora"
    files = {english: NEW, spanish: other}

    def of(*entries: tuple[str, bytes]) -> Form:
        (file,) = form()["files"]
        rows = [
            file | {"name": name, "new": {"name": name, "sha256": digest(data)}}
            for name, data in entries
        ]
        return form() | {"files": rows}

    def against(folder: str, one: Form, released: dict[str, bytes]) -> str:
        root = tmp_path / folder
        (root / REVIEWS).mkdir(parents=True)
        (root / REVIEWS / "0.json").write_text(json.dumps(one), encoding="utf-8")
        found = unsigned(Workspace(root), released, Releasing(), anew)
        return "\n".join(str(problem.message) for problem in found)

    assert against("both", of((english, NEW), (spanish, other)), files) == ""
    assert f"signs off on {spanish}" in against("one", of((english, NEW)), files)
    doubled = of((english, NEW), (spanish, NEW))
    assert f"{spanish} is not signed off" in against("doubled", doubled, files)
    # The bytes were reviewed, whatever their name was
    assert against("renamed", of(("draft.pdf", NEW)), {english: NEW}) == ""


def with_state(state: str, by: str, date: str) -> Form:
    one = form(by, date)
    one["files"][0]["changes"][0]["state"] = state
    return one


def asked(by: str = EVA, date: str = "2025-11-02T10:00:00+00:00") -> Form:
    return with_state("questioned", by, date)


def cut(one: Form) -> Form:
    trimmed(one)
    return one


def threaded(state: str) -> Form:
    one = form()
    said = {"reviewer": EVA, "date": "2025-11-01T10:00:00Z", "state": state, "remark": "68?"}
    one["files"][0]["changes"][0]["thread"] = [said]
    return one


def of_another_name(one: Form) -> None:
    one["files"][0]["new"]["name"] = "other.pdf"


def questioned(one: Form) -> None:
    one["files"][0]["changes"][0]["state"] = "questioned"


def started(one: Form) -> None:
    one["files"][0]["changes"][0]["state"] = "open"


def after_the_draft(one: Form) -> None:
    """Of the file that it is to be the old file of."""
    one["files"][0]["old"]["sha256"] = digest(NEW)


def of_a_stranger(one: Form) -> None:
    one["reviewer"] = "Noa"


@pytest.mark.parametrize(
    "cheat",
    [
        trimmed,
        padded,
        reworded,
        emptied,
        split,
        against_another,
        against_itself,
        after_the_draft,
        left_out,
        failed,
        alone,
        unnamed,
        tomorrow,
        undated,
        questioned,
        started,
        of_a_stranger,
    ],
)
@pytest.mark.parametrize("at", [0, 1])
def test_a_draft_was_signed_off_by_a_record_that_counts(
    tmp_path: Path, cheat: Callable[[Form], None], at: int
) -> None:
    wanted = Releasing(reviewers=(ANA, EVA), quorum=1)
    chain = [form(new=FIRST), form(old=FIRST, new=DRAFT)]
    assert told(tmp_path, [*chain, form(old=DRAFT)], wanted) == ""
    cheat(chain[at])
    assert "the old file is unknown" in told(tmp_path, [*chain, form(old=DRAFT)], wanted)


def test_a_draft_that_another_asks_of_was_not_signed_off(tmp_path: Path) -> None:
    chain, last = form(new=DRAFT), form(old=DRAFT)
    other = form(EVA, new=DRAFT)
    assert told(tmp_path, [chain, other, last], Releasing()) == ""
    questioned(other)
    assert "the old file is unknown" in told(tmp_path, [chain, other, last], Releasing())


@pytest.mark.parametrize(("proven", "reason"), [(("0", "1"), ""), (("1",), "is unknown")])
def test_a_draft_was_signed_off_by_a_record_with_a_signature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proven: tuple[str, ...], reason: str
) -> None:
    def unproven(record: Path, *_: object) -> Message | None:
        return None if record.stem in proven else message("no signature")

    monkeypatch.setattr("reportcard.release.sign_offs.unproven", unproven)
    (tmp_path / "signers").write_text("")
    chain = form(new=DRAFT)
    of_another_name(chain)
    found = told(tmp_path, [chain, form(old=DRAFT)], Releasing(allowed_signers="signers"))
    assert reason in found if reason else found == ""


def test_a_record_under_another_name_needs_its_signature_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportcard.release.sign_offs.unproven", lambda *_: message("no signature"))
    (tmp_path / "signers").write_text("")
    one = form()
    of_another_name(one)
    assert told(tmp_path, [one], Releasing()) == ""
    assert "no signature" in told(tmp_path, [one], Releasing(allowed_signers="signers"))


TWO = Releasing(reviewers=(ANA, "ana", EVA), quorum=2)


@pytest.mark.parametrize(
    ("forms", "wanted", "names", "reason"),
    [
        # A question is settled by a later record of the same person alone, by the moment it names
        ([form(), asked()], Releasing(), (), "Eva has open questions"),
        ([form(), asked(), form(EVA)], Releasing(), (), ""),
        ([form(), asked(), cut(form(EVA))], Releasing(), (), "Eva has open questions"),
        ([form(), asked(), form(EVA, "soon")], Releasing(), (), "Eva has open questions"),
        (
            [form(), asked(date="2025-11-03T13:30:00-01:00"), form(EVA)],
            Releasing(),
            (),
            "Eva has open questions",
        ),
        ([form(), asked(date="soon")], Releasing(), (), "Eva has open questions"),
        ([form(), asked("E\u200bva")], Releasing(), (), "has open questions on card.pdf"),
        # wherever it is in reviews/
        ([form(), asked()], Releasing(), ("a.json", "eva.JSON"), "Eva has open questions"),
        ([form(), asked()], Releasing(), ("a.json", "old/eva.json"), "Eva has open questions"),
        # and even if only another's record knows of it
        ([threaded("questioned")], Releasing(), (), "Eva asked a question on card.pdf"),
        ([threaded("questioned"), form(EVA)], Releasing(), (), ""),
        ([threaded("seen")], Releasing(), (), ""),
        # One person is one reviewer; the last word counts
        ([form()], TWO, (), "signed off by 1 of 2 required reviewers. Missing: Eva"),
        ([form(), form("ANA ")], TWO, (), "signed off by 1 of 2 required reviewers"),
        ([form(), form(EVA)], TWO, (), ""),
        (
            [form(), with_state("open", ANA, "2025-11-04T00:00:00+00:00")],
            Releasing(),
            (),
            "1 change was not marked as seen",
        ),
        # A Cyrillic letter makes another name
        ([form("\u0410na")], Releasing(reviewers=(ANA,)), (), "Missing: Ana"),
    ],
)
def test_who_signed_and_who_asks(
    tmp_path: Path, forms: list[Form], wanted: Releasing, names: tuple[str, ...], reason: str
) -> None:
    found = told(tmp_path, forms, wanted, names)
    assert reason in found if reason else found == ""


@pytest.mark.parametrize(("authors", "count"), [(["ana "], 1), ([EVA], 0), ([], 0)])
def test_an_author_who_signs_off_the_card_is_named_in_a_warning_alone(
    tmp_path: Path, authors: list[str], count: int
) -> None:
    assert told(tmp_path, [form()], Releasing(reviewers=(ANA,))) == ""
    wanted = Releasing(reviewers=(ANA,))
    found = list(unsigned(Workspace(tmp_path), {CARD: NEW}, wanted, anew, {CARD: authors}))
    assert [one.code for one in found] == ["RELEASE-OWN-WORK"] * count
    assert blocking(found) == ()
    assert len(tolerated(found)) == count


KEY, OTHER = "AAAAC3NzaC1lZDI1NTE5AAAAI1", "AAAAC3NzaC1lZDI1NTE5AAAAI2"


@pytest.mark.parametrize(
    ("signers", "reason"),
    [
        (f'"Ana Pérez" ssh-ed25519 {KEY}\nEva ssh-ed25519 {OTHER}\n', ""),
        (f"# Ana and Eva: * ssh-ed25519 {KEY}\nAna ssh-ed25519 {KEY} at work\n", ""),
        (f'Ana namespaces="reportcard" ssh-ed25519 {KEY}\n', ""),
        (f"Ana ssh-ed25519 {KEY}\nEva ssh-ed25519 {KEY}\n", "Ana and Eva have the same key"),
        (f"* ssh-ed25519 {KEY}\n", "line 1 is for any number of people: *"),
        (f"Ana,Eva ssh-ed25519 {KEY}\n", "line 1 is for any number of people: Ana,Eva"),
        (f"Ana cert-authority ssh-ed25519 {KEY}\n", "line 1 is for any number of people: Ana"),
    ],
)
def test_each_reviewer_has_a_key_of_their_own(signers: str, reason: str) -> None:
    assert str(shared_keys(signers) or "") == reason or (
        reason and reason in str(shared_keys(signers))
    )


def test_a_release_keeps_who_signed_and_what_was_remarked(tmp_path: Path) -> None:
    one = threaded("seen")
    one["files"][0]["changes"][1]["remark"] = "As agreed"
    told(tmp_path, [one, cut(form(EVA))], Releasing())
    files = sign_off_record(Workspace(tmp_path), {CARD: NEW}, Releasing(), anew)
    (kept,) = json.loads(files[SIGN_OFFS])["files"][CARD]["sign_offs"]
    assert (kept["reviewer"], kept["old"]) == (ANA, [digest(OLD)])
    first, second = kept["remarks"]
    assert (first["new"], first["thread"][0]["remark"]) == ("86", "68?")
    assert (second["new"], second["remark"]) == ("b", "As agreed")
    assert sign_off_record(Workspace(tmp_path), {}, Releasing(), anew) == {}


class _Counted(Recomparison):
    """Compares nothing."""

    def _compared(self, name: str, data: bytes, old: Path) -> Comparison:
        return Comparison(name, Side(old.parent.name, digest(data), ()), None)


@pytest.mark.parametrize(
    ("released", "kept", "is_signed", "found"),
    [
        ({"1.0": OLD, "1.1": b"later"}, b"", False, "1.0"),
        ({"2.0": OLD}, b"", False, "is neither in a release nor in reviews/"),
        ({}, b"", False, "is neither in a release nor in reviews/"),
        ({}, OLD, False, "drafts"),
        ({"1.1": b"later"}, OLD, False, "draft.pdf, which was neither released nor signed off"),
        ({"1.1": b"later"}, OLD, True, "drafts"),
    ],
)
def test_the_old_file_of_a_review_is_a_released_one_or_one_that_was_signed(
    copy: Copy, released: dict[str, bytes], kept: bytes, is_signed: bool, found: str
) -> None:
    for version, data in released.items():
        folder = copy.workspace.output / RELEASES / version
        folder.mkdir(parents=True)
        (folder / CARD).write_bytes(data)
    if kept:
        (copy.root / REVIEWS / "drafts").mkdir(parents=True)
        (copy.root / REVIEWS / "drafts/draft.pdf").write_bytes(kept)
    read = read_workspace(copy.workspace)
    assert isinstance(read, ReadWorkspace)
    again = _Counted(copy.workspace, read.content, "2.0")
    made = again(CARD, NEW, digest(OLD), lambda data: is_signed and data == OLD)
    assert found in (made.old.name if isinstance(made, Comparison) and made.old else str(made))


def printed(text: str) -> bytes:
    """A page with a line of text."""
    target = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.add_resource(pdf.make_indirect(font), pikepdf.Name.Font, pikepdf.Name.F1)
        page.contents_add(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
        pdf.save(target, static_id=True)
    return target.getvalue()


def test_a_release_compares_the_files_of_a_review_itself(copy: Copy) -> None:
    then = "Illegal mining must not go on in 68 of the areas."
    old, new = printed(then), printed(then.replace("68", "86").replace("must not", "may"))
    later = printed(then.replace("68", "87"))
    (copy.root / REVIEWS).mkdir()
    (copy.root / REVIEWS / "draft.pdf").write_bytes(old)
    read = read_workspace(copy.workspace)
    assert isinstance(read, ReadWorkspace)
    again = Recomparison(copy.workspace, read.content, "2.0")
    made = again(CARD, new, digest(old), lambda _: False)
    assert isinstance(made, Comparison)
    assert [(one.kind, one.old, one.new) for one in made.changes] == [
        (Kind.NUMBER, "68", "86"),
        (Kind.MEANING, "must not", "may"),
    ]

    def reasons(data: bytes, *cheats: Callable[[Form], None]) -> str:
        one = form(old=old, new=new)
        keys = ("id", "kind", "field", "place", "old", "new")
        one["files"][0]["changes"] = [
            {key: str(getattr(change, key)) for key in keys} | {"state": "seen", "remark": ""}
            for change in made.changes
        ]
        for cheat in cheats:
            cheat(one)
        (copy.root / REVIEWS / "0.json").write_text(json.dumps(one), encoding="utf-8")
        found = unsigned(copy.workspace, {CARD: data}, Releasing(), again)
        return "\n".join(str(problem.message) for problem in found)

    assert reasons(new) == ""
    assert "not the one that was reviewed" in reasons(later), "edited after it was signed off"
    assert "1 missing, 0 extra" in reasons(new, trimmed)
    assert "the record lists no changes" in reasons(new, emptied)
    assert "described differently" in reasons(new, reworded)
    assert "described differently" in reasons(new, of_another_kind)
    assert "1 missing, 0 extra" in reasons(new, split)
    assert "neither in a release nor in reviews/" in reasons(new, against_another)
