"""Every address. Each view says what it needs; the gate refuses one that does not."""

from __future__ import annotations

from django.urls import path

from meterward.web.views import changes, choosing, clause, position, signing, stopping

urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("<slug:ledger>/", position.position, name="position"),
    path("<slug:ledger>/changes", changes.changes, name="changes"),
    path("<slug:ledger>/clauses/<path:clause>", clause.clause, name="clause"),
    path("<slug:ledger>/stop", stopping.stop, name="stop"),
]
