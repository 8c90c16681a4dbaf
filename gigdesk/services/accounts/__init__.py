"""Mail accounts: adding, proving who one is, removing."""

from gigdesk.services.accounts.service import AccountService

__all__ = ["AccountService"]
