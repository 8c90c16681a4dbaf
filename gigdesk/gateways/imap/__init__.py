"""Mail servers by IMAP."""
