"""The shipped schemas as any JSON Schema validator sees them, without code of the project."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from disclosure_tui.rules.registry import item_schemas

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
METASCHEMA = ROOT / "src/disclosure_tui/schema/dialect.schema.json"
EDITIONS = ("2019", "2021")

Schema = dict[str, Any]
Key = tuple[str | int, ...]

# What the program's loader fills in from the rule kinds present.
KINDS: Schema = {
    "properties": item_schemas(),
    "dependentRequired": {"total": ["of"], "of": ["total"]},
}

APPLICANTS = [
    "natural_person",
    "enterprise",
    "research",
    "welfare",
    "legal_service",
    "other",
    "total",
]
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
DOCUMENTS = {"2019": "made newly_disclosed total_disclosed", "2021": "made repealed in_force"}
PROACTIVE = {
    "2019": {
        "article_20_1": {"administrative_rules": DOCUMENTS["2019"]},
        "article_20_5": {"licensing": "prior_items change decisions"},
        "article_20_6": {"penalty": "prior_items change decisions"},
        "article_20_8": {"fees": "prior_items change"},
        "article_20_9": {"central_procurement": "projects amount"},
    },
    "2021": {
        "article_20_1": {"administrative_rules": DOCUMENTS["2021"]},
        "article_20_5": {"licensing": "decisions"},
        "article_20_6": {"penalty": "decisions"},
        "article_20_8": {"fees": "amount"},
    },
}
PROACTIVE["2019"]["article_20_1"]["normative_documents"] = DOCUMENTS["2019"]
PROACTIVE["2021"]["article_20_1"]["normative_documents"] = DOCUMENTS["2021"]
PROACTIVE["2019"]["article_20_5"]["other_services"] = "prior_items change decisions"
PROACTIVE["2019"]["article_20_6"]["compulsion"] = "prior_items change decisions"
PROACTIVE["2021"]["article_20_6"]["compulsion"] = "decisions"

RESULTS = {
    "granted": None,
    "partially_granted": None,
    "denied": "state_secret other_law security_and_stability third_party internal_affairs "
    "process_information enforcement_case_file administrative_inquiry",
    "unable": "not_held no_existing_information unclear_after_correction",
    "not_processed": "petition repeat publication massive_repeated confirm_or_reissue",
    "other": "correction_overdue fee_overdue other_reason",
    "total": None,
}
TABLE_3_ROWS = {"2019": 23, "2021": 25}
SECTIONS = [
    "preamble",
    "overview",
    "proactive",
    "requests",
    "disputes",
    "problems",
    "other_matters",
]
ENVELOPE_HEAD = ["report_type", "year", "organ", "period", "prior", "schema"]
ENVELOPE_TAIL = ["signature", "published", "filing", "notes", "remarks", "explanations"]

QUERIES_ABOUT_PROSE = (
    *("TX-NEW", "TX-NATURAL", "TX-CARRIED-IN", "TX-DONE", "TX-CARRIED-OUT", "TX-GROUP"),
    *("TX-BREAKDOWN", "TX-PERCENT", "TX-REVIEWS", "TX-LITIGATION", "TX-CASES", "TX-NO-LOSS"),
    *("TX-RULES", "TX-DECISIONS", "TX-PARTS", "TX-FEE", "TX-GROWTH", "L-EMPTY", "S-TEMPLATE"),
)
COMMON_RULES = {
    ("/", "S-FIVE", "query"),
    ("/", "S-PREAMBLE", "warning"),
    ("/", "S-BASIS", "warning"),
    ("/", "S-DEADLINE", "warning"),
    ("/", "S-SIGN", "warning"),
    ("/", "L-REVIEW", "warning"),
    ("/", "X-PRIOR", "query"),
    ("/preamble", "S-PREAMBLE", "warning"),
    ("/preamble", "S-YEAR", "warning"),
    *(("/overview", rule, "query") for rule in QUERIES_ABOUT_PROSE),
    *(("/overview", rule, "warning") for rule in ("S-OVERVIEW", "S-STALE", "X-SAME")),
    ("/requests", "X-CARRY", "query"),
    ("/disputes", "X-PENDING", "query"),
    ("/requests", "T3-ROW", "error"),
    ("/requests", "T3-COL", "error"),
    ("/requests", "T3-BAL", "error"),
    ("/disputes", "T4-SUM", "error"),
    ("/proactive", "T2-AUTHORITY", "query"),
    ("/requests", "X-CARRY", "query"),
    ("/disputes", "X-PENDING", "query"),
    ("/", "X-PRIOR", "query"),
    ("/", "L-REVIEW", "warning"),
    ("/", "S-DEADLINE", "warning"),
    ("/", "S-SIGN", "warning"),
}
RULES = {
    "2019": COMMON_RULES
    | {
        ("/proactive", "T2-OLD-ITEMS", "error"),
        ("/proactive", "T2-OLD-DISCLOSED", "error"),
        ("/proactive", "T2-OLD-DECISIONS", "query"),
        ("/proactive", "X-ITEMS", "query"),
        ("/proactive", "X-TOTAL-DISCLOSED", "query"),
    },
    "2021": COMMON_RULES
    | {
        ("/proactive", "T2-STOCK", "error"),
        ("/proactive", "T2-SCALE", "warning"),
        ("/proactive", "X-STOCK", "query"),
        ("/", "S-SIX", "query"),
        ("/", "L-FEE", "query"),
    },
}


def read(path: Path) -> Schema:
    loaded: Schema = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_duplicates)
    return loaded


def no_duplicates(pairs: list[tuple[str, Any]]) -> Schema:
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), keys
    return dict(pairs)


def edition_path(edition: str) -> Path:
    return SCHEMAS / f"gov-info-annual-{edition}.schema.json"


def metaschema() -> Schema:
    schema = read(METASCHEMA)
    schema["$defs"]["kind"] = KINDS
    return schema


def dialect() -> Draft202012Validator:
    return Draft202012Validator(metaschema(), registry=Registry())


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def schema(edition: str) -> Schema:
    return read(edition_path(edition))


@pytest.fixture
def validator(schema: Schema) -> Draft202012Validator:
    return Draft202012Validator(schema, registry=Registry())


def shipped() -> list[Path]:
    return [*sorted(SCHEMAS.glob("*.schema.json")), *sorted((SCHEMAS / "core").glob("*.json"))]


# --- the effective schema, as DIALECT section 2 describes it -----------------------------------


class Node(NamedTuple):
    """One place of the report with all its layers, nearest first."""

    layers: tuple[tuple[Schema, Any], ...]

    def first(self, keyword: str) -> Any:
        return next((layer[keyword] for layer, _ in self.layers if keyword in layer), None)

    def merged(self, keyword: str) -> Schema:
        found: Schema = {}
        for layer, _ in reversed(self.layers):
            found.update(layer.get(keyword, {}))
        return found

    def children(self) -> dict[str, Node]:
        order: dict[str, list[tuple[Schema, Any]]] = {}
        for layer, _ in reversed(self.layers):
            for key in layer.get("properties", {}):
                order.setdefault(key, [])
        for layer, resolver in self.layers:
            for key, child in layer.get("properties", {}).items():
                order[key].append((child, resolver))
        return {key: node(parts) for key, parts in order.items()}

    def label_layer(self) -> Schema:
        return next((layer for layer, _ in self.layers if "title" in layer), {})

    def types(self) -> set[str]:
        found = self.first("type")
        return {found} if isinstance(found, str) else set(found or ())


def node(starts: list[tuple[Schema, Any]]) -> Node:
    layers: list[tuple[Schema, Any]] = []
    for schema, resolver in starts:
        layers.append((schema, resolver))
        if "$ref" in schema:
            target = resolver.lookup(schema["$ref"])
            layers.extend(node([(target.contents, target.resolver)]).layers)
    return Node(tuple(layers))


def root_of(schema: Schema) -> Node:
    resource = DRAFT202012.create_resource(schema)
    return node([(schema, Registry().resolver_with_root(resource))])


def walk(start: Node, key: Key = ()) -> Iterator[tuple[Key, Node]]:
    for name, child in start.children().items():
        yield (*key, name), child
        yield from walk(child, (*key, name))


def figures(start: Node) -> list[Key]:
    """Return the cells of the tables."""
    return [key for key, child in walk(start) if key[0] in SECTIONS and child.first("x-cell")]


def skeleton(start: Node, leaf: Callable[[Node], Any]) -> Any:
    children = start.children()
    if children:
        return {key: skeleton(child, leaf) for key, child in children.items()}
    return leaf(start)


def report(start: Node, leaf: Callable[[Node], Any]) -> Schema:
    built: Schema = skeleton(start, leaf)
    built.update(report_type="gov-info-annual/2021", year=2023)
    built["organ"]["name"] = "某县某局"
    return built


def null(_: Node) -> None:
    return None


def zero(place: Node) -> Any:
    types = place.types()
    if types & {"integer", "number"}:
        return 0
    if "string" in types:
        values = place.first("enum") or ["文字"]
        return "2023-12-31" if place.first("format") == "date" else values[0]
    empty: dict[str, Any] = {"array": [], "object": {}}
    return next((empty[name] for name in empty if name in types), None)


def filled(start: Node) -> Schema:
    return report(start, zero)


# --- the files ---------------------------------------------------------------------------------


def test_the_metaschema_is_a_schema_and_describes_every_keyword() -> None:
    plain = read(METASCHEMA)
    Draft202012Validator.check_schema(plain)
    keywords = plain["$defs"]["node"]["properties"]
    assert set(plain["$defs"]["node"]["propertyNames"]["enum"]) == set(keywords)
    undescribed = [name for name, keyword in keywords.items() if not keyword.get("description")]
    assert undescribed == []
    for part in ("report", "section", "cell", "row", "table", "entries", "place", "rule"):
        for name, keyword in plain["$defs"][part]["properties"].items():
            assert keyword.get("description"), (part, name)


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_every_file_is_of_the_dialect_and_of_draft_2020_12(path: Path) -> None:
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    assert [error.json_path for error in dialect().iter_errors(schema)] == []


def test_a_rule_kind_unknown_to_the_program_is_refused(schema: Schema) -> None:
    bare = Draft202012Validator(read(METASCHEMA), registry=Registry())
    assert not bare.is_valid(schema)


def subschemas(schema: Any) -> Iterator[Schema]:
    if isinstance(schema, dict):
        yield schema
        for resource in DRAFT202012.create_resource(schema).subresources():
            yield from subschemas(resource.contents)


def test_a_misspelt_keyword_is_refused_at_any_depth(schema: Schema) -> None:
    places = list(subschemas(schema))
    assert len(places) > 150
    for place in places:
        place["x-tilte"] = {}
    refused = {
        tuple(error.absolute_path)
        for error in dialect().iter_errors(schema)
        if error.validator == "enum" and error.instance == "x-tilte"
    }
    assert len(refused) == len(places)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("x-cell", {"unti": "件"}),
        ("x-cell", {"decimals": -1}),
        ("x-cell", {"codes": {"<1": {"means": "range", "from": 0}}}),
        ("x-row", {"columns": [{"title": "法人"}]}),
        ("x-table", {"rows": "sideways"}),
        ("x-section", {"nummer": "一"}),
        ("x-findings", {"minimun": {"id": "T3-INT"}}),
        ("x-findings", {"type": "off"}),
        ("x-findings", {"type": {"id": "T3-INT", "severity": "fatal"}}),
        ("x-place", {"before": "total"}),
        ("x-rules", [{"id": "A", "check": "a = b", "mesage": "m"}]),
        ("x-rules", [{"id": "A", "check": "a = b", "message": "{lhs}"}]),
        ("x-rules", [{"id": "A", "check": "a = b", "each": "cell"}]),
        ("x-rules", [{"id": "A", "chekc": "a = b"}]),
        ("x-report", {"type": "a", "edition": "1", "version": "1", "language": "zh", "title": "t"}),
        ("x-dialect", 2),
        ("x-relabel", False),
        ("x-entries", {"of": "components"}),
        ("format", "dat"),
        ("pattern", "^a"),
        ("multipleOf", 0.01),
        ("const", 1),
    ],
)
def test_a_wrong_keyword_is_refused(keyword: str, value: Any) -> None:
    schema = read(edition_path("2021"))
    schema["properties"]["requests"]["properties"]["new"][keyword] = value
    assert not dialect().is_valid(schema)


@pytest.mark.parametrize("keyword", ["$schema", "$id", "x-dialect", "x-report"])
def test_the_root_says_what_the_file_is(schema: Schema, keyword: str) -> None:
    del schema[keyword]
    assert not dialect().is_valid(schema)


def test_every_reference_resolves_inside_the_file(schema: Schema) -> None:
    def check(part: Any, resolver: Any) -> int:
        if not isinstance(part, dict):
            return 0
        resource = DRAFT202012.create_resource(part)
        resolver = resolver.in_subresource(resource)
        count = 0
        for keyword in ("$ref", "$dynamicRef"):
            if keyword in part:
                resolver.lookup(part[keyword])
                count += 1
        return count + sum(check(child.contents, resolver) for child in resource.subresources())

    resource = DRAFT202012.create_resource(schema)
    resolver = Registry().resolver_with_root(resource)
    assert check(schema, resolver) > 60


# --- completeness ------------------------------------------------------------------------------


def test_keys_and_their_order(edition: str, schema: Schema) -> None:
    root = root_of(schema)
    assert list(root.children()) == ENVELOPE_HEAD + SECTIONS + ENVELOPE_TAIL
    tables = root.children()
    rows: dict[str, list[str]] = {}
    for block, members in PROACTIVE[edition].items():
        for row, cells in members.items():
            rows[f"proactive.{block}.{row}"] = cells.split()
    for name in ("requests.new", "requests.carried_in"):
        rows[name] = APPLICANTS
    for name, items in RESULTS.items():
        if items is None or (edition == "2019" and name == "other"):
            rows[f"requests.results.{name}"] = APPLICANTS
        else:
            rows.update({f"requests.results.{name}.{item}": APPLICANTS for item in items.split()})
    rows["requests.carried_forward"] = APPLICANTS
    for name in ("review", "litigation.direct", "litigation.after_review"):
        rows[f"disputes.{name}"] = OUTCOMES
    found = {
        ".".join(map(str, (table, *key))): list(child.children())
        for table in ("proactive", "requests", "disputes")
        for key, child in walk(tables[table])
        if any("x-row" in layer for layer, _ in child.layers)
    }
    assert list(found) == list(rows)
    assert found == rows


def test_number_of_figures(edition: str, schema: Schema) -> None:
    cells = figures(root_of(schema))
    tables = {"proactive": {"2019": 22, "2021": 10}[edition], "disputes": 15}
    tables["requests"] = TABLE_3_ROWS[edition] * 7
    assert {table: sum(key[0] == table for key in cells) for table in tables} == tables
    assert len(cells) == {"2019": 198, "2021": 200}[edition]


def test_every_property_has_its_labels(schema: Schema) -> None:
    missing = []
    places = [*walk(root_of(schema))]
    explanation = schema["$defs"]["core"]["$defs"]["explanations"]["items"]
    prior = schema["$defs"]["core"]["$defs"]["prior"]
    for place in (explanation, prior):
        assert place["unevaluatedProperties"] is False
        places += [((key,), Node(((child, None),))) for key, child in place["properties"].items()]
    for key, place in places:
        label = place.label_layer()
        short = label.get("x-short", {})
        titles = [label.get("title"), label.get("x-titles", {}).get("en")]
        if not all(titles) or set(short) != {"zh", "en"}:
            missing.append(key)
    assert missing == []


def test_headings_and_short_labels_of_the_sections(schema: Schema) -> None:
    children = root_of(schema).children()
    numbers = [children[name].merged("x-section").get("number") for name in SECTIONS]
    assert numbers == [None, "一", "二", "三", "四", "五", "六"]
    shorts = [children[name].label_layer()["x-short"]["zh"] for name in SECTIONS]
    assert shorts == ["开头", "第一部分", "表二", "表三", "表四", "第五部分", "第六部分"]
    ways = [
        children[name].first("x-table")["rows"] for name in ("proactive", "requests", "disputes")
    ]
    assert ways == ["stacked", "down", "across"]


def test_blank_is_allowed_everywhere_below_the_envelope(schema: Schema) -> None:
    for key, place in walk(root_of(schema)):
        if key[0] in SECTIONS:
            assert "null" in place.types(), key
            assert place.first("required") is None, key
            if place.children():
                assert place.first("unevaluatedProperties") is False, key


def test_units_and_limits_of_the_cells(edition: str, schema: Schema) -> None:
    places = dict(walk(root_of(schema)))
    for key in figures(root_of(schema)):
        place, cell = places[key], places[key].merged("x-cell")
        if key[-1] == "change":
            assert cell == {"unit": {"zh": "项", "en": "items"}, "signed": True}
            assert place.first("minimum") is None
        elif key[-1] == "amount":
            decimals, unit = {"2019": (2, "元"), "2021": (6, "万元")}[edition]
            assert (cell["decimals"], cell["unit"]["zh"]) == (decimals, unit)
            assert place.types() == {"number", "null"}
        else:
            assert place.types() == {"integer", "null"}
            assert place.first("minimum") == 0
            assert cell["unit"]["zh"] in {"件", "项"}


def test_rules_stand_where_they_belong(edition: str, schema: Schema) -> None:
    root = root_of(schema)
    found = [
        ("/" + "/".join(map(str, key)), rule)
        for key, place in [((), root), *walk(root)]
        for layer, _ in place.layers
        for rule in layer.get("x-rules", [])
    ]
    assert {(level, rule["id"], rule["severity"]) for level, rule in found} == RULES[edition]
    for _, rule in found:
        for text in ("authority", "description", "example", "advice"):
            assert set(rule[text]) == {"zh", "en"}, rule["id"]
        for reason in rule.get("reasons", []):
            assert set(reason) == {"zh", "en"}, rule["id"]
        if rule["id"].startswith(("X-", "T2-", "L-")) and rule["severity"] == "query":
            assert len(rule["reasons"]) >= 2, rule["id"]


TEMPLATES = frozenset({"says", "none", "falls", "any", "listed", "named", "share"})


def strings(value: Any) -> Iterator[str]:
    """Yield every text but templates: those are words of the reports, not of the program."""
    if isinstance(value, str):
        yield value
    for key, child in value.items() if isinstance(value, dict) else ():
        if key not in TEMPLATES:
            yield from strings(child)
    for child in value if isinstance(value, list) else ():
        yield from strings(child)


def test_own_wording_uses_no_character_of_ambiguous_width(schema: Schema) -> None:
    label = "3.危及“三安全一稳定”"
    texts = [text for text in strings(schema) if text != label]
    assert len(texts) < len(list(strings(schema)))
    for text in texts:
        assert not set(text) & set("“”‘’…—·①→×≥≤"), text
        assert not any(word in text for word in ("非法", "无效", "失败", "您必须")), text


def test_table_3_is_short_and_has_one_row_per_line(edition: str) -> None:
    text = edition_path(edition).read_text(encoding="utf-8")
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith('    "requests": {'))
    end = next(i for i in range(start, len(lines)) if lines[i].rstrip(",") == "    }")
    table = lines[start : end + 1]
    rows = [line for line in table if "gov-info-annual:core#applicants" in line]
    assert len(rows) == TABLE_3_ROWS[edition]
    assert all(line.count('"title"') == 1 and line.rstrip(",").endswith("}") for line in rows)
    core = (SCHEMAS / "core/gov-info-annual.json").read_text(encoding="utf-8").splitlines()
    top = core.index('    "applicants": {')
    row = core[top : core.index("    },", top) + 1]
    row += [line for line in core if '"$anchor": "requests-count"' in line]
    assert len(table) + len(row) <= 100


# --- instances ---------------------------------------------------------------------------------


def test_a_new_and_a_filled_report_are_valid(
    schema: Schema, validator: Draft202012Validator
) -> None:
    root = root_of(schema)
    for instance in (
        {"report_type": "gov-info-annual/2021", "year": 2023, "organ": {"name": "某局"}},
        report(root, null),
        filled(root),
    ):
        assert [error.message for error in validator.iter_errors(instance)] == []


def test_the_envelope_takes_what_the_program_writes(
    schema: Schema, validator: Draft202012Validator
) -> None:
    instance = filled(root_of(schema))
    prior = {"values": {"/requests/carried_forward/total": 3}, "source": "纸质年报", "by": "李某"}
    explanation = {
        "rule": "X-CARRY",
        "level": "/requests",
        "instance": "total",
        "pointers": ["/requests/carried_in/total"],
        "values": {"/requests/carried_in/total": "3"},
        "digest": "ab12",
        "reason": "机构改革",
        "text": "机构合并。",
        "by": "李某",
        "at": "2024-01-12T16:40:00+08:00",
        "dismissed": False,
    }
    instance["prior"] = [{"file": "../2022/a-2022.yaml", "sha256": "00"}, prior]
    instance["notes"] = {"/proactive/article_20_1/administrative_rules/made": "其中修订16件"}
    instance["explanations"] = [explanation]
    assert [error.message for error in validator.iter_errors(instance)] == []
    explanation["reasn"] = ""
    assert not validator.is_valid(instance)


def objects(value: Any, key: Key = ()) -> Iterator[tuple[Key, Schema]]:
    if isinstance(value, dict):
        yield key, value
        for name, child in value.items():
            yield from objects(child, (*key, name))


@pytest.mark.slow
def test_a_key_unknown_to_the_schema_is_refused_everywhere(
    schema: Schema, validator: Draft202012Validator
) -> None:
    instance = filled(root_of(schema))
    for key, place in objects(instance):
        if key and key[0] in {"notes", "remarks"}:
            continue
        place["natural_persn"] = None
        assert not validator.is_valid(instance), key
        del place["natural_persn"]


@pytest.mark.parametrize("key", ["report_type", "year", "organ"])
def test_the_envelope_requires_what_identifies_a_report(
    schema: Schema, validator: Draft202012Validator, key: str
) -> None:
    instance = filled(root_of(schema))
    del instance[key]
    assert not validator.is_valid(instance)


@pytest.mark.parametrize("wrong", [-1, 3.5, "/", "3", True])
def test_a_count_is_a_whole_number_not_below_zero(
    schema: Schema, validator: Draft202012Validator, wrong: Any
) -> None:
    instance = filled(root_of(schema))
    for table, row in (("requests", "new"), ("disputes", "review")):
        changed = copy.deepcopy(instance)
        changed[table][row]["total"] = wrong
        assert not validator.is_valid(changed)


# --- extension by another file -----------------------------------------------------------------


def overlay(point: str, name: str, row: str) -> Schema:
    base = read(edition_path("2021"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:disclosure-tui:dept:2021",
        "x-dialect": 1,
        "$ref": base["$id"],
        "x-report": {**base["x-report"], "type": "dept"},
        "$defs": {
            point: {
                "$dynamicAnchor": point,
                "properties": {name: {"$ref": row, "title": "增加的行"}},
            },
            "base": base,
        },
    }


@pytest.mark.parametrize(
    ("point", "place"),
    [
        ("proactive-extra", ("proactive",)),
        ("article-20-5-extra", ("proactive", "article_20_5")),
        ("denied-extra", ("requests", "results", "denied")),
        ("unable-extra", ("requests", "results", "unable")),
        ("not-processed-extra", ("requests", "results", "not_processed")),
        ("other-extra", ("requests", "results", "other")),
    ],
)
def test_an_extension_adds_a_row_to_a_closed_group(point: str, place: tuple[str, ...]) -> None:
    row = "urn:disclosure-tui:gov-info-annual:core#applicants"
    extended = overlay(point, "commercial_secret", row)
    assert [error.json_path for error in dialect().iter_errors(extended)] == []
    base = read(edition_path("2021"))
    instance = filled(root_of(base))
    group = instance
    for key in place:
        group = group[key]
    group["commercial_secret"] = dict.fromkeys(APPLICANTS, 0)
    closed = Registry()
    assert Draft202012Validator(extended, registry=closed).is_valid(instance)
    assert not Draft202012Validator(base, registry=closed).is_valid(instance)
    group["commercial_secret"]["totl"] = 0
    assert not Draft202012Validator(extended, registry=closed).is_valid(instance)


# --- the embedded core -------------------------------------------------------------------------


def embed_core() -> Any:
    spec = importlib.util.spec_from_file_location("embed_core", ROOT / "tools/embed_core.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_embedded_parts_are_fresh(schema: Schema) -> None:
    assert embed_core().main(["--check"]) == 0
    for name, part in (("core", "envelope"), ("gov-info-annual", "gov-info-annual")):
        assert schema["$defs"][name] == read(SCHEMAS / f"core/{part}.json")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    (tmp_path / "core").mkdir()
    for path in shipped():
        target = tmp_path / path.relative_to(SCHEMAS)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_a_stale_part_is_named_and_replaced_without_touching_the_rest(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool = embed_core()
    part, schema = copied / "core/envelope.json", copied / "gov-info-annual-2021.schema.json"
    before = schema.read_text(encoding="utf-8")
    part.write_text(part.read_text(encoding="utf-8").replace("签发人", "批准人"), encoding="utf-8")
    assert tool.main(["--check", "--schemas", str(copied)]) == 1
    message = capsys.readouterr().err
    assert "gov-info-annual-2021.schema.json" in message
    assert "make schemas" in message
    assert schema.read_text(encoding="utf-8") == before
    assert tool.main(["--schemas", str(copied)]) == 0
    assert schema.read_text(encoding="utf-8") == before.replace("签发人", "批准人")
    assert tool.main(["--check", "--schemas", str(copied)]) == 0


def test_a_part_that_is_referred_to_but_not_embedded_is_an_error(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / "gov-info-annual-2021.schema.json"
    schema = read(path)
    del schema["$defs"]["core"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert embed_core().main(["--check", "--schemas", str(copied)]) == 1
    assert "urn:disclosure-tui:core:1" in capsys.readouterr().err
