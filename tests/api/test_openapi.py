"""The description of the API against what it does."""

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

import app
from serval.export import fields, kinds
from serval.openapi import WORDS
from serval.selection import KEYS

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app.server)
# Without the phase of examples, which would try every one of some thousand ids on every kind.
FEW = settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# A day `from` after the day `to`, and a number with an exponent, are well formed and yet refused.
REFUSED = [checks.positive_data_acceptance]


@pytest.fixture(scope="module")
def described(client) -> dict:
    return client.get("/api/v1/openapi.json").json


@schema.parametrize()
@FEW
def test_answers_are_as_described(case):
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=REFUSED)


def test_every_key_and_kind_is_described(described):
    assert list(WORDS) == [key.key for key in KEYS]
    assert list(described["paths"]) == [f"/{kind}" for kind in kinds.KINDS]
    for path in described["paths"].values():
        names = [parameter["$ref"].rpartition("/")[2] for parameter in path["get"]["parameters"]]
        assert names == [*(key.key for key in KEYS), "scope"]


def test_the_description_is_valid_json_schema(described):
    for part in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(part)


@pytest.mark.parametrize("query", ["", "?scope=all&lang=fr"])
@pytest.mark.parametrize("table", fields.TABLES)
def test_rows_are_as_described(client, described, table: str, query: str):
    check(described, f"{table}.rows", client.get(f"/api/v1/{table}.json{query}").json)


def test_features_are_as_described(client, described):
    check(described, "features", client.get("/api/v1/events.geojson?scope=all").json)


def check(described: dict, name: str, body: object) -> None:
    whole = {**described, "$ref": f"#/components/schemas/{name}"}
    jsonschema.Draft202012Validator(whole).validate(body)
