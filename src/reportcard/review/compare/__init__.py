"""Which passage is which, and what differs between them."""
