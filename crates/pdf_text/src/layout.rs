//! Lines of a page from the places where its words stand.
//!
//! Reports set their grade table in columns and their recommendations as indented lists, and both carry meaning: so a
//! row of the page stays one line, columns are parted by wide gaps, indents by spaces, paragraphs by empty lines.

use pdf_oxide::layout::TextSpan;

/// A run of text at its place; `bottom` grows upwards, as in a PDF.
struct Piece<'s> {
    text: &'s str,
    left: f32,
    right: f32,
    bottom: f32,
    height: f32,
}

/// The page's text, one line a row, or nothing when it is set in two columns of prose and needs another reading order.
pub(crate) fn page_text(spans: &[TextSpan], page_width: f32) -> Option<String> {
    let mut pieces: Vec<Piece<'_>> = spans.iter().filter_map(piece).collect();
    pieces.sort_by(|a, b| b.bottom.total_cmp(&a.bottom));
    let rows = rows(pieces);
    if two_columns_of_prose(&rows, page_width) {
        return None;
    }
    Some(written(&rows))
}

fn piece(span: &TextSpan) -> Option<Piece<'_>> {
    let (left, bottom, height) = (span.bbox.x, span.bbox.y, span.bbox.height.max(1.0));
    let finite = left.is_finite() && bottom.is_finite() && height.is_finite() && span.bbox.width.is_finite();
    let text = span.text.as_str();
    (finite && !text.is_empty()).then_some(Piece {
        text,
        left,
        right: left + span.bbox.width,
        bottom,
        height,
    })
}

/// Pieces on nearly the same base line share a row, and so does a raised footnote mark with the words it hangs on.
fn rows(pieces: Vec<Piece<'_>>) -> Vec<Vec<Piece<'_>>> {
    let mut rows: Vec<Vec<Piece<'_>>> = Vec::new();
    let (mut bottom, mut height) = (0.0_f32, 0.0_f32);
    for piece in pieces {
        let blank = piece.text.trim().is_empty();
        match rows.last_mut() {
            Some(row) if shares_row(&piece, row, bottom, height) => {
                if !blank && (height < piece.height || row.iter().all(|other| other.text.trim().is_empty())) {
                    (bottom, height) = (piece.bottom, piece.height);
                }
                row.push(piece);
            }
            _ => {
                (bottom, height) = (piece.bottom, piece.height);
                rows.push(vec![piece]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows.retain(|row| row.iter().any(|piece| !piece.text.trim().is_empty()));
    rows
}

/// A page number set in a box twice as high as the footer beside it must not tie two footer lines together; a small
/// raised footnote mark belongs to the line it hangs in.
fn shares_row(piece: &Piece<'_>, row: &[Piece<'_>], bottom: f32, height: f32) -> bool {
    let lower = height.min(piece.height);
    let overlap = (bottom + height).min(piece.bottom + piece.height) - bottom.max(piece.bottom);
    if height.max(piece.height) <= 1.7 * lower {
        return overlap >= 0.5 * lower;
    }
    let mark = if piece.height < height { is_mark(piece) } else { row.iter().all(is_mark) };
    (bottom - piece.bottom).abs() < 0.4 * lower || (mark && overlap >= 0.7 * lower)
}

fn is_mark(piece: &Piece<'_>) -> bool {
    let text = piece.text.trim();
    text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// At least a dozen rows, and half of all, in which prose stands on both sides of a gap over the middle of the page.
fn two_columns_of_prose(rows: &[Vec<Piece<'_>>], page_width: f32) -> bool {
    const FEWEST_ROWS: usize = 12;
    let middle = page_width / 2.0;
    let wide = page_width / 4.0;
    let parted = rows
        .iter()
        .filter(|row| {
            let words: Vec<&Piece<'_>> = row.iter().filter(|piece| !piece.text.trim().is_empty()).collect();
            let crosses = words.iter().any(|p| p.left < middle - 10.0 && p.right > middle + 10.0);
            let reach = |left_side: bool| -> f32 {
                let of_side = words.iter().filter(|p| (p.left < middle) == left_side);
                of_side.map(|p| p.right - p.left).sum()
            };
            !crosses && reach(true) > wide && reach(false) > wide
        })
        .count();
    parted >= FEWEST_ROWS && parted * 2 > rows.len()
}

fn written(rows: &[Vec<Piece<'_>>]) -> String {
    const EMPTY_LINE_ABOVE: f32 = 1.55;
    const WIDTH_OF_A_SPACE: f32 = 5.0;
    let left = rows.iter().flatten().map(|piece| piece.left).fold(f32::INFINITY, f32::min);
    let mut text = String::new();
    let mut above: Option<(f32, f32)> = None;
    for row in rows {
        let height = row.iter().map(|piece| piece.height).fold(0.0, f32::max);
        let bottom = row.iter().map(|piece| piece.bottom).fold(f32::INFINITY, f32::min);
        if let Some((bottom_above, height_above)) = above
            && bottom_above - bottom > EMPTY_LINE_ABOVE * height.max(height_above)
        {
            text.push('\n');
        }
        let first = row.iter().find(|piece| !piece.text.trim().is_empty()).map_or(left, |piece| piece.left);
        let indent = ((first - left) / WIDTH_OF_A_SPACE).round().clamp(0.0, 60.0);
        text.extend(std::iter::repeat_n(' ', indent as usize));
        write_row(row, &mut text);
        text.push('\n');
        above = Some((bottom, height));
    }
    text
}

fn write_row(row: &[Piece<'_>], text: &mut String) {
    const GAP_OF_A_SPACE: f32 = 0.18;
    const GAP_OF_A_COLUMN: f32 = 1.6;
    let start = text.len();
    let mut right: Option<f32> = None;
    for piece in row {
        let words = piece.text.trim();
        if words.is_empty() {
            if text.len() > start && !text.ends_with(' ') {
                text.push(' ');
            }
            continue;
        }
        let gap = right.map_or(0.0, |right| piece.left - right);
        if text.len() > start {
            if gap > GAP_OF_A_COLUMN * piece.height {
                text.truncate(text.trim_end().len());
                text.push_str("    ");
            } else if (gap > GAP_OF_A_SPACE * piece.height || piece.text.starts_with(char::is_whitespace))
                && !text.ends_with(' ')
            {
                text.push(' ');
            }
        }
        append_words(words, text);
        if piece.text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        right = Some(piece.right - trailing_width(piece));
    }
    text.truncate(text.trim_end().len().max(start));
}

/// A run may end in spaces that reach into the next column; its words end earlier.
fn trailing_width(piece: &Piece<'_>) -> f32 {
    let all = piece.text.chars().count().max(1) as f32;
    let trailing = piece.text.chars().rev().take_while(|c| c.is_whitespace()).count() as f32;
    (piece.right - piece.left) * trailing / all
}

fn append_words(words: &str, text: &mut String) {
    let mut space = false;
    for character in words.chars() {
        if character.is_whitespace() || character.is_control() {
            space = true;
            continue;
        }
        if space {
            text.push(' ');
            space = false;
        }
        text.push(character);
    }
}
