"""What lies in a folder of plans and is none: its content decides, and nobody's plan is missing in silence."""

from __future__ import annotations

import email.message
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kamxl.checks.findings import FileStatus, Severity
from kamxl.checks.traces import account_in_name
from kamxl.portfolio.data.collect import Source
from kamxl.xlsx import probe
from tests.portfolio_plans import MILLS, collected, write_plan

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


def compound(*streams: str, body: bytes = b"") -> bytes:
    """An OLE container with a directory of these streams."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 0)
    struct.pack_into("<109I", head, 76, *[0xFFFFFFFF] * 109)
    directory = b""
    for name in streams:
        entry = bytearray(128)
        text = name.encode("utf-16-le") + b"\0\0"
        entry[: len(text)] = text
        struct.pack_into("<H", entry, 64, len(text))
        directory += entry
    return bytes(head) + directory.ljust(512, b"\0") + body


def packed(path: Path, members: dict[str, bytes]) -> bytes:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)
    return path.read_bytes()


def mail(attachment: str) -> bytes:
    """A mail with an attached file."""
    message = email.message.EmailMessage()
    message["From"], message["To"] = "anna@example.com", "thomas@example.com"
    message["Subject"] = "Plan"
    message.set_content("Anbei der Plan.")
    message.add_attachment(
        b"PK\x03\x04", maintype="application", subtype="zip", filename=attachment
    )
    return message.as_bytes()


def xml2003(account: str) -> bytes:
    """A plan as Excel saves it as XML of 2003."""
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        '<CustomDocumentProperties xmlns="urn:schemas-microsoft-com:office:office">'
        '<kamxl_kind dt:dt="string">plan</kamxl_kind>'
        f'<kamxl_account_id dt:dt="string">{account}</kamxl_account_id>'
        "</CustomDocumentProperties></Workbook>"
    ).encode()


def open_document(folder: Path, account: str) -> bytes:
    """A plan as LibreOffice saves it."""
    meta = (
        '<meta:user-defined meta:name="kamxl_kind">plan</meta:user-defined>'
        f'<meta:user-defined meta:name="kamxl_account_id" meta:value-type="string">{account}</meta:user-defined>'
    )
    return packed(
        folder / "made",
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "meta.xml": meta.encode(),
        },
    )


def binary_workbook(folder: Path, account: str) -> bytes:
    """A plan as Excel saves it as .xlsb, with cells in UTF-16 and no properties."""
    types = (
        '<Types><Override PartName="/xl/workbook.bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    rels = '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    cells = b"\x16\0\0\0".join(
        text.encode("utf-16-le")
        for text in ("cover.account_id", "kamxl_account_id", account, "kamxl_plan_year")
    )
    members = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": rels.encode(),
        "xl/workbook.bin": b"\0",
        "xl/worksheets/sheet14.bin": cells,
    }
    return packed(folder / "made", members)


def told(folder: Path, name: str, data: bytes) -> Source:
    """What becomes of a file with this name and content in a folder of plans."""
    place = folder / "plans"
    place.mkdir(exist_ok=True)
    (place / name).write_bytes(data)
    return collected(place).sources[0]


ACCOUNT = "4711"
CONTENT: dict[str, Callable[[Path], bytes]] = {
    "xls": lambda _: compound("Workbook", body=b"kamxl.cover.account_id\0" * 2),
    "xlsb": lambda folder: binary_workbook(folder, ACCOUNT),
    "ods": lambda folder: open_document(folder, ACCOUNT),
    "xml": lambda _: xml2003(ACCOUNT),
    "html": lambda _: (
        b'<html><meta name="kamxl_kind" content="plan"/>'
        b'<meta name="kamxl_account_id" content="4711"/></html>'
    ),
}


@pytest.mark.parametrize("suffix", CONTENT)
def test_a_plan_in_another_format_is_an_error(tmp_path: Path, suffix: str) -> None:
    """Whatever it was saved as, it is called a plan, with its account and what to do."""
    source = told(tmp_path, f"Plan_4711_x.{suffix}", CONTENT[suffix](tmp_path))
    (finding,) = source.findings
    assert (source.status, finding.code) == (FileStatus.REJECTED, "KAM019")
    assert ACCOUNT in finding.message
    assert "*.xlsx" in finding.remedy


@pytest.mark.parametrize("suffix", ["xlsb", "ods", "xml", "html"])
def test_the_account_is_told_by_the_content(tmp_path: Path, suffix: str) -> None:
    """A name without a number does not matter where the plan itself says whose it is."""
    source = told(tmp_path, f"neu.{suffix}", CONTENT[suffix](tmp_path))
    assert ACCOUNT in source.findings[0].message


@pytest.mark.parametrize(
    ("name", "data", "code", "severity", "words"),
    [
        ("Preise.xls", compound("Workbook"), "KAM020", WARNING, "*.xls"),
        ("Preise.xlsx", compound("Workbook"), "KAM003", ERROR, "*.xls"),
        ("4711_x_2027.xlsx", compound("EncryptionInfo"), "KAM004", ERROR, "Kennwort"),
        (
            "4711_x_2027.xlsx",
            compound("EncryptedPackage", "\x06DataSpaces", "DRMEncryptedDataSpace"),
            "KAM004",
            ERROR,
            "Vertraulichkeitsbezeichnung",
        ),
        ("alt.xls", compound("Workbook", "\tDRMContent"), "KAM004", ERROR, "Rechte"),
        ("4711_x_2027.pxlsx", b".pfile\x01\0", "KAM004", ERROR, "Rechte"),
        ("4711_x_2027.xlsx.crdownload", b"PK\x03\x04...", "KAM018", ERROR, "4711"),
        ("4711_x_2027.xlsx.part", b"", "KAM018", ERROR, "4711"),
        (".4711_x_2027.xlsx.icloud", b"bplist00", "KAM018", ERROR, "4711"),
        ("Nicht bestätigt 12345.crdownload", b"PK\x03\x04", "KAM018", ERROR, "geladen"),
        ("Film.mp4.part", b"\0\1\2\3", "KAM015", HINT, ".part"),
        ("4711_x_2027.eml", mail("4711_Müller & Söhne_2027.xlsx"), "KAM021", WARNING, "Söhne"),
        ("gruss.eml", mail("Foto.jpg"), "KAM015", HINT, ".eml"),
        (
            "Plan.msg",
            compound("__properties_version1.0", body="4711_x_2027.xlsx".encode("utf-16-le")),
            "KAM021",
            WARNING,
            "4711_x_2027.xlsx",
        ),
        ("alle.rar", b"Rar!\x1a\x07\x00", "KAM021", WARNING, "RAR"),
        ("4711_x_2027.xlsx.lnk", b"L\0\0\0", "KAM023", WARNING, "Verweis"),
        ("Plan 4711.gsheet", b'{"url": ""}', "KAM023", WARNING, "4711"),
        ("Shop.url", b"[InternetShortcut]", "KAM015", HINT, ".url"),
        ("angebot.docx", compound("EncryptionInfo"), "KAM015", HINT, ".docx"),
        ("bild.png", b"\x89PNG\r\n", "KAM015", HINT, ".png"),
        ("kunden.csv", b"Kundennummer;Firma\r\n4711;x\r\n", "KAM015", HINT, ".csv"),
        ("._4711_x_2027.xlsx", b"\0\x05\x16\x07\0\2\0\0Mac OS X", "KAM017", HINT, "macOS"),
        ("4711_x_2027.xlsx", b"\0\x05\x16\x07\0\2\0\0Mac OS X", "KAM017", HINT, "macOS"),
        ("._Plan.xlsx", b"", "KAM017", HINT, "macOS"),
        (".DS_Store", b"\0\0\0\1Bud1", "KAM017", HINT, "macOS"),
        ("Thumbs.db", compound("Catalog"), "KAM017", HINT, "Windows"),
        ("desktop.ini", b"[.ShellClassInfo]", "KAM017", HINT, "Windows"),
        ("~$4711_x_2027.xlsx", b"\x04Anna" + bytes(160), "KAM008", HINT, "Excel"),
        (".~lock.4711_x_2027.xlsx#", b",anna,pc,;", "KAM008", HINT, "LibreOffice"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_named_for_what_it_is(
    tmp_path: Path, name: str, data: bytes, code: str, severity: Severity, words: str
) -> None:
    """An error where a plan is missing, a warning where one may be, a hint for all else."""
    source = told(tmp_path, name, data)
    (finding,) = source.findings
    assert (finding.code, finding.severity) == (code, severity)
    assert words in finding.message
    assert ("4711" in finding.message) or "4711" not in name or severity is HINT
    left_out = FileStatus.IGNORED if severity is HINT else FileStatus.REJECTED
    assert source.status is left_out
    assert ("Nichts zu tun" in finding.remedy) <= (severity is HINT)


def test_the_plans_of_an_archive_are_named(tmp_path: Path) -> None:
    """So that somebody unpacks them; what macOS adds is not among them."""
    data = packed(
        tmp_path / "made",
        {
            "Süd/4711_x_2027.xlsx": b"",
            "__MACOSX/._4711_x_2027.xlsx": b"",
            "lies.txt": b"",
        },
    )
    (finding,) = told(tmp_path, "alle.zip", data).findings
    assert "darin: 4711_x_2027.xlsx." in finding.message
    photos = packed(tmp_path / "made", {"foto.jpg": b""})
    assert told(tmp_path / "plans", "fotos.zip", photos).findings[0].code == "KAM015"


@pytest.mark.parametrize("name", ["plan.xls", "plan.xlsx.bak", "._plan", "plan.part"])
def test_a_plan_under_another_ending_is_read(tmp_path: Path, name: str) -> None:
    """Content decides: the plan counts, and a warning asks for a proper name."""
    data = write_plan(tmp_path / "made.xlsx", MILLS).read_bytes()
    source = told(tmp_path, name, data)
    assert source.checked is not None
    assert "KAM022" in {finding.code for finding in source.findings}


def test_a_macro_workbook_has_a_proper_name(tmp_path: Path) -> None:
    """A plan that was saved with macros is read without a word."""
    data = write_plan(tmp_path / "made.xlsx", MILLS).read_bytes()
    codes = {finding.code for finding in told(tmp_path, "plan.XLSM", data).findings}
    assert "KAM022" not in codes


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("10041_Molkerei-Alpengrund-eG_2027.xlsx", "10041"),
        ("Kopie von 10041_Molkerei_2027-2.xlsx", "10041"),
        ("ALFKI_Alfreds-Futterkiste_2000.xlsx.part", "ALFKI"),
        ("Plan Nr. 0000010041 neu.xls", "0000010041"),
        ("Budget 2027.xlsx", ""),
        ("Accountplan.xlsx", ""),
    ],
)
def test_the_account_in_a_file_name(name: str, account: str) -> None:
    """The first part of a generated name, else a number that is no year."""
    assert account_in_name(name) == account


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (xml2003(""), "xml2003"),
        (b'<?xml version="1.0"?><office:document mimetype="application/vnd.oasis.opendocument.spreadsheet">', "fods"),
        (b"Received: from x\r\nFrom: a@b\r\nSubject: Plan\r\n\r\nHallo", "eml"),
        (b"MIME-Version: 1.0\r\nDate: 1\r\nFrom: a@b\r\n\r\nHallo", "eml"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related", "mhtml"),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\n", "mhtml"),
        (b"Name: Anna\r\nOrt: Bonn\r\n", probe.TEXT),
        (b"\0\x05\x16\x07", probe.COMPANION),
    ],
)  # fmt: skip
def test_text_is_told_by_how_it_begins(data: bytes, kind: str) -> None:
    """A mail, a saved web page and a spreadsheet in XML are told apart."""
    assert probe.bytes_kind(data) == kind


def test_the_given_cases_are_named(shared: Path) -> None:
    """The rights-protected file, the .xlsb and the companion of macOS that go wrong in real life."""
    sources = {s.name: s for s in collected(shared / "cases").sources}
    protected = sources["plan_aip_protected.xlsx"].findings[0]
    assert (protected.code, "Kennwort" in protected.message) == ("KAM004", False)
    binary = sources["plan_saved_as.xlsb"].findings[0]
    assert (binary.code, "10041" in binary.message) == ("KAM019", True)
    companion = sources["._10041_Molkerei-Alpengrund-eG_2027.xlsx"]
    assert companion.status is FileStatus.IGNORED
