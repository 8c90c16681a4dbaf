"""Mail as rows: what is kept, how it is joined to threads, how it is found."""
