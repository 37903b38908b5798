"""Records that reviewers signed with their SSH keys, checked by OpenSSH itself: `ssh-keygen -Y
verify` (ssh-keygen(1), since OpenSSH 8.1). No key is handled here.
"""

import re
import subprocess
from pathlib import Path
from typing import Final

from reportcard.messages.message import Message, message

#: What signatures are for, so that one of another purpose does not count (`-n`).
NAMESPACE: Final = "reportcard"
#: What `ssh-keygen -Y sign` puts a signature into.
ENDING: Final = ".sig"
_SECONDS: Final = 20
#: A line of the list of signers: principals, options if there are any, the kind of key, the key.
_SIGNER: Final = re.compile(
    r'(?P<who>"[^"]*"|\S+)\s(?:.*\s)?(?:sk-)?(?:ssh|ecdsa)-\S+\s+(?P<key>[A-Za-z0-9+/]+=*)(?:\s|$)'
)


def shared_keys(signers: str) -> Message | None:
    """Why a list of signers does not tell its reviewers apart: one key may sign for several of
    them. None if each has a key of their own.
    """
    owners: dict[str, str] = {}
    for number, line in enumerate(signers.splitlines(), 1):
        found = None if line.lstrip().startswith("#") else _SIGNER.match(line.strip())
        if found is None:
            continue
        who, key = found["who"].strip('"'), found["key"]
        if any(sign in who for sign in "*?!,") or "cert-authority" in line.split(key)[0]:
            return message("line {n} is for any number of people: {name}", n=number, name=who)
        if owners.setdefault(key, who) != who:
            return message(
                "{name} and {other} have the same key (line {n})",
                name=owners[key],
                other=who,
                n=number,
            )
    return None


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
