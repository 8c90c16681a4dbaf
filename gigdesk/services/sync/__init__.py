"""Keeping the desk and the mail servers the same."""

from gigdesk.services.sync.service import SyncService

__all__ = ["SyncService"]
