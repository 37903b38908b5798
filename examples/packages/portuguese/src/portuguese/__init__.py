"""What reportcard knows of Portuguese: pt.yaml, and messages/pt.po. There is no code."""
