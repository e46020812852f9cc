//! Workflow commands: GitHub reads them from the output of a job, and shows them at a line of a pull request.

/// One annotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Annotation<'a> {
    /// `error`, `warning` or `notice`.
    pub(crate) command: &'a str,
    /// The file that it is shown at, where there is one.
    pub(crate) file: Option<&'a str>,
    /// The line in that file, from 1.
    pub(crate) line: Option<usize>,
    /// The column in that line, from 1.
    pub(crate) column: Option<usize>,
    /// The title above the message.
    pub(crate) title: &'a str,
    /// The message; it may have several lines.
    pub(crate) message: &'a str,
}

impl Annotation<'_> {
    /// The command, with its line break.
    pub(crate) fn text(self) -> String {
        let Self {
            command,
            file,
            line,
            column,
            title,
            message,
        } = self;
        let properties = [
            file.map(|file| format!("file={}", property(file))),
            line.map(|line| format!("line={line}")),
            column.map(|column| format!("col={column}")),
            Some(format!("title={}", property(title))),
        ];
        let properties: Vec<String> = properties.into_iter().flatten().collect();
        format!("::{command} {}::{}\n", properties.join(","), data(message))
    }
}

/// An annotation of a line of a file, where there is one.
pub(crate) fn command(
    command: &str,
    place: Option<(&str, usize)>,
    title: &str,
    message: &str,
) -> String {
    let annotation = Annotation {
        command,
        file: place.map(|(path, _)| path),
        line: place.map(|(_, line)| line),
        column: None,
        title,
        message,
    };
    annotation.text()
}

/// Escapes the part after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a value between `=` and `,` or `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::Annotation;

    #[test]
    fn properties_and_messages_are_escaped() {
        let whole = Annotation {
            command: "error",
            file: Some("a,b:c.rs"),
            line: Some(3),
            column: Some(7),
            title: "100%: x, y",
            message: "100%: x, y\r\nz",
        };
        assert_eq!(
            whole.text(),
            "::error file=a%2Cb%3Ac.rs,line=3,col=7,title=100%25%3A x%2C y::100%25: x, y%0D%0Az\n"
        );
        let bare = Annotation {
            file: None,
            line: None,
            column: None,
            message: "",
            title: "t",
            ..whole
        };
        assert_eq!(bare.text(), "::error title=t::\n");
    }
}
