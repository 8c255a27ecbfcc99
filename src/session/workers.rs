//! Threads that do the window's jobs. The only room with threads of its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use super::{
    command::Command,
    job::{Job, Outcome},
    run::run,
};

/// How many jobs run at once: both sides are read together, and views are made meanwhile.
const N_THREADS: usize = 3;

/// A queue of jobs and the threads that do them. Dropping it lets them end after the job in hand.
pub struct Workers {
    jobs: Sender<Job>,
    done: Receiver<Command>,
}

impl Workers {
    /// Starts the threads; `wake` is called after each job, from its thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: impl Fn() + Send + Sync + 'static) -> std::io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let (finished, done) = channel();
        let queue = Arc::new(Mutex::new(queue));
        let wake = Arc::new(wake);
        for idx in 0..N_THREADS {
            let (queue, finished, wake) = (Arc::clone(&queue), finished.clone(), Arc::clone(&wake));
            thread::Builder::new().name(format!("diptych-worker-{idx}")).spawn(move || {
                loop {
                    let next = queue.lock().map(|queue| queue.recv());
                    let Ok(Ok(job)) = next else { return };
                    let outcome = if job.handle.is_cancelled() {
                        Outcome::Cancelled
                    } else {
                        // A fault in one job must not take the thread with it.
                        catch_unwind(AssertUnwindSafe(|| run(&job))).unwrap_or_else(|_| {
                            Outcome::Failed(
                                "a job failed in an unforeseen way; save your work".into(),
                            )
                        })
                    };
                    if finished.send(Command::Finished(job.id, outcome)).is_err() {
                        return;
                    }
                    wake();
                }
            })?;
        }
        Ok(Self { jobs, done })
    }

    /// Puts a job in the queue.
    pub fn send(&self, job: Job) {
        // The threads live as long as the queue, so this cannot fail while `self` is there.
        self.jobs.send(job).ok();
    }

    /// The outcomes since the last call, oldest first.
    pub fn finished(&self) -> impl Iterator<Item = Command> {
        self.done.try_iter()
    }
}

/// Runs something that only waits, such as a file dialog, on a thread of its own.
///
/// # Errors
/// When the system gives no thread.
pub fn run_aside(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
