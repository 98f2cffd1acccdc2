"""Which files are pictures that a browser may show: their first bytes decide, whatever they are called.

SVG is none of them: it can hold scripts.
"""

LOOKED_AT = 32  # bytes
SHOWN = 5 * 1024 * 1024  # bytes; larger pictures are only handed out
_PNG = b"\x89PNG\r\n\x1a\n"


def picture_type(first: bytes) -> str:
    """The media type of a picture, by its first bytes (PNG, JPEG, GIF, WebP); empty for anything else."""
    if first.startswith(_PNG) and first[12:16] == b"IHDR":
        return "image/png"
    if first.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if first.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if first.startswith(b"RIFF") and first[8:12] == b"WEBP":
        return "image/webp"
    return ""
