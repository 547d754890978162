"""The brief as a Word document: headings, captions and alt texts that Word knows as such."""

import io
import zipfile
from typing import TYPE_CHECKING, Any

from helpers.charts import Chart, style
from helpers.corpus.files import zipped
from helpers.exchange.common import legal
from helpers.show.figures import picture
from helpers.show.html import spoken

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT = "Arial"  # also where there is no Word
MARGIN = 18  # mm
HIGHEST = 120  # mm, of the picture, as in brief.css
WIDTHS = (36, 46, 92)  # of the columns of who is who, in mm
POINTS = {
    "Normal": 8.5,
    "Title": 15,
    "Subtitle": 10.5,
    "Heading 1": 10.5,
    "Heading 2": 10,
    "Caption": 8.2,
}
SMALL = 7.5
PLAIN = ("w:pBdr", "w:spacing[@w:val]")  # lines under and gaps between letters, which go


def document(said: dict) -> bytes:
    """What `brief.contents` gives as a docx file, the same bytes each time."""
    said = _legal(said)
    made = _blank(said["heading"], said["question"])
    made.add_paragraph(said["heading"], "Title")
    made.add_paragraph(said["question"], "Subtitle")
    _listed(made, "Facts" if said["facts"] else "The coding", [*said["facts"], said["coding"]])
    _figure(made, said["chart"])
    _who(made, said["who"])
    made.add_heading("Findings, and what each depends on", 1)
    _small(made.add_paragraph(), said["steady"])
    for finding in said["findings"]:
        line = made.add_paragraph(style="List Number")
        line.add_run(finding["sentence"]).bold = True
        _small(line, f" {finding['depends']}")
    made.add_heading("Limits", 1)
    made.add_paragraph(said["evidence"])
    _listed(made, "Tempting, and not borne out", said["tempting"], level=2)
    made.add_heading("How it was made, how to cite it", 1)
    made.add_paragraph(said["how"])
    made.add_paragraph(said["citation"])
    return _packed(made)


def _legal(value: Any) -> Any:
    """The same without letters that XML cannot write."""
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, list):
        return [_legal(v) for v in value]
    return {k: _legal(v) for k, v in value.items()} if isinstance(value, dict) else value


def _blank(title: str, subject: str) -> "Document":
    """A document of A4 without text, with its styles."""
    from docx import Document
    from docx.shared import Mm

    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(MARGIN))
    _styled(made)
    rels = made.part.package.rels
    for key in [k for k, r in rels.items() if r.reltype.endswith("/thumbnail")]:
        rels.pop(key)  # a small picture of the library's own template
    about = made.core_properties
    about.title, about.subject, about.author, about.comments = title, subject, "", ""
    about.language = "en-GB"
    for date in about._element.xpath("dcterms:created | dcterms:modified"):
        about._element.remove(date)  # those of the library's own template
    return made


def _styled(made: "Document") -> None:
    """Plain type in ink, as in the figures."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    ink = RGBColor.from_string(style.INK.lstrip("#"))
    for name, points in POINTS.items():
        look = made.styles[name]
        look.font.size, look.font.color.rgb, look.font.name = Pt(points), ink, FONT
        look.font.italic = False
        fonts = look.element.rPr.rFonts
        for key in [k for k in fonts.attrib if "heme" in k]:
            del fonts.attrib[key]  # a theme's font would win
        fonts.set(qn("w:eastAsia"), FONT)
    for name in (*POINTS, "List Bullet", "List Number"):
        spacing = made.styles[name].paragraph_format
        spacing.space_after, spacing.space_before = Pt(2), Pt(0)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(5)
    made.styles["Title"].font.bold = True
    for name in ("Title", "Subtitle"):
        for look in made.styles[name].element.xpath(".//" + " | .//".join(PLAIN)):
            look.getparent().remove(look)
    for language in made.styles.element.xpath(".//w:lang"):
        language.set(qn("w:val"), "en-GB")


def _listed(made: "Document", heading: str, lines: list[str], level: int = 1) -> None:
    """A heading and a line for each text; nothing where there is none."""
    if lines:
        made.add_heading(heading, level)
    for text in lines:
        made.add_paragraph(text, "List Bullet")


def _figure(made: "Document", chart: Chart) -> None:
    """The picture as it is printed, with its alt text and its caption below."""
    from docx.shared import Emu, Mm

    raw = picture(chart, "png", titled=False)
    line = made.add_paragraph()
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(io.BytesIO(raw), width=Mm(style.SIZES["full"]))
    if shape.height > Mm(HIGHEST):
        shape.width = Emu(shape.width * Mm(HIGHEST) // shape.height)
        shape.height = Mm(HIGHEST)
    shape._inline.docPr.set("descr", legal(spoken(chart)))
    _caption(made, "Figure", legal(chart.caption))


def _caption(made: "Document", kind: str, text: str) -> "Paragraph":
    """A caption whose number Word counts, so that it stays true elsewhere."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = made.add_paragraph(f"{kind} ", "Caption")
    field, number = OxmlElement("w:fldSimple"), OxmlElement("w:r")
    field.set(qn("w:instr"), rf" SEQ {kind} \* ARABIC ")
    shown = OxmlElement("w:t")
    shown.text = "1"
    number.append(shown)
    field.append(number)
    line._p.append(field)
    line.add_run(f". {text}").bold = False
    return line


def _who(made: "Document", rows: list[dict]) -> None:
    """Who is who, as a table whose first row is its head on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    if not rows:
        return
    caption = _caption(made, "Table", "Who is who").paragraph_format
    caption.keep_with_next, caption.space_before = True, Pt(6)
    table = made.add_table(rows=1, cols=len(rows[0]), style="Light Shading")
    for row in [dict(zip(rows[0], rows[0], strict=True)), *rows]:
        cells = table.rows[0].cells if row["name"] == "name" else table.add_row().cells
        for cell, text in zip(cells, row.values(), strict=True):
            cell.text = text
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for key, value in (("w:val", "06A0"), ("w:noHBand", "1")):  # no bands of grey
        look.set(qn(key), value)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _small(line: "Paragraph", text: str) -> None:
    from docx.shared import Pt

    line.add_run(text).font.size = Pt(SMALL)


def _packed(made: "Document") -> bytes:
    """A document as a file, without the time at which it was made."""
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
