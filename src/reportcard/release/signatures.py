"""Records that reviewers signed with their SSH keys, checked by OpenSSH itself: `ssh-keygen -Y
verify` (ssh-keygen(1), since OpenSSH 8.1). No key is handled here.
"""

import subprocess
from pathlib import Path
from typing import Final

from reportcard.messages.message import Message, message

#: What signatures are for, so that one of another purpose does not count (`-n`).
NAMESPACE: Final = "reportcard"
#: What `ssh-keygen -Y sign` puts a signature into.
ENDING: Final = ".sig"
_SECONDS: Final = 20


def unproven(record: Path, reviewer: str, signers: Path) -> Message | None:
    """Why a record is not known to be a reviewer's; None if it has a signature by a key that
    `signers` lists beside the reviewer's name (ssh-keygen(1), ALLOWED SIGNERS).
    """
    signature = record.with_name(record.name + ENDING)
    if not signature.is_file():
        return message("{file} is missing", file=signature.name)
    call = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", reviewer, "-n", NAMESPACE]
    try:
        done = subprocess.run(
            [*call, "-s", str(signature)],
            input=record.read_bytes(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return message("ssh-keygen (OpenSSH) is not installed")
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return message("ssh-keygen failed or took too long")
    if done.returncode:
        return message(
            "the record was changed after it was signed, or {file} does not list the key for "
            "this reviewer",
            file=signers.name,
        )
    return None
