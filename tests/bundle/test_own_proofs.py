"""Each record of a selection has a proof of its own, and a bundle whose proofs do not hold is refused."""

from __future__ import annotations

from meterward.usecases.select_records import Chosen
from tests.builders.bundles import resigned
from tests.builders.northlight import LARGE, failed, maker


def test_a_selection_whose_own_proofs_do_not_hold_is_refused_though_the_log_signed_it() -> None:
    by = maker(LARGE)
    some = by.bundle(Chosen(subject="policy/1"))
    first, second = [name for name in sorted(some.files) if name.startswith("proofs/")][:2]
    data = some.files[first]
    for changed, told in (
        (some.changed(first, None), f"{first}, which is missing"),
        (some.changed(first, some.files[second]), first),
        (some.changed(first, data[:-1]), first),
        (some.changed(first, data.replace(b"extra ey", b"extra ez")), first),
        (some.changed("proofs/999.tlog-proof", data), "proofs/999.tlog-proof, which is of no record here"),
    ):
        found = by.verify(resigned(changed, by))
        assert failed(found) == [6]
        assert told in found.steps[5].found.items
