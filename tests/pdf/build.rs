//! PDF files to order: one page of drawing instructions, with whatever objects they need.

use std::fmt::Write;

/// A file being made.
pub struct Pdf {
    /// Contents of the pages.
    pub pages: Vec<Vec<u8>>,
    /// Further entries of each page's dictionary.
    pub entries: String,
    /// Further fonts of the pages: `/T3 20 0 R`.
    pub fonts: String,
    /// Forms and pictures of the pages.
    pub x_objects: String,
    /// Objects from number 20 on: number and what stands between `obj` and `endobj`.
    pub objects: Vec<(u32, Vec<u8>)>,
}

/// Objects of pages begin here.
const FIRST_PAGE: u32 = 1000;

impl Pdf {
    /// A page of 600 by 800 points with these instructions.
    pub fn of(content: &str) -> Self {
        Self::of_pages(&[content])
    }

    /// Pages with these instructions.
    pub fn of_pages(contents: &[&str]) -> Self {
        Pdf {
            pages: contents.iter().map(|content| content.as_bytes().to_vec()).collect(),
            entries: String::new(),
            fonts: String::new(),
            x_objects: String::new(),
            objects: Vec::new(),
        }
    }

    pub fn entries(mut self, entries: &str) -> Self {
        self.entries.push_str(entries);
        self
    }

    pub fn font(mut self, font: &str) -> Self {
        self.fonts.push_str(font);
        self
    }

    pub fn x_object(mut self, x_object: &str) -> Self {
        self.x_objects.push_str(x_object);
        self
    }

    pub fn object(mut self, number: u32, object: &str) -> Self {
        self.objects.push((number, object.as_bytes().to_vec()));
        self
    }

    /// A stream object, its length stated.
    pub fn stream(mut self, number: u32, dictionary: &str, data: &[u8]) -> Self {
        self.objects.push((number, stream(dictionary, data)));
        self
    }

    /// The bytes: F1 is Helvetica, F2 a Chinese font that is not embedded, F3 the same set downwards.
    pub fn bytes(&self) -> Vec<u8> {
        let mut objects: Vec<(u32, Vec<u8>)> = Vec::new();
        let kids: Vec<String> = (0..self.pages.len()).map(|at| format!("{} 0 R", FIRST_PAGE + 2 * at as u32)).collect();
        objects.push((1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()));
        let pages = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
        objects.push((2, pages.into_bytes()));
        objects.push((5, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec()));
        for (number, encoding) in [(6, "UniGB-UCS2-H"), (7, "UniGB-UCS2-V")] {
            let font = format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} /DescendantFonts [8 0 R] >>"
            );
            objects.push((number, font.into_bytes()));
        }
        let descendant = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
            /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> \
            /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 >> >>";
        objects.push((8, descendant.as_bytes().to_vec()));
        for (content, at) in self.pages.iter().zip((FIRST_PAGE..).step_by(2)) {
            let page = format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R {} /Resources << \
                 /Font << /F1 5 0 R /F2 6 0 R /F3 7 0 R {} >> /XObject << {} >> >> >>",
                at + 1,
                self.entries,
                self.fonts,
                self.x_objects
            );
            objects.push((at, page.into_bytes()));
            objects.push((at + 1, stream("", content)));
        }
        objects.extend(self.objects.iter().cloned());
        whole(&objects)
    }
}

/// What stands between `obj` and `endobj` of a stream.
pub fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A file of these objects, with its cross references.
fn whole(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (number, object) in objects {
        let _ = write!(table, "{number} 1\n{:010} 00000 n \n", bytes.len());
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let size = objects.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let tail = format!(
        "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    bytes.extend_from_slice(tail.as_bytes());
    bytes
}

/// Latin text at a place, counted from the lower left corner.
pub fn latin(x: f32, y: f32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Any text at a place.
pub fn chinese(x: f32, y: f32, text: &str) -> String {
    format!("BT /F2 10 Tf {x} {y} Td <{}> Tj ET\n", hex(text))
}

/// The codes of a text in the Chinese font.
pub fn hex(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

/// Stroked lines of a table with these places of columns and rows.
pub fn grid(xs: &[f32], ys: &[f32]) -> String {
    let mut out = String::from("0.5 w\n");
    let (x0, x1) = (xs[0], xs[xs.len() - 1]);
    let (y0, y1) = (ys[0], ys[ys.len() - 1]);
    for y in ys {
        let _ = writeln!(out, "{x0} {y} m {x1} {y} l S");
    }
    for x in xs {
        let _ = writeln!(out, "{x} {y0} m {x} {y1} l S");
    }
    out
}
