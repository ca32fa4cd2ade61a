//! Progress in the client's own way of showing it. Each job's is sent by a task of its own, in order, so that a
//! client that is slow to answer holds up nothing.

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::notification::Progress as ProgressNotification;
use tower_lsp_server::ls_types::{
    ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// The progress of one job; it ends when told to, or when it is dropped.
#[derive(Debug)]
pub struct Progress {
    steps: Option<UnboundedSender<WorkDoneProgress>>,
}

impl Progress {
    /// Begins one under a token. A token of the server's own has to be made known to the client first; with
    /// `known`, the client gave it.
    pub fn begin(client: Client, token: ProgressToken, known: bool, title: String) -> Progress {
        let (sender, mut steps) = unbounded_channel();
        tokio::spawn(async move {
            if !known
                && client
                    .create_work_done_progress(token.clone())
                    .await
                    .is_err()
            {
                return;
            }
            while let Some(value) = steps.recv().await {
                let params = ProgressParams {
                    token: token.clone(),
                    value: ProgressParamsValue::WorkDone(value),
                };
                client
                    .send_notification::<ProgressNotification>(params)
                    .await;
            }
        });
        let _ = sender.send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title,
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        }));
        Progress {
            steps: Some(sender),
        }
    }

    /// None, for a client that shows none.
    pub fn none() -> Progress {
        Progress { steps: None }
    }

    /// Says what the job is at and how far it is, from 0 to 1.
    pub fn report(&self, message: String, fraction: f64) {
        if let Some(steps) = &self.steps {
            let _ = steps.send(WorkDoneProgress::Report(WorkDoneProgressReport {
                cancellable: Some(true),
                message: Some(message),
                percentage: Some((fraction.clamp(0.0, 1.0) * 100.0) as u32),
            }));
        }
    }

    /// Says how the job ended.
    pub fn end(mut self, message: String) {
        if let Some(steps) = self.steps.take() {
            let _ = steps.send(WorkDoneProgress::End(WorkDoneProgressEnd {
                message: Some(message),
            }));
        }
    }
}
