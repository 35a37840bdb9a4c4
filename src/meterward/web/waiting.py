"""What is shown while an answer is on the way: how far it has come, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from meterward.adapters.background import Job as Underway

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["Underway", "show_underway"]
_AGAIN = "1"
"""After so many seconds a browser without scripts asks again."""


def show_underway(request: HttpRequest, job: Underway) -> HttpResponse:
    """The page of an answer that is on the way. It asks again by itself, and becomes the answer."""
    shown = {"done": job.done, "total": job.total, "again": request.get_full_path()}
    response = render(request, "underway.html", shown, status=202)
    response["Refresh"] = _AGAIN
    response["Cache-Control"] = "no-store"
    return response
