//! `--fix`: safe corrections, in a text of the overlay that is tried before it is written.
//!
//! Input: the findings and the inputs. Output: inputs with more actions in their overlay, and, when lint has checked
//! those, a [`Fix`], or the reason not to write anything. No file is written here.

use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Level, Report};
use crate::source::{Source, Sources};

use super::append::{Appended, append};
use super::finding::Finding;
use super::{Lint, OVERLAY};

/// The corrections, and the findings that remain.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The text of the overlay with the new actions; `None` if there is nothing to write.
    pub overlay: Option<String>,
    /// The new actions alone.
    pub actions: String,
    /// The findings that they correct.
    pub mended: Report,
    /// The findings that remain.
    pub left: Lint,
}

/// Inputs whose overlay has the safe corrections.
pub(super) struct Draft {
    pub(super) sources: Sources,
    actions: String,
    mended: Report,
}

impl Draft {
    /// The text of the overlay, and the new actions alone.
    pub(super) fn into_texts(self) -> Option<(String, String)> {
        Some((self.sources.overlay?.text, self.actions))
    }
}

impl Fix {
    /// The result when no correction is safe.
    pub(super) fn nothing(left: Lint) -> Self {
        Self {
            overlay: None,
            actions: String::new(),
            mended: Report::default(),
            left,
        }
    }
}

/// The inputs with the safe corrections of the findings; `None` if there are no such corrections.
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

/// The result of the draft, if it removes the findings that it should, and if the generator accepts it whenever it accepted
/// the inputs; `after` are the findings of the draft.
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
        Some("they would not correct all that they should")
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
            let message = format!("the corrections are not written: {trouble}");
            let first = after.report.first_fault().unwrap_or_default();
            let help = format!("paste them one by one, to find the one that fails: {first}");
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
            lock: None,
        }
    }

    fn drafted() -> Draft {
        let sources = sources(SPEC);
        let draft = draft(&lint(&sources), &sources).expect("block style");
        draft.expect("something to mend")
    }

    /// The result of a draft with the findings `after`.
    fn outcome(before: &Sources, draft: Draft, after: &Sources) -> Result<Fix, String> {
        let outcome = checked(&lint(before), draft, lint(after), before);
        outcome.map_err(|report| report.render(MessageFormat::Human))
    }

    fn assert_refused(outcome: Result<Fix, String>, why: &str) {
        let report = outcome.expect_err("a refusal");
        assert!(
            report.contains("the corrections are not written"),
            "{report}"
        );
        assert!(report.contains(why), "{report}");
    }

    #[test]
    fn a_draft_that_corrects_is_accepted() {
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
        assert_refused(
            outcome(&before, drafted(), &before),
            "would not correct all",
        );
    }

    #[test]
    fn a_draft_that_the_generator_would_refuse_is_refused() {
        let sound = sources("openapi: 3.0.3\ninfo: {title: Lamps, version: '1'}\npaths: {}\n");
        let refused = format!("{SPEC}    shade: {{type: string, enum: [a, a]}}\n");
        let outcome = outcome(&sound, drafted(), &sources(&refused));
        assert_refused(outcome, "the generator would refuse the inputs with them");
    }
}
