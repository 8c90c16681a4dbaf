"""Writing mails: the pane, its fields of addresses, and paper."""
