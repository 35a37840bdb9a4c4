"""What somebody wrote while their session ended: it goes with them through signing in, in the page, and comes back.

Nothing of it is kept for somebody who has not shown who they are. The page for signing in carries what was posted; once
they are in, `web.forms.kept` makes it a draft under the id that the form had all along.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest

WRITING = re.compile(
    r"/(?P<ledger>[-\w]+)/append/(?P<kind>[\w.]+)/(?P<draft>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
"""The address of a form."""
OF_A_PREVIEW = ("append-seen", "append-signed")
"""What the page does that shows a draft before it is appended; what was written lies in the draft, and is not sent."""
_NOT_KEPT = ("csrfmiddlewaretoken", "do", "add", "remove", "upload", "seen")


def carried(request: HttpRequest) -> str:
    """What a form sent that nobody was signed in for, to be carried through signing in; empty if it is no draft."""
    if request.method != "POST" or not WRITING.fullmatch(request.path) or request.POST.get("do") in OF_A_PREVIEW:
        return ""
    pairs = [(name, values) for name, values in request.POST.lists() if name not in _NOT_KEPT]
    return json.dumps({"path": request.path, "supplies": request.GET.get("supplies", ""), "pairs": pairs})


def ask_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """The page for signing in with what was written in it; None if nothing was."""
    kept = carried(request)
    if not kept:
        return None
    if request.headers.get("HX-Request"):
        return HttpResponse("Your session ended. Go on writing: what you send is kept while you sign in again.")
    shown = {"next": request.path, "failed": False, "wait": 0, "name": "", "people": [], "password": "", "kept": kept}
    shown |= {"wrong_passkey": False, "providers": []}
    return render(request, "sign_in.html", shown, status=401)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form that was open while somebody signed in anew: what was written is sent once more, or kept.

    Nothing is done with it until whoever sits there says so.
    """
    kept = carried(request)
    if kept and not request.user.is_authenticated:
        return ask_to_sign_in(request) or HttpResponse(status=403)
    pairs = json.loads(kept)["pairs"] if kept else []
    return render(
        request, "stale.html", {"path": request.get_full_path(), "pairs": pairs, "reason": reason}, status=403
    )
