//! The progress of a job in the client. A task for each job sends it in order, so that nothing waits for a client that is
//! slow to answer.

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::notification::Progress as ProgressNotification;
use tower_lsp_server::ls_types::{
    ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// The progress of one job. It ends when it is told to, or when it is dropped.
#[derive(Debug)]
pub struct Progress {
    steps: Option<UnboundedSender<WorkDoneProgress>>,
}

impl Progress {
    /// Begins progress with a token. With `is_known` the client gave the token; else the token is announced to it first.
    pub fn begin(client: Client, token: ProgressToken, is_known: bool, title: String) -> Progress {
        let (sender, mut steps) = unbounded_channel();
        tokio::spawn(async move {
            if !is_known
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

    /// No progress, for a client that shows none.
    pub fn none() -> Progress {
        Progress { steps: None }
    }

    /// Reports what the job does and how far it is, from 0 to 1.
    pub fn report(&self, message: String, fraction: f64) {
        if let Some(steps) = &self.steps {
            let _ = steps.send(WorkDoneProgress::Report(WorkDoneProgressReport {
                cancellable: Some(true),
                message: Some(message),
                percentage: Some((fraction.clamp(0.0, 1.0) * 100.0) as u32),
            }));
        }
    }

    /// Ends the progress with a message.
    pub fn end(mut self, message: String) {
        if let Some(steps) = self.steps.take() {
            let _ = steps.send(WorkDoneProgress::End(WorkDoneProgressEnd {
                message: Some(message),
            }));
        }
    }
}
