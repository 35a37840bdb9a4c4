"""Duties, their readings, and what they amount to on every day: `duties.md` in code."""
