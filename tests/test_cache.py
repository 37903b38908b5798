"""A cache that is not believed: only what the user's own program put there counts, and a release is
made without it.
"""

import os
import stat
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from reportcard.build import machine
from reportcard.build.cache import Job
from reportcard.build.card import Task
from reportcard.build.editions import Kit
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode
from reportcard.language import dictionaries
from reportcard.workspace import owner
from reportcard.workspace.store import Scratch, Store

from .conftest import Copy, copy_content

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user who has run nothing yet: where the key will be."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    owner._key.cache_clear()
    yield folder / "reportcard" / "cache.key"
    owner._key.cache_clear()


def forget() -> None:
    """As the next process begins."""
    owner._key.cache_clear()


def test_an_entry_is_found_again_by_its_user_alone(state: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.put("a", {"n": 1}, b"bytes")
    forget()
    assert store.get("a") == ({"n": 1}, b"bytes")
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    state.unlink()
    forget()
    assert store.get("a") is None, "another user's, with another key"
    assert store.survey()[1] == 1


def test_a_digest_is_no_authentication(state: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("a", {"n": 1}, b"bytes")
    (entry,) = tmp_path.glob("*.kept")
    rest = b'{"n": 1}\nforged'
    entry.write_bytes(sha256(b"a" + rest).hexdigest().encode() + b"\n" + rest)
    assert store.get("a") is None


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_key_that_others_may_read_is_replaced(state: Path, tmp_path: Path, mode: int) -> None:
    store = Store(tmp_path / "cache")
    store.put("a", {})
    state.chmod(mode)
    forget()
    assert store.get("a") is None
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert [path.name for path in state.parent.iterdir()] == ["cache.key"]


def test_a_key_that_is_cut_off_is_replaced(state: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.put("a", {})
    state.write_bytes(b"short")
    forget()
    assert store.get("a") is None
    assert len(state.read_bytes()) == 32


def test_without_a_place_for_the_key_work_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file is in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    forget()
    store = Store(tmp_path / "cache")
    store.put("a", {"n": 1})
    assert store.get("a") == ({"n": 1}, b"")
    forget()
    assert store.get("a") is None
    assert not owner.is_kept()
    forget()


def test_a_relative_state_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert owner.owner_folder() == Path("~/.local/state/reportcard").expanduser()


def test_scratch_keeps_nothing_beyond_itself() -> None:
    store = Scratch()
    store.put("a", {"n": 1}, b"x")
    assert store.get("a") == ({"n": 1}, b"x")
    assert Scratch().get("a") is None


@pytest.mark.slow
def test_without_the_cache_a_poisoned_entry_is_named_and_replaced(brief: Copy) -> None:
    """Even one with the user's own key, as a fault of the program would leave it."""
    order = Order(brief.root / "output", ("peru",), ("es",))
    assert build(brief.workspace, order).code is ExitCode.OK
    pdf = brief.root / "output" / "peru-report-card-es.pdf"
    sound, store = pdf.read_bytes(), Store(brief.workspace.cache)
    read = read_workspace(brief.workspace)
    assert isinstance(read, SoundWorkspace)
    job = Job.of(Kit.of(read, order.media), Task("peru", ("es",)))
    entry = store.get(job.key)
    assert entry
    store.put(job.key, entry[0], entry[1][:-1] + b"?")
    fresh = Order(brief.root / "output", ("peru",), ("es",), cache=False)
    (found,) = (one for one in build(brief.workspace, fresh).problems if "CACHE" in one.code)
    assert found.code == "CACHE-DIFFERENT"
    assert "peru-report-card-es.pdf" in str(found)
    assert pdf.read_bytes() == sound
    assert store.get(job.key) == entry
    twin = build(brief.workspace, fresh)
    assert not [one for one in twin.problems if "CACHE" in one.code]


# --- doctor ---------------------------------------------------------------------------------------


def named(copy: Copy, name: str) -> machine.MachinePart:
    return next(part for part in machine.parts(copy.workspace) if str(part.name) == name)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return copy_content(tmp_path / "workspace")


@pytest.mark.long
def test_a_sound_machine_has_no_remedy(copy: Copy, state: Path) -> None:
    assert [part for part in machine.parts(copy.workspace) if part.remedy] == []


@pytest.mark.long
def test_entries_of_others_are_counted_and_cleared(copy: Copy, state: Path, run: Run) -> None:
    Store(copy.workspace.cache).put("mine", {})
    (copy.workspace.cache / "theirs.kept").write_bytes(b"forged")
    part = named(copy, "cache")
    assert str(part.found) == (
        "1 entry is ignored: it is damaged or was not created by you on this computer"
    )
    assert "cache clear" in str(part.remedy)
    assert run("cache", "clear", "--workspace", str(copy.root))[0] == 0
    assert not list(copy.workspace.cache.iterdir())
    assert named(copy, "cache").health is machine.Health.SOUND


@pytest.mark.long
def test_what_interrupted_commands_left_is_named(copy: Copy) -> None:
    assert named(copy, "interrupted commands").health is machine.Health.SOUND
    (copy.root / "content/peru/es.yaml.part").write_text("", encoding="utf-8")
    assert "content/peru/es.yaml.part" in str(named(copy, "interrupted commands").found)
    (copy.root / "output/.staging").mkdir(parents=True)
    (copy.root / "output/.staging/journal.json").write_text("[]", encoding="utf-8")
    assert "reportcard build" in str(named(copy, "interrupted commands").remedy)


@pytest.mark.long
def test_a_font_that_cannot_be_used_is_told(copy: Copy, run: Run) -> None:
    """The styles are then not known, and no list of their fonts either."""
    assert named(copy, "fonts").health is machine.Health.SOUND
    fonts = copy.root / "styles/gold/fonts"
    fonts.mkdir(exist_ok=True)
    (fonts / "SourceSansPro-Regular.ttf").write_bytes(b"no font")
    code, out, _ = run("doctor", "--workspace", str(copy.root))
    assert code == ExitCode.WITHHELD
    assert "the font file SourceSansPro-Regular.ttf is damaged" in out


@pytest.mark.long
def test_little_space_is_told(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "ENOUGH", 10**18)
    assert str(named(copy, "space for output").remedy) == "Free up space."


@pytest.mark.long
def test_a_missing_dictionary_and_a_missing_program_have_a_remedy(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "_SYSTEM", ())
    monkeypatch.setattr(dictionaries, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "hunspell-es" in str(named(copy, "dictionary es").remedy)
    assert named(copy, "Ghostscript").health is machine.Health.LESSER


@pytest.mark.long
def test_the_command_prints_a_line_for_each_part(
    copy: Copy, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run("doctor", "--workspace", str(copy.root))
    assert code == 0
    assert len(out.splitlines()) == len(list(machine.parts(copy.workspace)))
    monkeypatch.chdir(os.sep)
    code, out, _ = run("doctor", "--messages", "es")
    assert code == 0
    assert "diccionario (es)" in out
    assert run("doctor", "--workspace", str(tmp_path / "none"))[0] == 3
