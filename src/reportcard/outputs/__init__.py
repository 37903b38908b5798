"""What is made of a card for other places than paper: gauges for slides, pictures for social
media.
"""
