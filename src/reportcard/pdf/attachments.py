"""What an archive needs besides the pages: the colours' meaning, and the sources from which the
card was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Stream

from reportcard.pdf.profile import Profile

#: Annotation flag “Print” (ISO 32000-1, table 165), which ISO 19005-3, 6.3.2, requires of every
#: annotation.
_PRINT: Final = 4
_TYPES: Final[Mapping[str, str]] = {
    "yaml": "application/yaml",
    "css": "text/css",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be kept with the card: its path in the workspace, its bytes, and whether the card
    was made from it.
    """

    path: str
    data: bytes
    is_source: bool = True


def attach(pdf: pikepdf.Pdf, files: tuple[Attachment, ...], stamp: str) -> None:
    """Attaches files to the document, each with its relation to it (ISO 19005-3, 6.8). `stamp` is a
    PDF date.

    Their names have the whole path, with `-` for `/`: readers write attachments into one folder.
    """
    associated = Array()
    for file in files:
        name = file.path.replace("/", "-")
        relation = Name.Source if file.is_source else Name.Supplement
        kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
        spec = AttachedFileSpec(
            pdf,
            file.data,
            description=file.path,
            filename=name,
            mime_type=kind,
            creation_date=stamp,
            mod_date=stamp,
            relationship=relation,
        )
        pdf.attachments[name] = spec
        associated.append(spec.obj)
    pdf.Root.AF = associated


def set_intent(pdf: pikepdf.Pdf, profile: Profile, kind: Name, condition: str) -> None:
    """Says in which colours the file is meant, with the profile in it (ISO 32000-1, 14.11.5).
    `kind` names the standard.
    """
    stream = pdf.make_stream(profile.data, N=profile.components)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=kind,
        OutputConditionIdentifier=condition,
        Info=profile.name,
        DestOutputProfile=stream,
    )
    if kind == Name.GTS_PDFX and condition.casefold() != "custom":
        intent.RegistryName = "http://www.color.org"
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def print_annotations(pdf: pikepdf.Pdf) -> None:
    """An annotation on the page is also printed: an archive hides nothing."""
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, ()):
            annotation.F = _PRINT


def smooth_nothing(pdf: pikepdf.Pdf) -> None:
    """Pictures are shown as they are: a reader that smooths them would show another picture (ISO
    19005-3, 6.2.8).
    """
    for picture in pdf.objects:
        if isinstance(picture, Stream) and Name.Interpolate in picture:
            del picture[Name.Interpolate]
