"""Answers to mails, written here and put before the person."""

from gigdesk.services.drafts.writing import DraftService

__all__ = ["DraftService"]
