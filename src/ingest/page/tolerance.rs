//! Every tolerance by which tables and lines are found on a page, in one place.
//!
//! Lengths in points unless they are said to be shares of something.

/// Parallel edges this near to one another are one: both sides of a double or thick rule, the sides of
/// cells that were drawn apart. No row of text is so low. (pdfplumber's `snap_tolerance`.)
pub(super) const SNAP: f32 = 3.0;

/// No row of text is lower than this: characters of 5 points are the smallest that people print.
pub(super) const LOWEST: f32 = 5.0;

/// Gaps in a rule up to this are none. (pdfplumber's `join_tolerance`.)
pub(super) const JOIN: f32 = 3.0;

/// Edges that miss one another by so much still meet. (pdfplumber's `intersection_tolerance`.)
pub(super) const MEET: f32 = 3.0;

/// Shorter edges are parts of letters and signs.
pub(super) const SHORTEST: f32 = 4.0;

/// A wall stands between two slots if edges cover so much of their common side.
pub(super) const COVERED: f32 = 0.6;

/// Edges of one direction on a page that are looked at, longest first. A page of tables has 200.
pub(super) const MOST_EDGES: usize = 3_000;

/// A lattice with more slots is a drawing: a page holds at most some 3,000 characters.
pub(super) const MOST_SLOTS: usize = 60_000;

/// A table over pages with more slots begins anew: each page that is joined looks at the whole of it.
pub(super) const MOST_JOINED: usize = 200_000;

/// The same text drawn again within this share of the font size is fake bold.
pub(super) const SAME_PLACE: f32 = 0.12;

/// Digits that are no further apart than this share of the font size are of one number, whatever line runs through it:
/// those of two cells have the margins of both between them.
pub(super) const TOUCHING: f32 = 0.1;

/// Characters whose middles are no further apart than this share of their height stand on one line.
pub(super) const SAME_LINE: f32 = 0.4;

/// Signs above the line are no larger than this share of the text they belong to …
pub(super) const SMALL_SIGN: f32 = 0.85;

/// … and their middles so much of its size above those of the text; smaller digits on the line stand lower.
pub(super) const RAISED: f32 = 0.1;

/// The mark of a note behind a line is no higher above it than this share of the size; a line above it is.
pub(super) const MARK_HIGHER: f32 = 0.7;

/// … and begins this near to its end.
pub(super) const MARK_GAP: f32 = 0.3;

/// A line that strikes text out runs so far below or above the middle of its characters, as a share of their size …
pub(super) const STRUCK_BELOW: f32 = 0.28;
/// (above)
pub(super) const STRUCK_ABOVE: f32 = 0.1;

/// … and begins and ends with them, but for this.
pub(super) const STRUCK_PAST: f32 = 0.15;

/// A gap wider than this share of the font size parts two words of Latin letters or digits.
pub(super) const WORD_GAP: f32 = 0.22;

/// … and two of which one is an ideograph: less is the spacing that programs put between scripts.
pub(super) const IDEOGRAPH_GAP: f32 = 0.7;

/// A gap wider than this share of the font size parts columns of text without lines.
pub(super) const COLUMN_GAP: f32 = 1.0;

/// A line that ends within so many widths of a character of the right margin is full.
pub(super) const FULL: f32 = 1.6;

/// Lines reach the right margin of their text only if that lies beyond this share of the page's width; else all of
/// them are short.
pub(super) const TEXT_WIDTH: f32 = 0.7;

/// A line that begins this share of the font size to the right of the margin is indented.
pub(super) const INDENTED: f32 = 0.8;

/// The middles of two centred lines differ by no more than this share of the font size.
pub(super) const CENTRED: f32 = 0.6;

/// Lines of one paragraph differ in size by no more than this share.
pub(super) const SAME_SIZE: f32 = 0.12;

/// Lines further apart than this share of their height are of two paragraphs.
pub(super) const SAME_PARAGRAPH: f32 = 2.2;

/// Running heads and feet stand in this share of the page's height at its top and bottom.
pub(super) const MARGIN: f32 = 0.14;

/// Repeated heads stand at the same height on each page.
pub(super) const SAME_HEIGHT: f32 = 4.0;

/// Browsers set their heads and feet in 8 points, whatever size the page is shrunk to.
pub(super) const SMALL: f32 = 9.0;

/// A repeated head is set no larger than this times the usual text; a title is.
pub(super) const HEAD_SIZE: f32 = 1.15;

/// Sides and columns of two parts of a table differ by no more than this.
pub(super) const SAME_COLUMN: f32 = 4.0;

/// Two lines that begin or end so near to one another stand at the same margin.
pub(super) const SAME_MARGIN: f32 = 6.0;

/// A line that sticks out alone by this share of the page's width does not move the margin.
pub(super) const STICKS_OUT: f32 = 0.1;

/// A table goes on over a page if it ends in the lower part of one (share of its height) …
pub(super) const ENDS_BELOW: f32 = 0.5;

/// … and begins in the upper part of the next.
pub(super) const BEGINS_ABOVE: f32 = 0.4;

/// A page with fewer characters of its own than this may be a scan: a number, a stamp.
pub(super) const FEW_CHARACTERS: usize = 16;

/// So many shapes on a page without characters are characters drawn as outlines.
pub(super) const MANY_SHAPES: usize = 64;

/// A picture over this share of a page is a scan of it.
pub(super) const SCAN: f32 = 0.5;

/// A cell with more lines is prose, and read in paragraphs.
pub(super) const MOST_LABEL_LINES: usize = 24;
