//! Asks from any thread, also from one that runs a tokio runtime of its own: the sockets live on a thread of ours, and
//! whoever asks sleeps until the answer is there.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use tokio::runtime::{Builder, Runtime};

/// The one thread that moves bytes between all stores and their databases.
pub fn runtime() -> std::io::Result<&'static Runtime> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let made = Builder::new_multi_thread().worker_threads(1).thread_name("postgis").enable_all().build()?;
    Ok(RUNTIME.get_or_init(|| made))
}

/// Sleeps until a future is done.
pub fn wait<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn late() -> u32 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        7
    }

    #[test]
    fn it_waits_from_a_plain_thread_and_from_inside_a_runtime() {
        let ask = || wait(runtime().unwrap().spawn(late())).unwrap();
        assert_eq!(ask(), 7);
        for mut builder in [Builder::new_current_thread(), Builder::new_multi_thread()] {
            assert_eq!(builder.build().unwrap().block_on(async { ask() }), 7);
        }
    }
}
