//! What a client sees of its server besides what it asks for: how much it says, whether it is there, what it takes.

use super::{Client, PATIENCE};
use std::sync::atomic::Ordering;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Instant;

impl Client {
    /// How many messages with this method came that nobody has looked for.
    pub fn count(&mut self, method: &str) -> usize {
        while let Ok(message) = self.incoming.try_recv() {
            self.take_in(message);
        }
        let of_it = self
            .waiting
            .iter()
            .filter(|message| message["method"] == method);
        of_it.count()
    }

    /// Which of these requests have been answered.
    pub fn answered(&mut self, ids: &[u64]) -> Vec<u64> {
        while let Ok(message) = self.incoming.try_recv() {
            self.take_in(message);
        }
        let is_answer = |id: &&u64| {
            let mut waiting = self.waiting.iter();
            waiting.any(|message| message["id"] == **id && message.get("method").is_none())
        };
        ids.iter().filter(is_answer).copied().collect()
    }

    /// Waits for requests to fetch lenses again, until what is there then is something. Several changes may have one
    /// request, and one for an earlier change may come first.
    pub fn refreshed<T>(&mut self, found: impl Fn(&mut Client) -> Option<T>) -> T {
        loop {
            self.wait("workspace/codeLens/refresh", |_| true);
            if let Some(found) = found(self) {
                return found;
            }
        }
    }

    /// Bytes of the bodies of all messages that came.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// Answers what was left unanswered.
    pub fn answer_late(&mut self) {
        let late = std::mem::take(&mut self.late);
        let answers_late = std::mem::replace(&mut self.answers_late, false);
        late.iter().for_each(|message| self.reply(message));
        self.answers_late = answers_late;
    }

    /// Waits until the server has ended by itself.
    pub fn wait_for_the_end(&mut self) {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.incoming.recv_timeout(left) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the server did not end"),
            }
        }
        self.process.wait().expect("the server ends");
    }

    /// The processes that the server started and that have not ended.
    #[cfg(target_os = "linux")]
    pub fn children(&self) -> Vec<u32> {
        let processes = std::fs::read_dir("/proc").expect("a list of processes");
        let ids = processes
            .flatten()
            .filter_map(|one| one.file_name().to_str()?.parse().ok());
        ids.filter(|id: &u32| parent_of(*id) == Some(self.process.id()))
            .collect()
    }

    /// Resident memory of the server, in bytes.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).expect("the server runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kib.expect("a size") << 10
    }
}

/// The process that started a process.
#[cfg(target_os = "linux")]
fn parent_of(id: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // After the name, which is in brackets and may hold some: a letter for the state, then the parent.
    let (_, after) = stat.rsplit_once(')')?;
    after.split_whitespace().nth(1)?.parse().ok()
}
