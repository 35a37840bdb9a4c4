"""The floor: read each line of a ledger, decode its JSON and hash it once."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    started = time.perf_counter()
    with Path(sys.argv[1]).open("rb") as lines:
        for line in lines:
            json.loads(line)
            hashlib.sha256(line).digest()
    print(json.dumps({"floor": time.perf_counter() - started}))
