"""What the editor accepts and refuses, tried with an independent validator on what an editor sees."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from jsonschema import Draft202012Validator

from hopdocs.sources.config import parse_config
from hopdocs.sources.editor.schema import config_schema, family_schema, indicators_schema, project_schema
from hopdocs.sources.editor.words import DESCRIPTIONS
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from hopdocs.model.config import Config

ROOT: Final = Path(__file__).parents[4]
CASES: Final = ROOT / "tests" / "golden" / "diagnostics"

FAMILY: Final = Draft202012Validator(family_schema())
CONFIG: Final = Draft202012Validator(config_schema())


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors use: `10.00` is a number, `ja` and `2026-11-24` are text."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),
    ("null", r"^(?:null|Null|NULL|~|)$", ["n", "N", "~", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def _faults(validator: Draft202012Validator, text: str) -> list[str]:
    seen: Any = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a SafeLoader with fewer types
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:80]}" for fault in validator.iter_errors(seen)]


@pytest.fixture(scope="module")
def config() -> Config:
    read = parse_config((CASES / "config.yaml").read_bytes(), "config.yaml")
    assert read.config is not None
    return read.config


def test_the_editor_underlines_nothing_in_the_catalogue_of_indicators() -> None:
    text = (ROOT / "indikatorer.yaml").read_text("utf-8")
    assert _faults(Draft202012Validator(indicators_schema()), text) == []
    assert _faults(Draft202012Validator(indicators_schema()), text.replace("who: barn", "who: bran"))


def test_the_editor_offers_each_indicator_by_its_name_and_takes_those_that_it_does_not_know() -> None:
    key = family_schema()["$defs"]["Indicator"]["properties"]["key"]
    offered = {item["const"]: item["title"] for item in key["anyOf"] if "const" in item}
    assert offered["b_skole_fravaer"] == "Fravær fra skole eller dagtilbud"
    validator = Draft202012Validator(key)
    assert all(validator.is_valid(word) for word in ("b_skole_fravaer", "skolefravær", "vores_egen"))


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "families").glob("*.yaml")))
def test_the_editor_underlines_nothing_in_a_sample_family(name: str) -> None:
    assert _faults(FAMILY, (ROOT / "families" / name).read_text("utf-8")) == []


def test_the_editor_underlines_nothing_in_the_sample_settings() -> None:
    assert _faults(CONFIG, (ROOT / "config.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize("case", ["faultless", "danish_forms", "cancelled_in_danish", "ordinary_comments"])
def test_the_editor_underlines_no_form_that_the_loader_takes(case: str) -> None:
    assert _faults(FAMILY, (CASES / case / "input.yaml").read_text("utf-8")) == []


FORMS: Final = {
    "start_date: 2026-10-06": [
        "6.10.2026", "06-10-2026", "6/10/2026", "6. oktober 2026", "6 okt 2026", "6. OKTOBER 2026",
        "tirsdag 6.10.2026", "Tirsdag den 6. oktober 2026", "den 6. oktober 2026", "tirsdag, d. 6.10.2026",
        "d. 6.10.2026",
        '"2026-10-06"', '" 2026-10-06 "',
    ],
    'start: "10.00"': ["10.00", "10:00", "kl. 10.00", "Kl 10:00", "9.30", '"09:30"'],
    "attends: true": ["ja", "Ja", "JA", "nej", "yes", "No", "FALSE", '"true"', "", "~"],
    "hours_per_week: 1,5": ["2", "1.5", "1.25", '"1,5"', "0"],
    "every_weeks: 6": ['"6"', "0"],
    "value: 1": ["7,5", '"7.5"', "0", "ja", "Nej", "true", "", "~"],
    "role: child": ["barn", "Barn", "CHILD", '" child "'],
    "postcode: 9999": ['"9999"'],
    "message: Vi glæder os til at se jer.": ["12", "ja", "true", '"x"', "10.00", "", "~"],
    "end: 2027-04-30": ["løbende", "Løbende", "30.4.2027", ""],
    "type: familieplansmøde": ["Familieplansmøde", "fagligt  formøde", "formøde", "opfølgende møde"],
    'case_number: "26-012345"': ["26-012345", "26012345", "", "null"],
}  # fmt: skip


@pytest.mark.parametrize(("line", "value"), [(line, value) for line, values in FORMS.items() for value in values])
def test_the_editor_and_the_loader_accept_the_same_forms(line: str, value: str, config: Config) -> None:
    base = (CASES / "faultless" / "input.yaml").read_text("utf-8")
    key = line.partition(":")[0]
    text = base.replace(line, f"{key}: {value}", 1)
    assert line in base
    read = parse_family(text.encode(), "families/hop-2026-007.yaml", config)
    assert [fault.code for fault in read.diagnostics if fault.code != "HD161"] == []
    assert _faults(FAMILY, text) == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("start_date: 2026-10-06", "start_date: 6.10.26"),
        ("start_date: 2026-10-06", "start_date: tirsdagg 6.10.2026"),
        ("start_date: 2026-10-06", "start_date:"),
        ('start: "10.00"', "start: ti"),
        ("attends: true", "attends: måske"),
        ("hours_per_week: 1,5", 'hours_per_week: "1.250"'),
        ("hours_per_week: 1,5", "hours_per_week: 2 timer"),
        ("role: child", "role: bran"),
        ("for: [sami], since", "for: sami, since"),
        ("tovholder:", "tovholdr:"),
        ("    type: familieplansmøde\n", ""),
        ("  - id: familieplan", "  - id: familie plan"),
        ("contact: {address", "contact: {adress"),
    ],
)
def test_the_editor_underlines_what_the_loader_refuses(line: str, value: str, config: Config) -> None:
    base = (CASES / "faultless" / "input.yaml").read_text("utf-8")
    assert line in base
    text = base.replace(line, value, 1)
    assert parse_family(text.encode(), "families/hop-2026-007.yaml", config).family is None
    assert _faults(FAMILY, text)


@pytest.mark.parametrize("schema", [family_schema(), config_schema(), project_schema(), indicators_schema()])
def test_every_key_has_a_danish_title_and_description_and_no_mapping_is_open(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        for key, value in part["properties"].items():
            assert value["title"], key
            assert value["description"], key


def test_no_description_is_kept_for_a_key_that_is_gone() -> None:
    keys = set()
    for root, schema in (("Family", family_schema()), ("Config", config_schema()), ("Project", project_schema())):
        for name, part in [(root, schema), *schema["$defs"].items()]:
            keys |= {f"{name}.{key}" for key in part["properties"]}
    assert set(DESCRIPTIONS) <= keys
