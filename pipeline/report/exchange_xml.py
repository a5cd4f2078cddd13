"""What REFI-QDA files are written with: elements, identifiers, and text that XML can hold."""

import re
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from lxml.builder import ElementMaker
    from lxml.etree import _Element

CODEBOOK_SPACE, PROJECT_SPACE = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
SCHEMAS = {
    CODEBOOK_SPACE: "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd",
    PROJECT_SPACE: "http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd",
}
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ROOT = UUID("6f0f2a52-6c3e-5a0c-9d4b-2f1f0c6f7a11")  # of all identifiers that are made here
# What XML 1.0 cannot hold (section 2.2), and a byte order mark, which programs take off and then count one less.
UNSAFE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def valid(text: str) -> str:
    r"""Put a space in place of every character that XML cannot hold, so that offsets stay.

    >>> valid("Phụ cấp\x0b thấp")
    'Phụ cấp  thấp'
    """
    return UNSAFE.sub(" ", text)


def guid(kind: str, *names: str) -> str:
    """Make the identifier of a thing from what it is and its names: the same each time, another for other names.

    >>> guid("code", "thu", "funding") == guid("code", "thu", "funding") != guid("code", "thufunding")
    True
    """
    return str(uuid5(ROOT, "\x1f".join((kind, *names)).encode(errors="replace").decode()))


def maker(space: str) -> "ElementMaker":
    """Give what makes the elements of a schema."""
    from lxml.builder import ElementMaker

    return ElementMaker(namespace=space, nsmap={None: space, "xsi": INSTANCE})


def document(root: "_Element", space: str) -> bytes:
    """Write a tree with its declaration and the place of its schema."""
    from lxml import etree

    root.set(f"{{{INSTANCE}}}schemaLocation", f"{space} {SCHEMAS[space]}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
