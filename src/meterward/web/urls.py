"""Every address. Each view says what it needs; the gate refuses one that does not."""

from __future__ import annotations

from django.urls import path

from meterward.web.views import choosing, position, signing

urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("<slug:ledger>/", position.position, name="position"),
]
