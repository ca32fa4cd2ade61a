//! Columns of text.

/// A table: numbers on the right of their columns, and a text at the end of each row.
pub struct Table {
    rows: Vec<(Vec<String>, String)>,
}

impl Table {
    /// A table with these heads.
    pub fn new(columns: &[&str], last: &str) -> Table {
        let heads = columns.iter().map(|head| head.to_string()).collect();
        Table {
            rows: vec![(heads, last.to_owned())],
        }
    }

    /// Adds a row.
    pub fn row(&mut self, columns: Vec<String>, last: String) {
        self.rows.push((columns, last));
    }

    /// The lines, each indented by two characters.
    pub fn text(&self) -> String {
        let mut widths: Vec<usize> = Vec::new();
        for (columns, _) in &self.rows {
            widths.resize(columns.len().max(widths.len()), 0);
            for (width, column) in widths.iter_mut().zip(columns) {
                *width = column.chars().count().max(*width);
            }
        }
        let mut text = String::new();
        for (columns, last) in &self.rows {
            for (column, width) in columns.iter().zip(&widths) {
                text.push_str(&format!("  {column:>width$}"));
            }
            text.push_str(&format!("  {last}"));
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        text
    }
}

/// A part of a whole, from 0 to 1.
pub fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}
