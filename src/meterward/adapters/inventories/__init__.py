"""Inventories in the formats that suppliers have: read into a system, and written from one."""
