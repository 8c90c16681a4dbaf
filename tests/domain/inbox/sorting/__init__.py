"""Sorting: its rules, and how good they are together."""
