"""What a mail says, as it is weighed: tables of words, and the reading of a mail by them."""
