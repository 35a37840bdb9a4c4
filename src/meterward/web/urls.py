"""Every address. Each view says what it needs; the gate refuses one that does not."""

from __future__ import annotations

from django.urls import include, path

from meterward.web.views import (
    append,
    changes,
    choosing,
    clause,
    drafts,
    files,
    handing,
    ledger,
    nowhere,
    position,
    proving,
    record,
    records,
    signing,
    stopping,
    system,
    system_changes,
    system_element,
    system_map,
    system_matrix,
    tokens,
)

handler500 = "meterward.web.gate.broken"
urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    # Named, not imported: pages and API know nothing of each other.
    path("api/v1/", include("meterward.api.urls")),
    path("<slug:ledger>/", position.position, name="position"),
    path("<slug:ledger>/changes", changes.changes, name="changes"),
    path("<slug:ledger>/clauses/<path:clause>", clause.clause, name="clause"),
    path("<slug:ledger>/stop", stopping.stop, name="stop"),
    path("<slug:ledger>/system", system.table, name="system"),
    path("<slug:ledger>/system/elements/<path:element>", system_element.element, name="system-element"),
    path("<slug:ledger>/system/matrix", system_matrix.matrix, name="system-matrix"),
    path("<slug:ledger>/system/matrix/fill", system_matrix.fill, name="system-fill"),
    path("<slug:ledger>/system/map", system_map.drawn, name="system-map"),
    path("<slug:ledger>/system/map.json", system_map.graph, name="system-graph"),
    path("<slug:ledger>/system/changes", system_changes.changes, name="system-changes"),
    path("<slug:ledger>/records", records.records, name="records"),
    path("<slug:ledger>/records/<int:number>", record.record, name="record"),
    path("<slug:ledger>/records/<int:number>/proof", proving.proof, name="record-proof"),
    path("<slug:ledger>/records/<int:number>/statement", proving.statement, name="record-statement"),
    path("<slug:ledger>/records/<int:number>/time-stamp", proving.token, name="record-time-stamp"),
    path("<slug:ledger>/records/<int:number>/stamped-checkpoint", proving.stamped, name="record-stamped"),
    path("<slug:ledger>/records/id/<slug:identity>", record.by_id, name="record-by-id"),
    path("<slug:ledger>/ledger", ledger.ledger_itself, name="ledger"),
    path("<slug:ledger>/ledger/policy", ledger.policy, name="ledger-policy"),
    path("<slug:ledger>/ledger/bundles", handing.bundles, name="bundles"),
    path("<slug:ledger>/ledger/bundles/<slug:bundle>", handing.bundle, name="bundle"),
    path("<slug:ledger>/append", append.choose, name="append"),
    path("<slug:ledger>/append/<str:kind>", append.begin, name="append-kind"),
    path("<slug:ledger>/append/<str:kind>/<uuid:draft>", append.write, name="append-draft"),
    path("<slug:ledger>/append/<str:kind>/<uuid:draft>/preview", append.preview, name="append-preview"),
    path("<slug:ledger>/drafts", drafts.drafts, name="drafts"),
    path("<slug:ledger>/drafts/<uuid:draft>", drafts.draft, name="draft"),
    path("<slug:ledger>/drafts/<uuid:draft>/discard", drafts.discard, name="draft-discard"),
    path("<slug:ledger>/files/<slug:digest>", files.give_file, name="file"),
    path("<slug:ledger>/tokens", tokens.tokens, name="tokens"),
    path("<slug:ledger>/tokens/<slug:token>/revoke", tokens.revoke_token, name="revoke-token"),
    # Whoever is not signed in is asked to, whether there is something at the address or not.
    path("<slug:ledger>/<path:rest>", nowhere.nowhere, name="nowhere"),
]
