"""The API keeps what its description says, whatever it is sent: no answer of another shape, and nothing breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.config import SchemathesisConfig

from meterward.api.description import description
from meterward.core.records.kinds import all_kinds
from meterward.wiring.example_store import LEDGER
from tests.builders.desks import JSON, incident, secret_of

if TYPE_CHECKING:
    from schemathesis import Case

EXAMPLES = 30
CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "max-examples": EXAMPLES, "deterministic": True},
        # Else hardly any example would come further than the gate.
        "parameters": {"path.ledger": LEDGER},
        # What a schema cannot say (which days, records and roles there are) is said by problems with these statuses.
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "403", "404", "409", "411", "422"]},
        },
    }
)
SCHEMA = schemathesis.openapi.from_dict(description(), config=CONFIG)
SCHEMA.app = get_wsgi_application()
PATHS: dict[str, dict[str, Any]] = description()["paths"]
OPERATIONS = [(path, method) for path, methods in PATHS.items() for method in methods]
PDF = b"%PDF-1.7 nothing much"
ROOT = "/api/v1/{ledger}"
ANSWERED: dict[str, list[dict[str, Any]]] = {
    "GET /api/v1/ledgers": [{}],
    "GET /api/v1/kinds": [{}],
    "GET /api/v1/kinds/{kind}": [{"kind": name} for name in all_kinds()],
    f"GET {ROOT}/position": [{}, {"query": {"as_at": "2025-06-01", "licence": "gas", "param": ["z8_strength=comply"]}}],
    f"GET {ROOT}/clauses/{{clause}}": [{"clause": clause} for clause in ("Z.14", "Z.9/effect", "Z.5", "Z.19")],
    f"GET {ROOT}/deadlines": [{}, {"query": {"known_at": 200}}],
    f"GET {ROOT}/changes": [{}, {"query": {"from_as_at": "2025-06-01"}}, {"query": {"to_known_at": "2025-06-01"}}],
    f"GET {ROOT}/receipt": [{}],
    f"GET {ROOT}/records": [{}, {"query": {"limit": 200, "kind": ["audit.reported"]}}],
    f"GET {ROOT}/records/{{record}}": [{"record": "0"}, {"record": "552"}],
    f"GET {ROOT}/records/{{record}}/statement": [{"record": "0"}, {"record": "552"}],
    f"POST {ROOT}/records": [{"body": incident()}, {"body": [incident(2), incident(3)]}],
    f"POST {ROOT}/records/preview": [{"body": incident()}],
    f"POST {ROOT}/files": [{"body": PDF, "media_type": "application/octet-stream"}],
}
"""For each operation that answers in JSON, requests that it answers with what was asked for."""


PLAIN = (
    "files/{digest}",
    "records/{record}/proof",
    "records/{record}/time-stamp",
    "records/{record}/stamped-checkpoint",
    "log/checkpoint",
    "log/tile/{tile}",
)
"""What is given as it is, and not in JSON."""


def headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {secret_of('security')}"}


def test_the_description_is_openapi_3_1() -> None:
    assert re.fullmatch(r"3\.1\.\d", description()["openapi"])
    assert {*ANSWERED, *(f"GET {ROOT}/{one}" for one in PLAIN)} == {
        f"{method.upper()} {path}" for path, method in OPERATIONS
    }


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_an_operation_says_what_it_is_and_what_may_come_instead(path: str, method: str) -> None:
    operation = PATHS[path][method]
    assert operation["summary"].endswith(".")
    assert {"401", "403", "404", "405", "415", "422", "500", "503"} < {str(one) for one in operation["responses"]}
    assert all(response["content"] for response in operation["responses"].values())
    assert all(one["description"] for one in operation["parameters"] if one["in"] != "path")


@pytest.mark.parametrize("operation", ANSWERED)
def test_an_answer_fits_its_shape(operation: str) -> None:
    method, path = operation.split()
    for request in ANSWERED[operation]:
        parts = {name: value for name, value in request.items() if name not in ("query", "body", "media_type")}
        case = SCHEMA[path][method].Case(
            path_parameters={"ledger": LEDGER, **parts} if "{ledger}" in path else parts,
            query=request.get("query", {}),
            **({"body": request["body"], "media_type": request.get("media_type", JSON)} if "body" in request else {}),
        )
        response = case.call(headers=headers())
        assert response.status_code in (200, 201), response.text
        SCHEMA[path][method].validate_response(response)


@SCHEMA.parametrize()
def test_nothing_breaks_and_every_answer_fits_its_shape(case: Case[Any]) -> None:
    case.call_and_validate(headers=headers())
