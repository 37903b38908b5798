"""SVG files as the engine draws them: elements that know their line, their styles, their copies."""
