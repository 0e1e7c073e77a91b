"""What pages and people say, in English and Spanish: each list of words stands here, once, with what it means."""
