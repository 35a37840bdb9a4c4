"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run and machine: a red test is the change's doing. No deadline, because a busy
# machine is not a defect. To search further afield, name another profile with --hypothesis-profile.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")
