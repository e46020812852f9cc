//! What is printed: a line for each product, and the reasons of all.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use crate::generation::Generation;

/// The figures of a product.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) operations: usize,
    pub(crate) generated: usize,
    pub(crate) faults: usize,
    pub(crate) lines: usize,
    pub(crate) time: Duration,
    /// The faults by their reason: how many runs of the generator have it.
    pub(crate) reasons: BTreeMap<String, usize>,
    /// The errors and warnings of the compiler, if it was asked.
    pub(crate) errors: Option<(usize, usize)>,
    /// What ran, if it was asked for.
    pub(crate) ran: Option<Ran>,
}

/// Values and requests, and how many of them failed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ran {
    pub(crate) values: usize,
    pub(crate) values_failed: usize,
    /// The types without values of their own: those with files, and those that are merged of several schemas.
    pub(crate) with_files: usize,
    pub(crate) merged: usize,
    /// The types whose schema has no value.
    pub(crate) without_value: usize,
    pub(crate) requests: usize,
    pub(crate) requests_failed: usize,
}

impl Row {
    /// Adds a run of the generator on some operations.
    pub(crate) fn add(&mut self, operations: usize, generation: &Generation) {
        self.operations += operations;
        self.generated += generation.operations.len();
        self.faults += generation.faults;
        self.lines += generation.lines();
        self.time += generation.time;
        for reason in generation.reasons.keys() {
            *self.reasons.entry(reason.clone()).or_default() += 1;
        }
    }

    /// The figures in one line.
    pub(crate) fn line(&self, name: &str) -> String {
        let Self {
            operations,
            generated,
            faults,
            lines,
            time,
            reasons: _,
            errors,
            ran,
        } = self;
        let time = time.as_secs_f64();
        let compiled = match errors {
            Some((errors, warnings)) => format!(" {errors:>4} errors {warnings:>4} warnings"),
            None => String::new(),
        };
        let ran = match ran {
            Some(Ran {
                values,
                values_failed,
                with_files,
                merged,
                without_value,
                requests,
                requests_failed,
            }) => {
                let mut left_out = String::new();
                for (count, why) in [
                    (with_files, "with files"),
                    (merged, "merged"),
                    (without_value, "without a value"),
                ] {
                    if *count > 0 {
                        left_out.push_str(&format!(", {count} types {why} not tried"));
                    }
                }
                format!(
                    " {values_failed:>4} of {values} values lost {requests_failed:>4} of {requests} requests wrong{left_out}"
                )
            }
            None => String::new(),
        };
        format!(
            "{name:<24} {operations:>5} operations {generated:>5} generated {faults:>4} faults {lines:>7} lines {time:>7.2} s{compiled}{ran}"
        )
    }
}

/// The sum of all products.
#[derive(Debug, Default)]
pub(crate) struct Table {
    sum: Row,
    clean: usize,
    products: usize,
}

impl Table {
    pub(crate) fn add(&mut self, row: &Row) {
        self.products += 1;
        self.clean += usize::from(row.faults == 0);
        self.sum.operations += row.operations;
        self.sum.generated += row.generated;
        self.sum.faults += row.faults;
        self.sum.lines += row.lines;
        self.sum.time += row.time;
        if let Some((errors, warnings)) = row.errors {
            let (all, odd) = self.sum.errors.unwrap_or_default();
            self.sum.errors = Some((all + errors, odd + warnings));
        }
        if let Some(ran) = row.ran {
            let sum = self.sum.ran.get_or_insert_default();
            sum.values += ran.values;
            sum.values_failed += ran.values_failed;
            sum.with_files += ran.with_files;
            sum.merged += ran.merged;
            sum.without_value += ran.without_value;
            sum.requests += ran.requests;
            sum.requests_failed += ran.requests_failed;
        }
        for (reason, count) in &row.reasons {
            *self.sum.reasons.entry(reason.clone()).or_default() += count;
        }
    }

    /// Whether nothing is wrong with what was compiled and run.
    pub(crate) fn is_right(&self) -> bool {
        let ran = self.sum.ran.unwrap_or_default();
        let compiles = self.sum.errors.unwrap_or_default() == (0, 0);
        compiles && ran.values_failed + ran.requests_failed == 0
    }

    /// The share of the operations that is generated.
    pub(crate) fn percent(&self) -> f64 {
        100.0 * self.sum.generated as f64 / self.sum.operations.max(1) as f64
    }

    /// The last lines.
    pub(crate) fn summary(&self) -> String {
        let mut text = String::new();
        let Self {
            sum,
            clean,
            products,
        } = self;
        let _ = writeln!(text, "{}", sum.line("all"));
        let _ = writeln!(
            text,
            "{:.1} % generated; {clean} of {products} products without a fault",
            self.percent()
        );
        let mut reasons: Vec<_> = sum.reasons.iter().collect();
        reasons.sort_by_key(|(reason, count)| (usize::MAX - **count, (*reason).clone()));
        for (reason, count) in reasons {
            let _ = writeln!(text, "{count:>6}  {reason}");
        }
        text
    }
}
