//! What `--fix` does: safe mends, in a text of the overlay that was tried before anybody writes it.
//!
//! In come what lint says and the inputs; out come inputs with more actions in their overlay, and, once lint has said what it says of
//! those, a [`Fix`], or the reason why nothing should be written. It touches no disk.

use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Level, Report};
use crate::source::{Source, Sources};

use super::append::{Appended, append};
use super::finding::Finding;
use super::{Lint, OVERLAY};

/// What is mended, and what is left.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The text of the overlay with the actions that mend; none where there is nothing to write.
    pub overlay: Option<String>,
    /// The actions alone.
    pub actions: String,
    /// What they mend.
    pub mended: Report,
    /// What is left.
    pub left: Lint,
}

/// Inputs whose overlay has the safe mends.
pub(super) struct Draft {
    pub(super) sources: Sources,
    actions: String,
    mended: Report,
}

impl Fix {
    /// Nothing can be mended without asking.
    pub(super) fn nothing(left: Lint) -> Self {
        Self {
            overlay: None,
            actions: String::new(),
            mended: Report::default(),
            left,
        }
    }
}

/// The inputs with the safe mends of what lint found; none where there are no such mends.
pub(super) fn draft(lint: &Lint, sources: &Sources) -> Result<Option<Draft>, Report> {
    let fixable: Vec<&Finding> = lint
        .findings
        .iter()
        .filter(|one| one.is_fixable())
        .collect();
    let (Some(document), false) = (Document::draft(sources), fixable.is_empty()) else {
        return Ok(None);
    };
    let overlay = sources.overlay.as_ref().zip(document.overlay());
    let overlay = overlay.map(|(source, node)| (source.text.as_str(), node));
    let locator = document.locator();
    let refused = |fault| Report::new(vec![fault], sources, &locator);
    let Appended { text, actions } = append(overlay, &fixable).map_err(refused)?;
    let mended = fixable.iter().map(|finding| finding.oddity(Level::Mended));
    let mended = Report::default().with(mended.collect(), sources, &locator);
    let path = sources
        .overlay
        .as_ref()
        .map_or(OVERLAY, |source| &source.path);
    let path = path.to_owned();
    let sources = Sources {
        overlay: Some(Source { path, text }),
        ..sources.clone()
    };
    Ok(Some(Draft {
        sources,
        actions,
        mended,
    }))
}

/// The draft, if it mends what it should, and if the generator takes it where it took the inputs before; `after` is what lint says
/// of it.
pub(super) fn checked(
    before: &Lint,
    draft: Draft,
    after: Lint,
    sources: &Sources,
) -> Result<Fix, Report> {
    let mut fixable = before
        .findings
        .iter()
        .filter(|finding| finding.is_fixable());
    let is_left = |finding: &Finding| after.findings.iter().any(|other| other.is(finding));
    let trouble = if Document::draft(&draft.sources).is_none() {
        Some("the overlay could not be applied with them")
    } else if before.report.fault_count() == 0 && after.report.fault_count() > 0 {
        Some("the generator would refuse the inputs with them")
    } else if fixable.any(is_left) {
        Some("they would not mend all that they should")
    } else {
        None
    };
    match trouble {
        None => Ok(Fix {
            overlay: draft.sources.overlay.map(|source| source.text),
            actions: draft.actions,
            mended: draft.mended,
            left: after,
        }),
        Some(trouble) => {
            let message = format!("the mends are not written: {trouble}");
            let first = after.report.first_fault().unwrap_or_default();
            let help = format!("paste them one by one, to see which of them it is: {first}");
            let fault = Fault::new(Input::Overlay, Pointer::root(), message, help);
            Err(Report::new(vec![fault], sources, &()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lint;
    use super::{Draft, Fix, checked, draft};
    use crate::report::{Level, MessageFormat};
    use crate::source::{Source, Sources};

    const SPEC: &str = "
openapi: 3.0.3
info: {title: Lamps, version: '1'}
paths: {}
components:
  schemas:
    lamp: {type: string, maximum: 9}
";

    fn sources(spec: &str) -> Sources {
        let source = |path: &str, text: &str| Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        Sources {
            spec: source("spec.yaml", spec),
            overlay: None,
            config: source("sdk.toml", "[skip]\n"),
        }
    }

    fn drafted() -> Draft {
        let sources = sources(SPEC);
        let draft = draft(&lint(&sources), &sources).expect("block style");
        draft.expect("something to mend")
    }

    /// What comes of a draft of which lint says what it says of `after`.
    fn outcome(before: &Sources, draft: Draft, after: &Sources) -> Result<Fix, String> {
        let outcome = checked(&lint(before), draft, lint(after), before);
        outcome.map_err(|report| report.render(MessageFormat::Human))
    }

    fn assert_refused(outcome: Result<Fix, String>, why: &str) {
        let report = outcome.expect_err("a refusal");
        assert!(report.contains("the mends are not written"), "{report}");
        assert!(report.contains(why), "{report}");
    }

    #[test]
    fn a_draft_that_mends_is_taken() {
        let draft = drafted();
        let after = draft.sources.clone();
        let fix = outcome(&sources(SPEC), draft, &after).expect("taken");
        assert_eq!(fix.mended.count(Level::Mended), 1);
        let overlay = fix.overlay.expect("a text");
        assert!(overlay.ends_with(&fix.actions), "{overlay}");
    }

    #[test]
    fn a_draft_that_cannot_be_applied_is_refused() {
        let mut draft = drafted();
        let after = draft.sources.clone();
        draft
            .sources
            .overlay
            .as_mut()
            .expect("one")
            .text
            .push_str("  - what\n");
        assert_refused(
            outcome(&sources(SPEC), draft, &after),
            "could not be applied",
        );
    }

    #[test]
    fn a_draft_that_leaves_something_is_refused() {
        let before = sources(SPEC);
        assert_refused(outcome(&before, drafted(), &before), "would not mend all");
    }

    #[test]
    fn a_draft_that_the_generator_would_refuse_is_refused() {
        let sound = sources("openapi: 3.0.3\ninfo: {title: Lamps, version: '1'}\npaths: {}\n");
        let outcome = outcome(&sound, drafted(), &sources(SPEC));
        assert_refused(outcome, "the generator would refuse the inputs with them");
    }
}
