//! The server's side: the queue, the child process that it starts and kills, and the events of each job.

use crate::support::*;
use provable_server::jobs::{Ending, Event, JobId, Jobs};
use provable_server::worker::protocol::{Answer, Request};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

struct Server {
    jobs: Jobs,
    events: UnboundedReceiver<Event>,
    folder: tempfile::TempDir,
}

impl Server {
    fn start(program: impl Into<PathBuf>, arguments: Vec<OsString>) -> Server {
        let (sender, events) = unbounded_channel();
        Server {
            jobs: Jobs::start(program.into(), arguments, sender),
            events,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn new() -> Server {
        Server::start(binary(), worker_arguments())
    }

    /// A worker that writes its process number to a file first.
    #[cfg(unix)]
    fn with_known_process() -> Server {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        let script = format!("echo $$ > '{}'; exec \"$0\" \"$@\"", pid.display());
        Server {
            folder,
            ..Server::shell(&script)
        }
    }

    /// A worker behind a line of shell; `$0 $@` is the true one's command.
    #[cfg(unix)]
    fn shell(script: &str) -> Server {
        Server::start("sh", shell_arguments(script))
    }

    #[cfg(unix)]
    fn process(&self) -> rustix::process::Pid {
        let pid = std::fs::read_to_string(self.folder.path().join("pid")).unwrap();
        rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap()
    }

    fn submit(&self, document: &str, request: Request) -> JobId {
        self.jobs.submit(document.into(), request)
    }

    async fn next(&mut self) -> Option<Event> {
        let next = tokio::time::timeout(GUARD, self.events.recv()).await;
        next.expect("something happens")
    }

    /// Everything up to this event.
    async fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            events.push(self.next().await.expect("it happens before the end"));
            if events.last().is_some_and(&wanted) {
                return events;
            }
        }
    }

    /// Waits until the worker is at work on the job.
    async fn at_work(&mut self, id: JobId) {
        self.until(|event| matches!(event, Event::Progress { id: of, .. } if *of == id))
            .await;
    }

    /// How the job ends.
    async fn ending(&mut self, id: JobId) -> Ending {
        let events = self.until(|event| ended(event) == Some(id)).await;
        match events.into_iter().last() {
            Some(Event::Ended { ending, .. }) => ending,
            other => panic!("{other:?}"),
        }
    }

    /// Everything to the end of the actor, once no handle is left.
    async fn rest(mut self) -> Vec<Event> {
        drop(self.jobs);
        let mut events = Vec::new();
        while let Ok(Some(event)) = tokio::time::timeout(GUARD, self.events.recv()).await {
            events.push(event);
        }
        events
    }
}

fn worker_arguments() -> Vec<OsString> {
    vec!["worker".into(), "--keys".into(), keys().into()]
}

#[cfg(unix)]
fn shell_arguments(script: &str) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["-c".into(), script.into(), binary().into()];
    arguments.extend(worker_arguments());
    arguments
}

#[cfg(unix)]
fn is_there(process: rustix::process::Pid) -> bool {
    rustix::process::test_kill_process(process).is_ok()
}

fn ended(event: &Event) -> Option<JobId> {
    match event {
        Event::Ended { id, .. } => Some(*id),
        _ => None,
    }
}

fn steps(ending: Ending) -> u64 {
    match ending {
        Ending::Done(Answer::Run(answer)) => answer.steps,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_job_is_queued_started_and_done() {
    let mut server = Server::new();
    let id = server.submit("a", run(SUM));
    let mut events = server.until(|event| ended(event).is_some()).await;
    events.retain(|event| !matches!(event, Event::Progress { .. }));
    let [queued, started, done] = events.try_into().unwrap();
    assert_eq!(queued, Event::Queued { id, position: 0 });
    assert_eq!(started, Event::Started { id });
    match done {
        Event::Ended { id: of, ending } => assert_eq!((of, steps(ending)), (id, 5)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_job_that_cannot_be_done_fails_and_the_worker_lives_on() {
    let mut server = Server::new();
    let wrong = server.submit("a", run("PUSHH\n"));
    match server.ending(wrong).await {
        Ending::Failed(error) => assert!(error.message.contains("sum.prov:1:1"), "{error:?}"),
        other => panic!("{other:?}"),
    }
    let right = server.submit("a", run(SUM));
    assert_eq!(steps(server.ending(right).await), 5);
}

#[tokio::test]
async fn jobs_wait_in_order() {
    let mut server = Server::new();
    let first = server.submit("a", run(FOREVER));
    server.at_work(first).await;
    let waiting: Vec<JobId> = ["b", "c", "d"]
        .map(|document| server.submit(document, run(SUM)))
        .into();
    server.jobs.cancel(first);
    let last = waiting[2];
    let events = server.until(|event| ended(event) == Some(last)).await;
    let positions = events.iter().filter_map(|event| match event {
        Event::Queued { position, .. } => Some(*position),
        _ => None,
    });
    assert_eq!(positions.collect::<Vec<_>>(), [1, 2, 3]);
    let started = events.iter().filter_map(|event| match event {
        Event::Started { id } => Some(*id),
        _ => None,
    });
    assert_eq!(started.collect::<Vec<_>>(), waiting);
    let mut expected = vec![first];
    expected.extend(&waiting);
    assert_eq!(
        events.iter().filter_map(ended).collect::<Vec<_>>(),
        expected
    );
}

#[tokio::test]
async fn a_newer_job_supersedes_the_waiting_and_the_running_one_of_its_document() {
    let mut server = Server::new();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let older = server.submit("b", run(FOREVER));
    let newer = server.submit("b", run(SUM));
    assert_eq!(server.ending(older).await, Ending::Superseded);
    let newest = server.submit("a", run(SUM));
    assert_eq!(server.ending(running).await, Ending::Superseded);
    assert_eq!(steps(server.ending(newer).await), 5);
    assert_eq!(steps(server.ending(newest).await), 5);
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_and_the_running_one_goes_on() {
    let mut server = Server::new();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let waiting = server.submit("b", run(SUM));
    server.jobs.cancel(waiting);
    assert_eq!(server.ending(waiting).await, Ending::Cancelled);
    server.jobs.cancel(waiting);
    server.jobs.cancel_document("a");
    let events = server.until(|event| ended(event) == Some(running)).await;
    assert_eq!(events.iter().filter_map(ended).count(), 1, "{events:?}");
}

#[tokio::test]
async fn cancelling_a_document_cancels_all_of_its_jobs() {
    let mut server = Server::new();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let other = server.submit("b", run(SUM));
    let waiting = server.submit("a", verify(SUM, ""));
    server.jobs.cancel_document("a");
    assert_eq!(server.ending(waiting).await, Ending::Cancelled);
    assert_eq!(server.ending(running).await, Ending::Cancelled);
    assert_eq!(steps(server.ending(other).await), 5);
}

#[cfg(unix)]
#[tokio::test]
async fn the_process_of_a_cancelled_job_ends_before_the_next_one_starts() {
    let mut server = Server::with_known_process();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let process = server.process();
    assert!(is_there(process));
    server.jobs.cancel(running);
    assert_eq!(server.ending(running).await, Ending::Cancelled);
    let next = server.submit("a", run(SUM));
    server
        .until(|event| *event == Event::Started { id: next })
        .await;
    assert!(!is_there(process));
    assert_eq!(steps(server.ending(next).await), 5);
    assert_ne!(server.process(), process);
}

#[cfg(unix)]
#[tokio::test]
async fn a_killed_worker_fails_its_job_alone() {
    let mut server = Server::with_known_process();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let waiting = server.submit("b", run(SUM));
    let killed = rustix::process::kill_process(server.process(), rustix::process::Signal::KILL);
    killed.unwrap();
    match server.ending(running).await {
        Ending::WorkerDied(how) => assert!(how.contains("signal 9"), "{how}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(steps(server.ending(waiting).await), 5);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_worker_without_memory_fails_its_job_alone() {
    let script = "ulimit -c 0; ulimit -v 300000; export MALLOC_ARENA_MAX=1; exec \"$0\" \"$@\"";
    let mut server = Server::shell(script);
    let grow = Request::Run {
        subject: subject("here: PUSH 1\nJMP here\n"),
        max_steps: u64::MAX,
        max_memory: 1 << 40,
    };
    let growing = server.submit("a", grow);
    match server.ending(growing).await {
        Ending::WorkerDied(how) => assert!(how.contains("out of memory"), "{how}"),
        other => panic!("{other:?}"),
    }
    let next = server.submit("a", run(SUM));
    assert_eq!(steps(server.ending(next).await), 5);
}

#[cfg(unix)]
#[tokio::test]
async fn a_worker_that_dies_between_jobs_is_replaced() {
    let mut server = Server::with_known_process();
    let first = server.submit("a", run(SUM));
    server.ending(first).await;
    let process = server.process();
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
    // Whether the next job meets the dying worker or a new one is a race: either it is told, or it is done.
    let second = server.submit("a", run(SUM));
    let ending = server.ending(second).await;
    assert!(
        matches!(ending, Ending::Done(_) | Ending::WorkerDied(_)),
        "{ending:?}"
    );
    let third = server.submit("a", run(SUM));
    assert_eq!(steps(server.ending(third).await), 5);
    assert_ne!(server.process(), process);
}

#[tokio::test]
async fn a_worker_that_cannot_be_started_is_reported() {
    let mut server = Server::start("/nowhere/provable", Vec::new());
    for _ in 0..2 {
        let id = server.submit("a", run(SUM));
        match server.ending(id).await {
            Ending::WorkerDied(how) => assert!(how.contains("/nowhere/provable"), "{how}"),
            other => panic!("{other:?}"),
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn every_malfunction_of_a_worker_is_reported() {
    for (script, says) in [
        ("exit 3", "exit status 3"),
        ("read line; exit 101", "exit status 101"),
        ("read line; kill -ABRT $$", "signal 6"),
        ("read line; echo hello; cat", "no answer"),
        ("read line; exec >&-; exec sleep 1000", "closed its output"),
    ] {
        let mut server = Server::shell(script);
        let id = server.submit("a", run(SUM));
        match server.ending(id).await {
            Ending::WorkerDied(how) => assert!(how.contains(says), "{script}: {how}"),
            other => panic!("{script}: {other:?}"),
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_worker_that_logs_much_does_its_job() {
    let script = "yes 0123456789 | head -c 1000000 >&2; exec \"$0\" \"$@\"";
    let mut server = Server::shell(script);
    let id = server.submit("a", run(SUM));
    assert_eq!(steps(server.ending(id).await), 5);
}

#[cfg(unix)]
#[tokio::test]
async fn a_request_that_cannot_be_sent_fails() {
    use std::os::unix::ffi::OsStringExt;
    let mut server = Server::new();
    let out = OsString::from_vec(vec![0xff]).into();
    let path = server.submit("a", prove(SUM, None, out));
    let large = server.submit("b", run(&"#".repeat(64 << 20)));
    for (id, says) in [(path, "UTF-8"), (large, "64 MiB")] {
        match server.ending(id).await {
            Ending::Failed(error) => assert!(error.message.contains(says), "{error:?}"),
            other => panic!("{other:?}"),
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn without_a_handle_all_jobs_are_cancelled_and_the_worker_ends() {
    let mut server = Server::with_known_process();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let waiting = server.submit("b", run(SUM));
    let process = server.process();
    let events = server.rest().await;
    for id in [running, waiting] {
        let ending = Ending::Cancelled;
        assert!(events.contains(&Event::Ended { id, ending }), "{events:?}");
    }
    assert!(!is_there(process));
}

#[cfg(unix)]
#[tokio::test]
async fn a_shutdown_waits_for_the_worker_and_later_jobs_are_cancelled() {
    let mut server = Server::with_known_process();
    let running = server.submit("a", run(FOREVER));
    server.at_work(running).await;
    let process = server.process();
    server.jobs.shut_down().await;
    assert!(!is_there(process));
    assert_eq!(server.ending(running).await, Ending::Cancelled);
    let late = server.submit("a", run(SUM));
    assert_eq!(server.ending(late).await, Ending::Cancelled);
    server.jobs.shut_down().await;
}

#[tokio::test]
async fn every_job_ends_exactly_once() {
    let server = Server::new();
    let mut submitted = Vec::new();
    // A fixed mixture of short and endless jobs of four documents, cancelled here and there.
    for step in 0_usize..120 {
        let document = ["a", "b", "c", "d"][step * 7 % 4];
        let request = match step * 5 % 11 {
            0..4 => run(SUM),
            4..7 => run(FOREVER),
            7..9 => verify(SUM, "no proof"),
            _ => run("no program"),
        };
        submitted.push(server.submit(document, request));
        match step * 3 % 13 {
            0..4 => server.jobs.cancel(submitted[step / 2]),
            4..8 => server.jobs.cancel(submitted[step]),
            8 => server.jobs.cancel_document(document),
            _ => {}
        }
        // Lets the actor and the worker come in between.
        if step % 3 == 0 {
            tokio::task::yield_now().await;
        }
    }
    server.jobs.shut_down().await;
    let mut endings = BTreeMap::new();
    for id in server.rest().await.iter().filter_map(ended) {
        *endings.entry(id).or_insert(0) += 1;
    }
    assert_eq!(endings.keys().copied().collect::<Vec<_>>(), submitted);
    assert!(endings.values().all(|count| *count == 1), "{endings:?}");
}
