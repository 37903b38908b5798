"""A survey of generated cards: what a designer would refuse on their pages, found by geometry read
off the finished PDFs, beside what the proof reported.

    python -m benchmarks.survey --seed 1 --cards 200

`plans` says what differs between the cards, `prose` and `workspaces` write them, `pages` reads a
finished PDF as lines, figures and rectangles, `space` and `type` find faults in that, `reports`
says which of them the proof reported, `sheets` shows the pages.
"""
