//! The threads that prove: those of the host, over the module's memory.

use provable_wasm_abi::{export, threads::spawn};
use rayon::ThreadPoolBuilder;

export! {
    /// Has this many threads prove, beside the one that calls. To be called once, before the first job. Gives 1 if they cannot be had.
    pub fn start_threads(count: u32) -> u32 {
        let pool = ThreadPoolBuilder::new()
            .num_threads(count as usize)
            .spawn_handler(|thread| {
                spawn(|| thread.run());
                Ok(())
            });
        pool.build_global().is_err().into()
    }
}
