"""What everything stands on: legal days, timelines, canonical bytes, problems."""
