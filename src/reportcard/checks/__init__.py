"""What must be true of content before it is set: one module per family, one function per rule."""
