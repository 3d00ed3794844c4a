//! Text messaging: coding schemes, characters, time stamps and user data headers.

mod code_page;
mod coded_text;
mod gsm7;
mod headed;
mod messages;
mod reassembler;
mod scheme;
mod timestamp;

pub use coded_text::{CodedText, TextChars};
pub use gsm7::{Gsm7, Gsm7Chars};
pub use headed::{Concatenation, HeadedText, HeaderElement, HeaderElements};
pub use messages::{SimpleText, Text};
pub use reassembler::{Progress, Reassembler, ReassemblyError, split};
pub use scheme::CodingScheme;
pub use timestamp::{Timeframe, Timestamp};
