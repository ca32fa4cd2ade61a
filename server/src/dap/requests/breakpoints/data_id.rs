//! What a heap cell is called between client and adapter.

const PREFIX: &str = "heap:";

/// The name of a cell.
pub fn id_of(address: u32) -> String {
    format!("{PREFIX}{address}")
}

/// The cell of a name that [`id_of`] gave.
pub fn cell_of(data_id: &str) -> Option<u32> {
    data_id.strip_prefix(PREFIX)?.parse().ok()
}
