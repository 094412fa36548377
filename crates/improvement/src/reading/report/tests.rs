//! debugging
#[test]
fn debug() {
    let text = std::fs::read_to_string("/tmp/rp/wandsworth-2016-02-16.oxide.txt").unwrap();
    let lines = super::lines::lines(&text);
    for (i, l) in lines.iter().enumerate() {
        let h = super::headings::heading_at(&lines, i);
        if l.furniture || l.contents || h.is_some() || super::headings::part_of_board(l.text).is_some() {
            println!("{i} p{} f{} c{} {h:?} {}", l.page, l.furniture, l.contents, &l.text.chars().take(70).collect::<String>());
        }
    }
}
