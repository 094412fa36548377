//! Reads a text file as an instrument and prints the reading as JSON: `read_text read FILE --format json`.

fn main() {
    let path = std::env::args().skip(1).find(|argument| argument != "read").expect("a file is named");
    let text = std::fs::read_to_string(&path).expect("the file is readable UTF-8");
    let reading = improvement::reading::read(&text);
    println!("{}", serde_json::to_string_pretty(&reading).expect("a reading is always serialisable"));
}
