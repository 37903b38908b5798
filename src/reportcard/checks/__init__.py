"""Rules on content, checked before it is set: one module per family, one function per rule."""
