"""Assurance: audits and what follows from them, directions, and evidence asked for and produced."""
