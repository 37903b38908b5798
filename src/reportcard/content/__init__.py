"""What people write: YAML files, read with their lines, into a frozen model."""
