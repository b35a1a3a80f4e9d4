"""Which schema is meant: places, versions, pins, conflicts, and files that cannot be read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from disclosure_tui.errors import SchemaError
from disclosure_tui.schema.catalog import Catalog
from disclosure_tui.schema.file_trust import file_doubt, folder_doubt
from disclosure_tui.schema.pins import Pin
from disclosure_tui.schema.places import Place, PlaceKind, in_order, package_folder, place_at
from schema_folders import (
    FOREIGN,
    NAME,
    acting_as,
    needs_root,
    put,
    put_contents,
    tiny_schema,
)

ID = "urn:disclosure-tui:tiny:1"


def places(*kinds: tuple[PlaceKind, Path]) -> Catalog:
    return Catalog(in_order(place_at(kind, folder) for kind, folder in kinds))


def refusal(catalog: Catalog, pin: Pin | None = None, name: str = NAME) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        catalog.find(name, pin)
    return caught.value


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return tmp_path / "one"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return tmp_path / "two"


class TestWhichOneWins:
    def test_the_package_alone(self) -> None:
        catalog = Catalog.of()
        assert catalog.names() == (
            "gov-info-annual/2019",
            "gov-info-annual/2021",
            "us-foia-annual/2008",
        )
        for entry in catalog.entries():
            assert catalog.find(entry.name) == entry
            assert entry.path.parent == package_folder()
            assert (entry.origin, entry.trusted, entry.doubt) == ("package", True, None)
        assert not catalog.notices()

    def test_the_first_trusted_place_decides_even_with_an_older_version(
        self, one: Path, two: Path
    ) -> None:
        first, _ = put(one, "1"), put(two, "2")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == first

    def test_the_newest_version_of_a_place_wins_as_a_number(self, one: Path) -> None:
        put(one, "2026.9", "tiny-1@2026.9")
        newest = put(one, "2026.10", "tiny-1@2026.10")
        put(one, "2025.12")
        assert places((PlaceKind.DISTRICT, one)).find(NAME).path == newest
        entries = places((PlaceKind.DISTRICT, one)).entries()
        assert [entry.version for entry in entries] == ["2026.10", "2026.9", "2025.12"]

    def test_a_report_type_that_a_place_lacks_is_looked_for_in_the_next(
        self, one: Path, two: Path
    ) -> None:
        put(one)
        other = put(two, name="other", type="other")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find("other/1").path == other

    def test_the_same_bytes_in_two_places_are_no_conflict(self, one: Path, two: Path) -> None:
        first, _ = put(one), put(two)
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == first
        assert not catalog.conflicts()

    @pytest.mark.parametrize("kinds", [("district", "system"), ("system", "project")])
    def test_one_version_with_two_contents_names_both_files(
        self, kinds: tuple[str, str], one: Path, two: Path
    ) -> None:
        first, second = put(one), put(two, title="另一张表")
        put(two, "3", "tiny-1@3")
        catalog = places((PlaceKind(kinds[0]), one), (PlaceKind(kinds[1]), two))
        told = refusal(catalog)
        assert str(first) in told.what.zh
        assert str(second) in told.what.zh
        assert [each.what for each in catalog.conflicts()] == [told.what]

    def test_a_conflict_of_another_version_or_type_stops_nothing(
        self, one: Path, two: Path
    ) -> None:
        newest = put(one, "2")
        put(one, "1", "tiny-1@1")
        put(two, "1", title="另一张表")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == newest
        assert refusal(catalog, Pin("1")).what == catalog.conflicts()[0].what

    def test_leading_zeros_do_not_hide_a_conflict(self, one: Path, two: Path) -> None:
        put(one, "2026.1")
        put(two, "2026.01")
        assert (
            "有两个内容不同的文件"
            in refusal(places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))).what.zh
        )

    def test_two_schemas_of_one_name_in_a_folder_are_refused(self, one: Path) -> None:
        put(one)
        other = put_contents(one, {**tiny_schema(), "$id": "urn:disclosure-tui:other:1"}, "other")
        told = refusal(places((PlaceKind.DISTRICT, one)))
        assert str(other) in told.what.zh
        assert ID in told.what.zh

    def test_an_overlay_of_the_same_name_stands_for_its_base(self, one: Path) -> None:
        base = put(one)
        contents = {**tiny_schema(), "$id": "urn:disclosure-tui:over:1", "$ref": ID}
        over = put_contents(one, contents, "district.overlay")
        catalog = places((PlaceKind.DISTRICT, one))
        assert catalog.find(NAME).path == over
        found = catalog.by_identifier(ID)
        assert found is not None
        assert found.path == base
        assert catalog.by_identifier(ID, "2") is None

    def test_an_unknown_name_is_told_with_the_one_that_comes_close(self) -> None:
        told = refusal(Catalog.of(), name="gov-info-anual/2021")
        assert told.hint is not None
        assert "gov-info-annual/2021" in told.hint.zh


class TestTrust:
    @pytest.mark.parametrize("kind", [PlaceKind.PROJECT, PlaceKind.USER])
    def test_what_is_not_trusted_replaces_nothing_that_is(
        self, kind: PlaceKind, one: Path, two: Path
    ) -> None:
        trusted, _ = put(one, "1"), put(two, "2")
        catalog = places((kind, two), (PlaceKind.SYSTEM, one))
        assert catalog.find(NAME).path == trusted
        (other,) = [entry for entry in catalog.entries() if not entry.trusted]
        assert not catalog.counts(other)
        assert "不可信" in refusal(catalog, Pin("2")).hint.zh  # type: ignore[union-attr]

    def test_an_identifier_of_a_trusted_schema_cannot_be_taken(self, one: Path, two: Path) -> None:
        put(one)
        put_contents(two, {**tiny_schema("2", type="mine"), "$id": ID})
        catalog = places((PlaceKind.SYSTEM, one), (PlaceKind.PROJECT, two))
        assert "没有找到" in refusal(catalog, name="mine/1").what.zh

    def test_a_type_of_its_own_counts_and_is_marked(self, one: Path) -> None:
        path = put(one)
        catalog = places((PlaceKind.PROJECT, one), (PlaceKind.PACKAGE, package_folder()))
        entry = catalog.find(NAME)
        assert (entry.path, entry.trusted, entry.origin) == (path, False, "project")

    def test_trusted_only_refuses_it_and_says_where_it_is(self, one: Path) -> None:
        path = put(one)
        catalog = Catalog((place_at(PlaceKind.PROJECT, one),), trusted_only=True)
        told = refusal(catalog)
        assert told.where == str(path)
        assert "不采用" in told.what.zh
        with pytest.raises(SchemaError):
            catalog.by_identifier(ID)
        assert not catalog.counts(catalog.entries()[0])

    def test_trusted_only_is_not_kept_from_working_by_a_conflict_outside(
        self, one: Path, two: Path
    ) -> None:
        path, _ = put(one), put(two, title="另一张表")
        known = (Place(PlaceKind.SYSTEM, one), Place(PlaceKind.PROJECT, two))
        assert Catalog(known, trusted_only=True).find(NAME).path == path
        assert "有两个内容不同的文件" in refusal(Catalog(known)).what.zh

    def test_a_folder_that_everybody_may_change_is_not_trusted_and_says_so(
        self, one: Path, two: Path
    ) -> None:
        open_one, _ = put(one, "2"), put(two, "1")
        one.chmod(0o777)
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path.parent == two
        (notice,) = catalog.notices()
        assert notice.where == str(one)
        assert "chmod o-w" in notice.what.zh
        one.chmod(0o1777)
        assert folder_doubt(one) is not None, "sticky, and everybody may add files"
        one.chmod(0o775)
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == open_one, "a group that may write keeps the folder"

    def test_a_folder_above_that_everybody_may_change(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b"
        put(folder)
        assert folder_doubt(folder) is None
        folder.parent.chmod(0o777)
        assert str(folder.parent) in folder_doubt(folder).zh  # type: ignore[union-attr]
        folder.parent.chmod(0o1777)
        assert folder_doubt(folder) is None

    def test_a_file_that_everybody_may_change(self, one: Path, two: Path) -> None:
        put(one, "2").chmod(0o666)
        trusted = put(two, "1")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == trusted
        assert [notice.where for notice in catalog.notices()] == [str(one / "tiny-1.schema.json")]

    def test_the_package_is_not_doubted(self, one: Path) -> None:
        path = put(one)
        one.chmod(0o777)
        assert places((PlaceKind.PACKAGE, one)).find(NAME).path == path


class TestLinks:
    def test_a_linked_folder_counts_as_what_it_leads_to(self, one: Path, two: Path) -> None:
        put(one)
        two.symlink_to(one)
        catalog = places((PlaceKind.DISTRICT, two), (PlaceKind.SYSTEM, one))
        assert [entry.place.kind for entry in catalog.entries()] == [PlaceKind.DISTRICT]
        one.chmod(0o777)
        assert not places((PlaceKind.DISTRICT, two)).find(NAME).trusted

    def test_a_link_in_a_folder_that_everybody_may_change(self, tmp_path: Path) -> None:
        put(tmp_path / "safe")
        public = tmp_path / "public"
        public.mkdir()
        (public / "schemas").symlink_to(tmp_path / "safe")
        public.chmod(0o777)
        assert folder_doubt(public / "schemas") is not None

    def test_a_file_linked_out_of_its_folder(self, one: Path, two: Path) -> None:
        target = put(two)
        one.mkdir()
        link = one / "tiny-1.schema.json"
        link.symlink_to(target)
        assert places((PlaceKind.DISTRICT, one)).find(NAME).trusted
        two.chmod(0o777)
        assert not places((PlaceKind.DISTRICT, one)).find(NAME).trusted

    @needs_root
    def test_a_file_linked_to_one_of_another_account(self, one: Path, two: Path) -> None:
        target = put(two)
        one.mkdir()
        link = one / "tiny-1.schema.json"
        link.symlink_to(target)
        os.chown(target, FOREIGN, -1)
        assert str(target) in file_doubt(link).zh  # type: ignore[union-attr]
        os.chown(link, FOREIGN, -1, follow_symlinks=False)
        assert file_doubt(link) is None, "whoever keeps the folder's link keeps the file"

    def test_a_dangling_file_is_told_and_nothing_else_suffers(self, one: Path, two: Path) -> None:
        one.mkdir()
        (one / "other-1.schema.json").symlink_to(one / "gone.json")
        path = put(two)
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == path
        (notice,) = catalog.notices()
        assert "gone.json" in notice.what.zh
        assert "不存在" in notice.what.zh

    def test_a_dangling_file_that_would_decide_stops(self, one: Path, two: Path) -> None:
        one.mkdir()
        (one / "tiny-1.schema.json").symlink_to(one / "gone.json")
        put(two)
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert refusal(catalog).where == str(one / "tiny-1.schema.json")

    def test_links_in_a_circle_and_dangling_folders(self, one: Path, two: Path) -> None:
        one.symlink_to(one.with_name("gone"))
        two.mkdir()
        (two / "a-1.schema.json").symlink_to(two / "b-1.schema.json")
        (two / "b-1.schema.json").symlink_to(two / "a-1.schema.json")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert not catalog.entries()
        assert {notice.where for notice in catalog.notices()} == {
            str(one),
            str(two / "a-1.schema.json"),
            str(two / "b-1.schema.json"),
        }


class TestUnreadable:
    @pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"$id": "a", "$id": "a"}'])
    def test_a_broken_file_of_another_type_is_passed_over_with_a_notice(
        self, content: bytes, one: Path
    ) -> None:
        path = put(one)
        (one / "other-1.schema.json").write_bytes(content)
        catalog = places((PlaceKind.DISTRICT, one))
        assert catalog.find(NAME).path == path
        assert catalog.notices()[0].where.startswith(str(one / "other-1.schema.json"))

    def test_a_broken_file_that_says_the_type_stops_whatever_its_name(
        self, one: Path, two: Path
    ) -> None:
        put(two)
        path = put(one, name="whatever")
        path.write_bytes(path.read_bytes()[:-40])
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert refusal(catalog).where.startswith(str(path))

    def test_a_broken_file_in_a_later_place_does_not_matter(self, one: Path, two: Path) -> None:
        path = put(one)
        put(two).write_bytes(b"{")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert catalog.find(NAME).path == path

    def test_an_older_version_that_is_broken_stops_only_who_asks_for_it(self, one: Path) -> None:
        path = put(one, "2")
        put(one, "1", "tiny-1@1").write_bytes(b"{")
        catalog = places((PlaceKind.DISTRICT, one))
        assert catalog.find(NAME).path == path
        assert refusal(catalog, Pin("1")).where.startswith(str(one / "tiny-1@1.schema.json"))

    def test_what_is_not_trusted_cannot_stop_what_is(self, one: Path, two: Path) -> None:
        put(two).write_bytes(b"{")
        path = put(one)
        catalog = places((PlaceKind.SYSTEM, one), (PlaceKind.PROJECT, two))
        assert catalog.find(NAME).path == path

    def test_pipes_folders_and_files_in_their_stead(self, one: Path, two: Path) -> None:
        one.mkdir()
        os.mkfifo(one / "a-1.schema.json")
        (one / "b-1.schema.json").mkdir()
        two.write_text("no folder", encoding="utf-8")
        catalog = places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))
        assert not catalog.entries()
        assert len(catalog.notices()) == 3

    @needs_root
    def test_a_file_and_a_folder_without_rights(self) -> None:
        with tempfile.TemporaryDirectory(prefix="disclosure-") as name:
            top = Path(name)
            top.chmod(0o755)
            hidden, seen = top / "hidden", top / "seen"
            put(hidden)
            path = put(seen)
            put_contents(seen, tiny_schema(type="other"), "other-1").chmod(0o600)
            hidden.chmod(0o700)
            with acting_as(FOREIGN):
                catalog = places((PlaceKind.SYSTEM, hidden), (PlaceKind.PACKAGE, seen))
                assert catalog.find(NAME).path == path
                told = {notice.where: notice.what.zh for notice in catalog.notices()}
            assert set(told) == {str(hidden), str(seen / "other-1.schema.json")}
            assert all("没有权限" in text for text in told.values())

    def test_other_and_hidden_files_are_none_of_its_business(self, one: Path) -> None:
        put(one)
        (one / ".tiny-1.schema.json").write_bytes(b"{")
        (one / "notes.json").write_bytes(b"{")
        (one / "part.schema.json").write_text('{"$id": "urn:x"}', encoding="utf-8")
        catalog = places((PlaceKind.DISTRICT, one))
        assert len(catalog.entries()) == 1
        assert not catalog.notices()


class TestPins:
    @pytest.fixture
    def catalog(self, one: Path, two: Path) -> Catalog:
        put(one, "2026.2")
        put(one, "2026.1", "tiny-1@2026.1")
        put(two, "2025.3")
        return places((PlaceKind.DISTRICT, one), (PlaceKind.SYSTEM, two))

    @pytest.mark.parametrize("version", ["2026.2", "2026.1", "2025.3"])
    def test_the_version_asked_for_is_looked_for_in_all_trusted_places(
        self, version: str, catalog: Catalog
    ) -> None:
        assert catalog.find(NAME, Pin(version)).version == version

    def test_a_version_that_is_nowhere_is_told_with_those_there_are(
        self, catalog: Catalog, one: Path, two: Path
    ) -> None:
        told = refusal(catalog, Pin("2024.1", where="a.yaml:3:1"))
        assert told.where == "a.yaml:3:1"
        assert "2024.1" in told.what.zh
        assert told.hint is not None
        for version, folder in (("2026.2", one), ("2026.1", one), ("2025.3", two)):
            assert version in told.hint.zh
            assert str(folder) in told.hint.zh

    def test_a_digest_is_held_to(self, catalog: Catalog) -> None:
        entry = catalog.find(NAME, Pin("2026.1"))
        for digest in (entry.sha256, entry.sha256[:12]):
            assert catalog.find(NAME, Pin("2026.1", digest)) == entry
            assert catalog.find(NAME, Pin("", digest)) == entry
        told = refusal(catalog, Pin("2026.2", entry.sha256))
        assert entry.sha256[:12] in told.what.zh
        assert str(catalog.find(NAME).path) in told.what.zh

    @pytest.mark.parametrize("value", [None, {}, "", {"version": None}, True, {"version": True}])
    def test_nothing_asked_for_is_no_pin(self, value: object) -> None:
        assert Pin.of(value, "x") is None
