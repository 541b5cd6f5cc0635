"""Why the system refuses to read or write a file, in words that are not the system's own.

``reason_of(PermissionError(13, "Permission denied"))["de"]`` is "die Berechtigung fehlt". What has no words here is
named by its number, which somebody in charge of the system can look up.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

from kamxl.texts import Text

_GONE = Text(
    de="die Verbindung zum Laufwerk ist unterbrochen",
    en="the connection to the drive is interrupted",
)
_FULL = Text(de="kein Speicherplatz mehr frei", en="no space is left")
_DENIED = Text(de="die Berechtigung fehlt", en="permission is missing")
_BY_NUMBER: Mapping[int, Text] = MappingProxyType(
    {
        errno.EACCES: _DENIED,
        errno.EPERM: _DENIED,
        errno.ENOSPC: _FULL,
        errno.EDQUOT: _FULL,
        errno.EROFS: Text(
            de="das Laufwerk ist schreibgeschützt", en="the drive is write-protected"
        ),
        errno.ENOENT: Text(
            de="Datei oder Ordner nicht gefunden", en="file or folder not found"
        ),
        errno.ENOTDIR: Text(
            de="ein Teil des Pfads ist kein Ordner",
            en="a part of the path is no folder",
        ),
        errno.EISDIR: Text(de="das ist ein Ordner", en="it is a folder"),
        errno.EEXIST: Text(
            de="es gibt schon etwas mit diesem Namen",
            en="there is something of this name already",
        ),
        errno.ENAMETOOLONG: Text(de="der Name ist zu lang", en="the name is too long"),
        errno.ELOOP: Text(
            de="die Verknüpfung führt im Kreis", en="the link leads in a circle"
        ),
        errno.EINVAL: Text(
            de="der Name ist hier nicht erlaubt", en="the name is not allowed here"
        ),
        errno.EBUSY: Text(
            de="ein anderes Programm benutzt sie", en="another program is using it"
        ),
        errno.EMFILE: Text(
            de="zu viele Dateien sind geöffnet", en="too many files are open"
        ),
        errno.EFBIG: Text(
            de="die Datei ist für das Laufwerk zu groß",
            en="the file is too large for the drive",
        ),
        errno.EIO: Text(
            de="das Laufwerk meldet einen Fehler", en="the drive reports a fault"
        ),
        **dict.fromkeys(
            (errno.ESTALE, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ETIMEDOUT),
            _GONE,
        ),
    }
)


def reason_of(error: OSError) -> Text:
    """What the system has against a file.

    >>> reason_of(OSError(28, "No space left on device"))["en"]
    'no space is left'
    """
    number = error.errno or 0
    other = Text(de=f"Systemfehler {number}", en=f"system error {number}")
    return _BY_NUMBER.get(number, other)
