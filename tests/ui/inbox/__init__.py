"""Tests of the Inbox tab."""
