//! PDF.

use std::io::Write;

use super::{Limit, MILLION, Maker, Read, ReadOrLimit, Refused, file, flood};
use crate::pdf::{Pdf, latin};

/// As a form on a page is described.
const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";

pub const FILES: &[Maker] = &[
    file("page-tree-in-a-circle.pdf", Refused("damaged"), || {
        changed(&Pdf::of(""), "/Kids [1000 0 R]", "/Kids [2 0 R 2 0 R]")
    }),
    file("references-in-a-circle.pdf", Read, || {
        let mut pdf = Pdf::of("/X1 Do").x_object("/X1 20 0 R");
        for at in 20..900 {
            pdf = pdf.object(at, &format!("{} 0 R", if at == 899 { 20 } else { at + 1 }));
        }
        pdf.bytes()
    }),
    file("cross-references-in-a-circle.pdf", Read, || {
        let bytes = Pdf::of(&latin(100.0, 700.0, "x")).bytes();
        let text = String::from_utf8_lossy(&bytes);
        let start = text.rfind("xref\n0 1").expect("a table");
        text.replace("/Root 1 0 R >>", &format!("/Root 1 0 R /Prev {start} >>")).into_bytes()
    }),
    file("object-stream-in-itself.pdf", Read, || {
        Pdf::of("").stream(20, "/Type /ObjStm /N 1 /First 5 /Extends 20 0 R", b"20 0 << /Type /ObjStm >>").bytes()
    }),
    file("forms-that-multiply.pdf", Limit("content_bytes"), || {
        let mut pdf = Pdf::of("/X20 Do").x_object(&(20..70).map(|at| format!("/X{at} {at} 0 R ")).collect::<String>());
        for at in 20..70 {
            pdf = pdf.stream(at, FORM, format!("/X{0} Do /X{0} Do", at + 1).as_bytes());
        }
        pdf.bytes()
    }),
    file("box-of-a-billion.pdf", Read, || {
        changed(
            &Pdf::of(&latin(100.0, 700.0, "x")),
            "/MediaBox [0 0 600 800]",
            "/MediaBox [-1000000000 -1000000000 100000000000000000000 100000000000000000000]",
        )
    }),
    file("million-paths.pdf", ReadOrLimit, || Pdf::of(&"0 0 9 9 re f 0 0 m 9 9 l S\n".repeat(flood() / 2)).bytes()),
    file("ten-million-operators.pdf", Limit("drawn"), || Pdf::of(&"0 0 m 1 1 l S\n".repeat(MILLION * 14 / 10)).bytes()),
    file("million-states-deep.pdf", Read, || Pdf::of(&"q ".repeat(MILLION)).bytes()),
    file("million-arrays-deep.pdf", Refused("damaged"), || {
        Pdf::of(&"[".repeat(MILLION)).entries(&format!("/A {}", "[".repeat(100_000))).bytes()
    }),
    file("million-dictionaries-deep.pdf", Refused("damaged"), || {
        Pdf::of("").entries(&format!("/A {}", "<</A ".repeat(MILLION))).bytes()
    }),
    file("deflate.pdf", Limit("part_bytes"), || page_of("/Filter /FlateDecode", &deflated(&vec![b' '; 80 << 20]))),
    file("deflate-by-its-short-name.pdf", Limit("part_bytes"), || {
        page_of("/Filter /Fl", &deflated(&vec![b' '; 80 << 20]))
    }),
    file("deflate-by-an-escaped-name.pdf", Limit("part_bytes"), || {
        page_of("/Filter /F#6cateDecode", &deflated(&vec![b' '; 80 << 20]))
    }),
    file("deflate-by-reference.pdf", Limit("part_bytes"), || {
        let pdf = Pdf::of("/X1 Do").x_object("/X1 20 0 R").stream(
            20,
            &format!("{FORM} /Filter 21 0 R"),
            &deflated(&vec![b' '; 80 << 20]),
        );
        pdf.object(21, "/FlateDecode").bytes()
    }),
    file("deflate-thrice.pdf", Limit("part_bytes"), || {
        let twice = deflated(&deflated(&deflated(&vec![b' '; 80 << 20])));
        page_of("/Filter [/FlateDecode /FlateDecode /FlateDecode]", &twice)
    }),
    file("deflate-in-hexadecimal.pdf", Limit("part_bytes"), || {
        let hex: String = deflated(&vec![b' '; 80 << 20]).iter().map(|byte| format!("{byte:02x}")).collect();
        page_of("/Filter [/ASCIIHexDecode /FlateDecode]", hex.as_bytes())
    }),
    file("run-lengths-twice.pdf", Limit("part_bytes"), || {
        let run = |bytes: usize| [129_u8, 129].repeat(bytes / 128 / 2 * 2);
        page_of("/Filter [/RunLengthDecode /RunLengthDecode]", &run(10 << 20))
    }),
    file("run-lengths-thrice.pdf", Limit("part_bytes"), || {
        page_of("/Filter [/RunLengthDecode /RunLengthDecode /RunLengthDecode]", &[129_u8; 64 << 10])
    }),
    file("lempel-ziv-welch.pdf", Limit("part_bytes"), || page_of("/Filter /LZWDecode", &lzw(80 << 20))),
    file("one-stream-a-thousand-times.pdf", Limit("content_bytes"), || {
        let pdf = Pdf::of("").stream(20, "/Filter /FlateDecode", &deflated(&vec![b' '; 60 << 20]));
        changed(&pdf, "/Contents 1001 0 R", &format!("/Contents [{}]", "20 0 R ".repeat(1_000)))
    }),
    file("many-object-streams.pdf", Limit("file_bytes"), many_object_streams),
    file("dictionary-far-before.pdf", Limit("part_bytes"), || {
        page_of(&format!("/Filter /FlateDecode /A ({})", "x".repeat(3_000)), &deflated(&vec![b' '; 80 << 20]))
    }),
    file("picture-of-16-gigabytes.pdf", Read, || {
        picture(
            "/Filter /FlateDecode /Width 65535 /Height 65535 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
            &deflated(b"x"),
        )
    }),
    file("jbig2-of-a-billion.pdf", Read, || {
        let page =
            [&[0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19][..], &[0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0], &[0; 8], &[0, 0, 0]]
                .concat();
        picture(
            "/Filter /JBIG2Decode /Width 4294901760 /Height 4294901760 /BitsPerComponent 1 /ColorSpace /DeviceGray",
            &page,
        )
    }),
    file("fax-of-a-billion.pdf", Read, || {
        picture(
            "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2000000000 /Rows 2000000000 >> /Width 2000000000 /Height 2000000000 /BitsPerComponent 1 /ColorSpace /DeviceGray",
            &[0x80; 1000],
        )
    }),
    file("jpeg-of-65535.pdf", Read, || {
        picture("/Filter /DCTDecode /Width 65535 /Height 65535 /BitsPerComponent 8 /ColorSpace /DeviceRGB", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0")
    }),
    file("mask-of-a-billion.pdf", Read, || {
        picture("/ImageMask true /Width 2000000000 /Height 2000000000 /BitsPerComponent 1 /SMask 20 0 R", b"x")
    }),
    file("inline-picture-of-a-billion.pdf", Read, || {
        Pdf::of(&"BI /W 2000000000 /H 2000000000 /BPC 8 /CS /RGB /F /Fl ID xxxx EI\n".repeat(1_000)).bytes()
    }),
    file("predictor-of-a-billion.pdf", Read, || {
        page_of(
            "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>",
            &deflated(b"BT ET"),
        )
    }),
    file("pattern-in-itself.pdf", Read, || {
        Pdf::of("/Pattern cs /P1 scn 0 0 600 800 re f").entries("/Group << /S /Transparency >>")
            .stream(20, "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.00001 /YStep 0.00001 /Resources << /Pattern << /P1 20 0 R >> >>", b"/Pattern cs /P1 scn 0 0 600 800 re f")
            .x_object(">> /Pattern << /P1 20 0 R ").bytes()
    }),
    file("font-in-itself.pdf", Read, || {
        let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 21 0 R >> /Encoding << /Differences [49 /a] >> /FirstChar 49 /LastChar 49 /Widths [9] /Resources << /Font << /T3 20 0 R >> >> >>";
        Pdf::of("BT /T3 9 Tf (1111111111) Tj ET")
            .font("/T3 20 0 R")
            .object(20, font)
            .stream(21, "", b"9 0 d0 BT /T3 9 Tf (1111111111) Tj ET")
            .bytes()
    }),
    file("map-of-four-billion-characters.pdf", Read, || {
        let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /ToUnicode 22 0 R /DescendantFonts [21 0 R] >>";
        let descendant = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>";
        let map = format!("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange {} endcmap", "1 beginbfrange <00000000> <FFFFFFFF> <0031> endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange ".repeat(1_000));
        Pdf::of("BT /T0 9 Tf <0001> Tj ET")
            .font("/T0 20 0 R")
            .object(20, font)
            .object(21, descendant)
            .stream(22, "", map.as_bytes())
            .bytes()
    }),
    file("shading-without-end.pdf", Read, || {
        Pdf::of("/S1 sh")
            .x_object(">> /Shading << /S1 20 0 R ")
            .object(20, "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function 21 0 R >>")
            .stream(21, "/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1] /Size [2147483647] /BitsPerSample 32", b"x")
            .bytes()
    }),
    file("function-in-itself.pdf", Read, || {
        Pdf::of("/S1 sh")
            .x_object(">> /Shading << /S1 20 0 R ")
            .object(20, "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function 21 0 R >>")
            .object(
                21,
                "<< /FunctionType 3 /Domain [0 1] /Functions [21 0 R 21 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>",
            )
            .bytes()
    }),
    file("colours-in-a-circle.pdf", Read, || {
        Pdf::of("/C1 cs 0.5 sc 0 0 9 9 re f")
            .x_object(">> /ColorSpace << /C1 20 0 R ")
            .object(20, "[/Indexed 20 0 R 255 (x)]")
            .bytes()
    }),
    file("million-pages.pdf", Limit("pages"), || {
        changed(&Pdf::of(""), "/Kids [1000 0 R]", &format!("/Kids [{}]", "<< /Type /Page >> ".repeat(MILLION / 3)))
    }),
    file("pages-in-an-object-stream.pdf", Limit("pages"), || {
        let kids = format!("2 0 << /Type /Pages /Kids [{}] /Count 1 >>", "<<>>".repeat(MILLION / 3));
        let packed = deflated(kids.as_bytes());
        changed(
            &Pdf::of("").stream(20, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed),
            "startxref",
            "startxxxx",
        )
    }),
    file("fonts-without-end.pdf", Limit("file_bytes"), fonts_without_end),
    file("million-characters.pdf", Read, || {
        Pdf::of(
            &(0..flood() / 25)
                .map(|at| latin((at % 500) as f32, (at / 50) as f32, "0123456789012345678901234"))
                .collect::<String>(),
        )
        .bytes()
    }),
    file("million-annotations.pdf", Limit("content_bytes"), || {
        Pdf::of("")
            .entries(&format!("/Annots [{}]", "20 0 R ".repeat(MILLION / 5)))
            .object(20, "<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 21 0 R >> >>")
            .stream(21, FORM, &latin(1.0, 1.0, "x").into_bytes())
            .bytes()
    }),
];

/// The file with one thing in it said otherwise. Its places are wrong then, and looked for anew.
fn changed(pdf: &Pdf, from: &str, to: &str) -> Vec<u8> {
    let bytes = pdf.bytes();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).expect("there");
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

/// A page that draws a form packed like this.
fn page_of(dictionary: &str, data: &[u8]) -> Vec<u8> {
    Pdf::of("/X1 Do").x_object("/X1 20 0 R").stream(20, &format!("{FORM} {dictionary}"), data).bytes()
}

fn picture(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let pdf = Pdf::of("q 600 0 0 800 0 0 cm /X1 Do Q").x_object("/X1 20 0 R");
    pdf.stream(20, &format!("/Type /XObject /Subtype /Image {dictionary}"), data).bytes()
}

/// Blanks as codes that each stand for one blank more than the one before.
fn lzw(bytes: usize) -> Vec<u8> {
    let mut bits: Vec<(u16, u32)> = Vec::new();
    let mut made = 0;
    while made < bytes {
        bits.push((256, 9));
        bits.push((32, 9));
        made += 1;
        for (length, code) in (2..).zip(258_u16..4_094) {
            // One code earlier than needed, as the format asks.
            let width = match code {
                ..=510 => 9,
                511..=1022 => 10,
                1023..=2046 => 11,
                _ => 12,
            };
            bits.push((code, width));
            made += length;
        }
        bits.push((256, 12));
        bits.pop();
        bits.push((256, 12));
    }
    bits.push((257, 9));
    packed_bits(&bits)
}

fn packed_bits(codes: &[(u16, u32)]) -> Vec<u8> {
    let (mut bytes, mut held, mut count) = (Vec::new(), 0_u32, 0);
    for &(code, width) in codes {
        held = (held << width) | u32::from(code);
        count += width;
        while count >= 8 {
            count -= 8;
            bytes.push((held >> count) as u8);
            held &= (1 << count) - 1;
        }
    }
    bytes.push((held << (8 - count)) as u8);
    bytes
}

/// Eight fonts, each of which unpacks to nearly as much as one may.
fn fonts_without_end() -> Vec<u8> {
    let program = deflated(&vec![0; 60 << 20]);
    let mut pdf = Pdf::of("BT /T20 9 Tf (1) Tj ET");
    for at in (20..52).step_by(4) {
        let font = format!("<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor {} 0 R >>", at + 1);
        let about = format!("<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 {} 0 R >>", at + 2);
        pdf = pdf.font(&format!("/T{at} {at} 0 R ")).object(at, &font).object(at + 1, &about);
        pdf = pdf.stream(at + 2, &format!("/Filter /FlateDecode /Length1 {}", 60 << 20), &program);
    }
    pdf.bytes()
}

/// Forty streams of objects, each of which unpacks to nearly as much as one may.
fn many_object_streams() -> Vec<u8> {
    let blank = deflated(&[b"500 0 << >>".as_slice(), &vec![b' '; 60 << 20]].concat());
    let mut pdf = Pdf::of("");
    for at in 20..60 {
        pdf = pdf.stream(at, "/Type /ObjStm /N 1 /First 6 /Filter /FlateDecode", &blank);
    }
    // Without a table of places every stream of objects is opened.
    changed(&pdf, "startxref", "startxxxx")
}
