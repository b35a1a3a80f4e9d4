"""A schema is installed and rolled back: nothing is lost, nothing half, whatever happens."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import signal
import stat
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_tui.amending.installing import installation
from disclosure_tui.amending.received import Expected, expected_digest, prove_received
from disclosure_tui.amending.rolling_back import rollback
from disclosure_tui.errors import DisclosureError, SaveError, SchemaError
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.schema.pins import Pin
from unit.amending.versions import MAIN, NAME, District, content_of
from unit.store.accounts import CLERK, UNIT_GROUP, as_account, needs_root, shared_folder

KEPT = "tiny-1@{}.schema.json"
RETIRED = KEPT + ".retired"


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    found = District(tmp_path)
    monkeypatch.chdir(found.root)
    return found


class TestInstalling:
    def test_the_first_makes_the_folder(self, district: District) -> None:
        change = district.install("2026.1")
        assert change.old is None
        assert district.names == [MAIN]
        assert district.in_force == "2026.1"

    def test_the_version_before_is_kept_for_reports_that_ask_for_it(
        self, district: District
    ) -> None:
        district.install("2026.1")
        district.install("2026.2")
        assert district.names == [MAIN, KEPT.format("2026.1")]
        assert district.in_force == "2026.2"
        entry = Catalog.of([district.schemas]).find(NAME, Pin("2026.1"))
        assert entry.path.read_bytes() == content_of("2026.1")

    def test_the_file_name_that_somebody_chose_stays(self, district: District) -> None:
        district.schemas.mkdir()
        (district.schemas / "我们的.schema.json").write_bytes(content_of("2026.1"))
        district.install("2026.2")
        assert district.names == ["我们的.schema.json", "我们的@2026.1.schema.json"]

    def test_twice_changes_nothing(self, district: District) -> None:
        district.install("2026.1")
        found = prove_received(district.file("2026.1"), None)
        assert installation(found, district.search()).is_done

    def test_the_same_version_with_other_bytes_is_refused(self, district: District) -> None:
        district.install("2026.1")
        with pytest.raises(SchemaError) as refused:
            district.install("2026.1", "another")
        digest = hashlib.sha256(content_of("2026.1")).hexdigest()
        assert digest in refused.value.what.zh
        district.install("2026.2")
        district.roll_back()
        with pytest.raises(SchemaError, match="other contents"):
            district.install("2026.2", "another")

    def test_an_older_version_has_to_be_asked_for(self, district: District) -> None:
        district.install("2026.10")
        with pytest.raises(SchemaError) as refused:
            district.install("2026.9")
        assert refused.value.hint is not None
        assert "--older" in refused.value.hint.zh
        district.install("2026.9", older=True)
        assert district.in_force == "2026.9"
        # The newer one would win if it were still listed; it is not lost.
        assert district.names == [MAIN, RETIRED.format("2026.10")]

    def test_a_name_of_another_schema(self, district: District) -> None:
        district.schemas.mkdir()
        other = content_of("1").replace(b"urn:disclosure-tui:tiny:1", b"urn:disclosure-tui:other")
        (district.schemas / MAIN).write_bytes(other)
        with pytest.raises(SchemaError) as refused:
            district.install("2026.1")
        assert MAIN in refused.value.where

    def test_a_link_in_place_of_the_file_is_not_followed(self, district: District) -> None:
        elsewhere = district.received / "elsewhere.json"
        elsewhere.write_bytes(content_of("2026.1"))
        district.schemas.mkdir()
        (district.schemas / MAIN).symlink_to(elsewhere)
        with pytest.raises(SchemaError, match="link"):
            district.install("2026.2")
        assert elsewhere.read_bytes() == content_of("2026.1")

    def test_a_linked_folder_is_one_like_any_other(self, district: District) -> None:
        real = district.received / "real"
        real.mkdir()
        district.schemas.symlink_to(real)
        district.install("2026.1")
        district.install("2026.2")
        assert sorted(path.name for path in real.iterdir()) == [MAIN, KEPT.format("2026.1")]
        assert district.schemas.is_symlink()

    def test_a_folder_open_to_everybody_is_told_before_anything_is_written(
        self, district: District
    ) -> None:
        district.schemas.mkdir()
        district.schemas.chmod(0o777)
        with pytest.raises(SchemaError) as refused:
            district.install("2026.1")
        assert "chmod o-w" in refused.value.what.zh
        assert district.names == []

    def test_a_file_that_cannot_be_read_is_not_written_over(self, district: District) -> None:
        district.schemas.mkdir()
        (district.schemas / MAIN).write_bytes(b"{")
        with pytest.raises(SchemaError):
            district.install("2026.1")
        assert (district.schemas / MAIN).read_bytes() == b"{"


class TestRollingBack:
    def test_back_and_forth(self, district: District) -> None:
        for version in ("2026.1", "2026.2"):
            district.install(version)
        district.roll_back()
        assert district.in_force == "2026.1"
        assert district.names == [MAIN, KEPT.format("2026.1"), RETIRED.format("2026.2")]
        district.reinstall(district.schemas / RETIRED.format("2026.2"))
        assert district.in_force == "2026.2"
        assert district.names == [MAIN, KEPT.format("2026.1")]

    def test_to_a_version_that_is_named(self, district: District) -> None:
        for version in ("2026.1", "2026.2", "2026.3"):
            district.install(version)
        district.roll_back("2026.1")
        assert district.in_force == "2026.1"
        assert all(district.has(version) for version in ("2026.2", "2026.3"))
        with pytest.raises(SchemaError):
            district.roll_back("2026.0")

    def test_without_a_version_before(self, district: District) -> None:
        district.install("2026.1")
        with pytest.raises(SchemaError) as refused:
            district.roll_back()
        assert "2026.1" in refused.value.what.zh
        assert district.in_force == "2026.1"

    def test_the_next_place_decides_when_none_is_left(self, district: District) -> None:
        system = district.received / "system"
        system.mkdir()
        (system / MAIN).write_bytes(content_of("2025.9"))
        search = district.search()
        district.search = lambda: type(search)(district=district.root, system=(system,))  # type: ignore[method-assign]
        district.install("2026.1")
        change = district.roll_back()
        assert change.wanted.version == "2025.9"
        assert district.names == [RETIRED.format("2026.1")]

    def test_what_the_district_has_settled_is_changed_there(self, district: District) -> None:
        for version in ("2026.1", "2026.2"):
            district.install(version)
        with (district.root / "disclosure.yaml").open("a", encoding="utf-8") as stream:
            stream.write('schema_versions: {tiny/1: "2026.2"}\n')
        with pytest.raises(SchemaError) as refused:
            district.roll_back()
        assert refused.value.where.endswith("disclosure.yaml")
        assert district.in_force == "2026.2"

    @settings(max_examples=8, deadline=None)
    @given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    def test_nothing_is_ever_lost(
        self, tmp_path_factory: pytest.TempPathFactory, steps: list[int]
    ) -> None:
        """Whatever is installed and rolled back, every version stays, and one is in force."""
        district = District(tmp_path_factory.mktemp("district"))
        before = Path.cwd()
        os.chdir(district.root)
        installed: set[str] = set()
        try:
            for step in steps:
                version = f"2026.{step}"
                if version in installed and district.in_force != version:
                    with contextlib.suppress(SchemaError):
                        district.roll_back(version)
                else:
                    district.install(version, older=True)
                    installed.add(version)
                    assert district.in_force == version
                assert all(district.has(known) for known in installed)
                assert district.in_force in installed
                assert not Catalog.of([district.schemas]).conflicts()
        finally:
            os.chdir(before)


class TestDigests:
    def test_given(self, district: District) -> None:
        path = district.file("2026.1")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert expected_digest(path, digest.upper()) == Expected(digest)
        prove_received(path, Expected(digest))
        with pytest.raises(SchemaError) as refused:
            prove_received(path, Expected("0" * 64))
        assert digest in refused.value.what.zh
        with pytest.raises(DisclosureError):
            expected_digest(path, digest[:12])

    @pytest.mark.parametrize(
        "line", ["{0}\n", "{0}  {1}\n", "{0} *sub/{1}\n", "{2}  other.json\n{0}  {1}\n"]
    )
    def test_beside_the_file(self, district: District, line: str) -> None:
        path = district.file("2026.1")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        beside = path.with_name(f"{path.name}.sha256")
        beside.write_text(line.format(digest, path.name, "1" * 64), encoding="utf-8")
        assert expected_digest(path, None) == Expected(digest, str(beside))

    def test_a_list_without_it(self, district: District) -> None:
        path = district.file("2026.1")
        assert expected_digest(path, None) is None
        path.with_name(f"{path.name}.sha256").write_text("nothing\n", encoding="utf-8")
        with pytest.raises(SchemaError):
            expected_digest(path, None)


class TestRights:
    def test_what_is_there_keeps_its_rights(self, district: District) -> None:
        district.install("2026.1")
        path = district.schemas / MAIN
        path.chmod(0o640)
        district.install("2026.2")
        kept = district.schemas / KEPT.format("2026.1")
        assert {stat.S_IMODE(one.stat().st_mode) for one in (path, kept)} == {0o640}

    @pytest.mark.parametrize(("folder", "file"), [(0o755, 0o644), (0o750, 0o640), (0o2775, 0o664)])
    def test_a_new_one_is_as_readable_as_its_folder(
        self, district: District, folder: int, file: int
    ) -> None:
        district.schemas.mkdir()
        district.schemas.chmod(folder)
        mask = os.umask(0o077)
        try:
            district.install("2026.1")
        finally:
            os.umask(mask)
        assert stat.S_IMODE((district.schemas / MAIN).stat().st_mode) == file

    @needs_root
    def test_who_may_not_write_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with shared_folder(0o755, UNIT_GROUP) as folder:
            district = District(folder)
            monkeypatch.chdir(district.root)
            district.install("2026.1")
            path = district.file("2026.2")
            before = district.names

            def step() -> str:
                change = installation(prove_received(path, None), district.search())
                try:
                    change.carry_out()
                except SaveError as error:
                    return type(error).__name__
                return "installed"

            assert as_account(CLERK, [UNIT_GROUP], step) == "PermissionLost"
            assert district.names == before
            assert district.in_force == "2026.1"


REFUSALS = [
    *(("open", code) for code in (errno.ENOSPC, errno.EACCES)),
    *(("write", code) for code in (errno.ENOSPC, errno.EDQUOT)),
    ("fsync", errno.EIO),
    ("fchmod", errno.EPERM),
    ("replace", errno.EACCES),
    ("unlink", errno.EACCES),
    ("close", errno.EIO),
]


class Fault:
    """A system call that fails at its n-th use, and from then on."""

    def __init__(self, name: str, code: int, at: int) -> None:
        self.name, self.code, self.at, self.count = name, code, at, 0
        self.real: Callable[..., Any] = getattr(os, name)

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.count += 1
        if self.count >= self.at:
            if self.name == "close":
                self.real(*args, **named)
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*args, **named)


@contextlib.contextmanager
def fault(name: str, code: int, at: int) -> Iterator[Fault]:
    one = Fault(name, code, at)
    setattr(os, name, one)
    try:
        yield one
    finally:
        setattr(os, name, one.real)


@pytest.mark.parametrize(
    ("name", "code"), REFUSALS, ids=[f"{name}-{errno.errorcode[code]}" for name, code in REFUSALS]
)
@pytest.mark.parametrize("way", ["install", "roll_back"])
def test_whatever_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, name: str, code: int
) -> None:
    """The old version is in force or the new one; both are there, and nothing else is left."""
    for at in itertools.count(1):
        district = District(made(tmp_path / str(at)))
        monkeypatch.chdir(district.root)
        district.install("2026.1")
        if way == "roll_back":
            district.install("2026.2")
            change = rollback(NAME, district.search())
        else:
            found = prove_received(district.file("2026.2"), None)
            change = installation(found, district.search())
        with fault(name, code, at) as one, contextlib.suppress(SaveError, SchemaError):
            change.carry_out()
        _require_whole(district, way)
        if one.count < at:
            break
        # Once there is room again the same step ends well.
        again = "2026.2" if way == "install" else "2026.1"
        if district.in_force != again:
            if way == "install":
                district.install("2026.2")
            else:
                district.roll_back()
        assert district.in_force == again
        _require_whole(district, way)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _require_whole(district: District, way: str) -> None:
    assert district.in_force in ("2026.1", "2026.2")
    assert district.has("2026.1")
    assert district.has("2026.2") or way == "install"
    assert not [name for name in district.names if name.startswith(".")]
    assert not Catalog.of([district.schemas]).faults()


def test_two_people_at_once(district: District) -> None:
    """Who comes second is told that the folder is not what was shown."""
    district.install("2026.1")
    first = installation(prove_received(district.file("2026.2"), None), district.search())
    second = installation(prove_received(district.file("2026.3"), None), district.search())
    first.carry_out()
    with pytest.raises(SchemaError) as refused:
        second.carry_out()
    assert "重新执行" in (refused.value.hint.zh if refused.value.hint else "")
    assert district.in_force == "2026.2"


@pytest.mark.slow
def test_killed_at_any_moment(district: District) -> None:
    """Installs and rollbacks in a loop, killed: one version is in force, both are there."""
    district.install("2026.1")
    district.install("2026.2")
    for delay in range(25):
        telling, told = os.pipe()
        with warnings.catch_warnings():
            # The child does its steps and is killed; it takes no lock of another thread.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            try:
                while True:
                    if district.in_force == "2026.2":
                        district.roll_back()
                    else:
                        district.install("2026.2")
                    os.write(told, b".")
            finally:
                os._exit(1)
        os.close(told)
        # Counted in whole steps first, so that a busy machine gets as far as an idle one.
        assert os.read(telling, 1) == b"."
        time.sleep(delay / 1000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(telling)
        assert district.in_force in ("2026.1", "2026.2")
        assert district.has("2026.1")
        assert district.has("2026.2")
    # What was left unfinished goes with the next step.
    if district.in_force == "2026.1":
        district.install("2026.2")
    else:
        district.roll_back()
    assert not [name for name in district.names if name.startswith(".")]
