"""Measurements, repeatable, side by side with a floor in the same run. `python -m benchmarks` runs them all."""
