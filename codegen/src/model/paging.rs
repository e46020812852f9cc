//! How the pages of a list are selected.

/// How an operation returns its list page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By number: the query parameter `page`.
    Number,
    /// By the cursor that the response before has.
    Cursor(CursorPaging),
}

/// Where cursors are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorPaging {
    /// The query parameter that takes the cursor of the response before.
    pub parameter: String,
    /// The keys that lead to the cursor of the next page in the body of a response.
    pub place: Vec<String>,
}

impl Paging {
    /// In a few words, for explanations and reports.
    pub(crate) fn described(&self) -> String {
        match self {
            Self::Number => "by number, in page".to_owned(),
            Self::Cursor(CursorPaging { parameter, place }) => {
                format!("by cursor, from {} to {parameter}", place.join("."))
            }
        }
    }
}
