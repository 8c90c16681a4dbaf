"""Sorting: which label a mail gets and why, what warns of it, and what corrections taught."""
