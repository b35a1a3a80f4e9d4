"""Where schemas for a report are looked for: districts, system, package, and what comes last."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disclosure_tui.cli.main import run
from disclosure_tui.errors import DisclosureError, SchemaError
from disclosure_tui.opening import open_document, report_type_of
from disclosure_tui.report_type import ReportTypes
from disclosure_tui.schema.places import PlaceKind
from disclosure_tui.schema_search import SchemaSearch
from disclosure_tui.settings import Settings
from schema_folders import FOREIGN, NAME, REPORT, needs_root, put, put_report


class Machine:
    """A system, a person and a district with a unit, none of which has settled anything."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.root = top / "district"
        self.unit = self.root / "units" / "tyj" / "2024"
        self.unit.mkdir(parents=True)
        self.file = self.root / "disclosure.yaml"
        self.file.write_text("language: zh\n", encoding="utf-8")
        self.environment = {
            "XDG_CONFIG_HOME": str(top / "config"),
            "DISCLOSURE_SYSTEM": str(top / "etc"),
        }
        self.person = top / "config" / "disclosure-tui"
        self.system = top / "etc"
        self.person.mkdir(parents=True)
        self.system.mkdir()

    def search(self, *named: Path, trusted_only: bool = False) -> SchemaSearch:
        settings = Settings.read(self.environment, self.unit)
        assert not settings.faults
        return SchemaSearch.of(
            settings, named, trusted_only=trusted_only, environment=self.environment
        )

    def kinds(self, *named: Path) -> list[PlaceKind]:
        return [place.kind for place in self.search(*named).places(self.unit)]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.chdir(tmp_path)
    return Machine(tmp_path)


def test_every_place_in_its_order(machine: Machine) -> None:
    assert machine.kinds() == [PlaceKind.PACKAGE]
    named = machine.top / "named"
    folders = [machine.root, machine.system, machine.person, machine.unit, machine.top]
    for folder in (named, *(each / "schemas" for each in folders)):
        folder.mkdir()
    places = machine.search(named).places(machine.unit)
    assert [(place.kind.value, place.folder) for place in places] == [
        ("named", named),
        ("district", machine.root / "schemas"),
        ("system", machine.system / "schemas"),
        ("package", places[3].folder),
        ("project", machine.unit / "schemas"),
        ("project", Path("schemas")),
        ("user", machine.person / "schemas"),
    ]
    assert [place.trusted for place in places] == [True] * 4 + [False] * 3


def test_one_folder_is_one_place_however_it_is_reached(machine: Machine) -> None:
    put(machine.root / "schemas")
    (machine.unit / "schemas").symlink_to(machine.root / "schemas")
    assert machine.kinds(machine.root / "schemas") == [PlaceKind.NAMED, PlaceKind.PACKAGE]


def test_settings_of_the_system_and_of_the_person_name_more_folders(machine: Machine) -> None:
    (machine.system / "settings.toml").write_text(f'schemas = "{machine.top}/a"\n')
    (machine.person / "settings.toml").write_text(f'schemas = ["{machine.top}/b"]\n')
    put(machine.top / "a")
    put(machine.top / "b", type="mine")
    places = {place.folder.name: place for place in machine.search().places(machine.unit)}
    assert (places["a"].kind, places["a"].trusted) == (PlaceKind.SYSTEM, True)
    assert (places["b"].kind, places["b"].trusted) == (PlaceKind.USER, False)


@pytest.mark.parametrize("written", ['"schemas"', '["/a", 1]', '"~nobody-of-this-name/x"', "true"])
def test_a_folder_in_settings_is_written_in_full(written: str, machine: Machine) -> None:
    (machine.person / "settings.toml").write_text(f"schemas = {written}\n")
    faults = Settings.read(machine.environment, machine.unit).faults
    assert [fault.where for fault in faults] == [f"{machine.person / 'settings.toml'}:1"]


class TestDistricts:
    def test_a_root_inside_of_another_replaces_nothing_of_it(self, machine: Machine) -> None:
        outer = put(machine.root / "schemas", "1")
        inner = machine.root / "units" / "tyj"
        (inner / "disclosure.yaml").write_text("language: zh\n", encoding="utf-8")
        put(inner / "schemas", "2")
        own = put(inner / "schemas", "1", "own-1", type="own")
        catalog = machine.search().at(machine.unit)
        assert catalog.find(NAME).path == outer
        own_entry = [entry for entry in catalog.entries() if entry.path == own]
        assert [entry.place.kind for entry in own_entry] == [PlaceKind.DISTRICT]

    @needs_root
    def test_a_root_of_another_account_counts_only_where_settings_name_it(
        self, machine: Machine
    ) -> None:
        put(machine.root / "schemas")
        os.chown(machine.root, FOREIGN, -1)
        search = machine.search()
        entry = search.at(machine.unit).find(NAME)
        assert not entry.trusted
        assert "district" in entry.doubt.zh  # type: ignore[union-attr]
        assert search.district_of(machine.unit) is None
        (machine.system / "settings.toml").write_text(f'district = "{machine.root}"\n')
        search = machine.search()
        assert search.at(machine.unit).find(NAME).trusted
        assert search.district_of(machine.unit) == machine.root

    def test_the_settings_name_the_district_where_none_is_around(self, machine: Machine) -> None:
        path = put(machine.root / "schemas")
        (machine.person / "settings.toml").write_text(f'district = "{machine.root}"\n')
        assert machine.search().at(machine.top).find(NAME).path == path
        other = machine.top / "other"
        other.mkdir()
        (other / "disclosure.yaml").write_text("language: zh\n", encoding="utf-8")
        nearer = put(other / "schemas", "3")
        assert machine.search().at(other).find(NAME).path == nearer, "looked for upwards first"

    def test_a_root_that_everybody_may_change(self, machine: Machine) -> None:
        put(machine.root / "schemas")
        machine.root.chmod(0o1777)
        entry = machine.search().at(machine.unit).find(NAME)
        assert not entry.trusted
        with pytest.raises(SchemaError):
            machine.search(trusted_only=True).at(machine.unit).find(NAME)


class TestWhereAnInstallGoes:
    def test_into_the_folder_named_else_the_district(self, machine: Machine) -> None:
        assert machine.search().install_folder(machine.unit) == machine.root / "schemas"
        named = machine.top / "named"
        assert machine.search(named).install_folder(machine.unit) == named

    def test_nowhere_without_either(self, machine: Machine) -> None:
        with pytest.raises(SchemaError) as caught:
            machine.search().install_folder(machine.top)
        assert "--schema-dir" in caught.value.hint.zh  # type: ignore[union-attr]


class TestVersionsInForce:
    @pytest.fixture
    def types(self, machine: Machine) -> ReportTypes:
        put(machine.root / "schemas", "2026.10")
        put(machine.root / "schemas", "2026.2", "tiny-1@2026.2")
        put(machine.root / "schemas", "2026.1", "tiny-1@2026.1")
        return ReportTypes(machine.search())

    def version(self, machine: Machine, types: ReportTypes, pin: str = "") -> tuple[str, str]:
        path = put_report(machine.unit, REPORT + pin)
        loaded = report_type_of(open_document(path), path, types)
        return loaded.form.report_type.version, loaded.source.pinned_by

    def test_the_newest_where_nobody_asks(self, machine: Machine, types: ReportTypes) -> None:
        assert self.version(machine, types) == ("2026.10", "")

    @pytest.mark.parametrize("written", ["2026.2", '"2026.2"', "{version: 2026.2}", "2026.02"])
    def test_the_district_asks(self, written: str, machine: Machine, types: ReportTypes) -> None:
        machine.file.write_text(f"schema_versions: {{tiny/1: {written}}}\n", encoding="utf-8")
        assert self.version(machine, types) == ("2026.2", "district")

    def test_a_number_keeps_its_zero(self, machine: Machine, types: ReportTypes) -> None:
        machine.file.write_text("schema_versions: {tiny/1: 2026.10}\n", encoding="utf-8")
        assert self.version(machine, types) == ("2026.10", "district")

    def test_a_report_comes_before_its_district(self, machine: Machine, types: ReportTypes) -> None:
        machine.file.write_text("schema_versions: {tiny/1: 2026.2}\n", encoding="utf-8")
        asked = 'schema: {version: "2026.1"}\n'
        assert self.version(machine, types, asked) == ("2026.1", "report")

    def test_what_a_report_asks_for_and_nobody_has(
        self, machine: Machine, types: ReportTypes
    ) -> None:
        with pytest.raises(SchemaError) as caught:
            self.version(machine, types, 'schema: {version: "2020.1"}\n')
        assert caught.value.where == f"{machine.unit / 'tyj-2024.yaml'}:5:9"

    def test_another_districts_wish_is_not_heard(
        self, machine: Machine, types: ReportTypes
    ) -> None:
        machine.file.write_text("schema_versions: {tiny/1: 2026.2}\n", encoding="utf-8")
        outside = put_report(machine.top / "outside")
        loaded = types.load("gov-info-annual/2021", outside.parent)
        assert loaded.source.pinned_by == ""

    def test_a_broken_file_of_the_district_stops_only_reviewers(
        self, machine: Machine, types: ReportTypes
    ) -> None:
        machine.file.write_text("schema_versions: [\n", encoding="utf-8")
        assert self.version(machine, types) == ("2026.10", "")
        settings = Settings.read(machine.environment, machine.unit)
        search = SchemaSearch.of(settings, trusted_only=True, environment=machine.environment)
        with pytest.raises(DisclosureError) as caught:
            search.pin_at(machine.unit, NAME)
        assert str(machine.file) in caught.value.where

    def test_a_file_of_the_district_that_everybody_may_change_asks_for_nothing(
        self, machine: Machine
    ) -> None:
        put(machine.root / "schemas", "1")
        machine.file.write_text("schema_versions: {tiny/1: 2026.2}\n", encoding="utf-8")
        machine.file.chmod(0o666)
        told: list[SchemaError] = []
        types = ReportTypes(machine.search(), told.append)
        assert types.load(NAME, machine.unit).source.pinned_by == ""
        assert [notice.where for notice in told] == [str(machine.file)]


def test_every_notice_is_told_once(machine: Machine) -> None:
    put(machine.root / "schemas")
    (machine.root / "schemas").chmod(0o777)
    told: list[SchemaError] = []
    types = ReportTypes(machine.search(), told.append)
    for folder in (machine.unit, machine.root, machine.unit.parent):
        types.load("gov-info-annual/2021", folder)
    assert [notice.where for notice in told] == [str(machine.root / "schemas")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('schema_versions: {tiny: "1"}', "【tiny】不是格式的名称，没有采用"),
        ('schema_versions: ["1"]', "【schema_versions】的写法不对，没有采用"),
        ("schema_versions: {tiny/1: }", "【tiny/1】没有写版本"),
        ('schema_versions: {tiny/1: "1"}', None),
        ("language: zh", None),
    ],
)
def test_what_a_district_asks_for_in_vain_is_told(
    machine: Machine, line: str, says: str | None
) -> None:
    put(machine.root / "schemas")
    machine.file.write_text(line + "\n", encoding="utf-8")
    told = ReportTypes(machine.search()).notices_for(machine.unit)
    assert [error.where for error in told] == ([] if says is None else [str(machine.file)])
    assert all(says is not None and says in error.what.zh for error in told)
    assert not machine.search().unmatched_at(machine.unit)


def test_a_version_that_is_nowhere_is_told_by_the_list(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    put(machine.root / "schemas")
    machine.file.write_text('schema_versions: {tiny/1: "9"}\n', encoding="utf-8")
    (error,) = machine.search().unmatched_at(machine.unit)
    assert error.where == str(machine.file)
    assert run(["schema", "list", "--for", str(machine.unit)]) == 3
    assert "没有指定的格式【tiny/1】版本 9" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "meant"), [("lanuage", "language"), ("schema_version", "schema_versions"), ("name", "")]
)
def test_a_misspelt_key_of_a_district(machine: Machine, key: str, meant: str) -> None:
    machine.file.write_text(f"{key}: zh\n", encoding="utf-8")
    told = [fault.what.zh for fault in Settings.read(machine.environment, machine.unit).faults]
    assert told == ([f"没有【{key}】这项，是不是【{meant}】？"] if meant else [])
