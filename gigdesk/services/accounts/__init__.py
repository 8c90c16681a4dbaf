"""Mail accounts: adding, proving who one is, setting up, removing."""

from gigdesk.services.accounts.service import AccountService
from gigdesk.services.accounts.setting_up import SettingUp

__all__ = ["AccountService", "SettingUp"]
