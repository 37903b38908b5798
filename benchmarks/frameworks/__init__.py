"""Whether any index works: workspaces of fifteen frameworks, begun by `reportcard init`, filled
with generated scores and texts in English and Spanish, and put through every output up to a
release.

    python -m benchmarks.frameworks OUTPUT [NAME …]

`trials` says what is tried, `texts` writes the cards, `sheets` shows what came out.
"""
