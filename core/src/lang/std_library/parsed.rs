//! The files of the standard library, parsed.

use super::files::FILES;
use crate::lang::modules::Parsed;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The file with an id, parsed once.
pub fn parsed(id: &str) -> Option<Arc<Parsed>> {
    static PARSED: LazyLock<HashMap<&'static str, Arc<Parsed>>> = LazyLock::new(|| {
        let parsed = |(id, text): &(&'static str, &'static str)| (*id, Arc::new(Parsed::new(text)));
        FILES.iter().map(parsed).collect()
    });
    PARSED.get(id).cloned()
}
