"""What a worker process needs, imported once before workers are forked: importing this module is
all that is done with it.
"""

import gc

from reportcard.build import card as making
from reportcard.page.typeset.engine import warm_up

warm_up()
# What is imported stays: workers that look for garbage would copy the pages of memory that they
# share.
gc.collect()
gc.freeze()

__all__ = ["making"]
