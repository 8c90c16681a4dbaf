"""Writing mails oneself: new ones, answers, forwards; kept while they are written."""

from gigdesk.services.composing.service import ComposingService

__all__ = ["ComposingService"]
