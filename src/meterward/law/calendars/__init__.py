"""Calendars of bank holidays, as data."""
