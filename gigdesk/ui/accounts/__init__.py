"""Mail accounts as people see them."""
