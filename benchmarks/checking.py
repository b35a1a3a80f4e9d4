"""A full check of the complete 2021 sample beside plain JSON Schema validation, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from benchmarks.timing import milliseconds
from disclosure_tui.model.report import Report
from disclosure_tui.opening import open_document
from disclosure_tui.report_type import load_report_type, load_schema_file

SAMPLE = Path(__file__).parents[1] / "samples/complete/sqs-2023.yaml"
GOAL = 2.0


def run() -> Iterator[str]:
    """Measure."""
    loaded = load_report_type("gov-info-annual/2021")
    form = loaded.form
    registry = Registry().with_resources(
        (uri, DRAFT202012.create_resource(item)) for uri, item in form.resources.items()
    )
    plain = Draft202012Validator(form.resources[form.identifier], registry=registry.crawl())
    document = open_document(SAMPLE)
    report = Report(document.data)
    source = document.encode()
    validation = milliseconds(lambda: list(plain.iter_errors(document.data)))
    check = milliseconds(lambda: loaded.checker.check(report))
    reading = milliseconds(lambda: type(document).read(source), rounds=10)
    loading = milliseconds(lambda: load_schema_file(loaded.path, "package"), rounds=5)
    yield f"figures {len(form.cells)}, rule instances {len(loaded.checker.instances(form))}"
    yield f"jsonschema.iter_errors {validation:.2f} ms"
    yield f"full check             {check:.2f} ms, ratio {check / validation:.2f} (goal {GOAL})"
    yield f"reading the file       {reading:.2f} ms"
    yield f"loading the schema     {loading:.2f} ms"
