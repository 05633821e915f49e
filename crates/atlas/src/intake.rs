use crate::drafts::Drafts;
use crate::find::{Gathered, gather};
use model::Asset;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Takes in assets: one at a time at once, or many, and then features and words are made on a thread each while the next
/// are fetched.
pub(crate) struct Intake {
    drafts: Worker<Drafts>,
    words: Worker<Gathered>,
}

impl Default for Intake {
    fn default() -> Self {
        Self { drafts: Worker::new(Drafts::add), words: Worker::new(gather) }
    }
}

impl Intake {
    pub fn add(&mut self, asset: &Asset) {
        self.drafts.one(asset);
        self.words.one(asset);
    }

    pub fn add_all(&mut self, assets: Vec<Asset>) {
        let assets = Arc::new(assets);
        self.drafts.many(&assets);
        self.words.many(&assets);
    }

    pub fn finish(self) -> (Drafts, Gathered) {
        (self.drafts.finish(), self.words.finish())
    }
}

/// So many batches may wait for a thread.
const WAITING: usize = 4;

/// Makes something of one asset after another.
struct Worker<T> {
    add: fn(&mut T, &Asset),
    state: State<T>,
}

enum State<T> {
    Here(T),
    Away(SyncSender<Arc<Vec<Asset>>>, JoinHandle<T>),
}

impl<T: Default + Send + 'static> Worker<T> {
    fn new(add: fn(&mut T, &Asset)) -> Self {
        Self { add, state: State::Here(T::default()) }
    }

    fn one(&mut self, asset: &Asset) {
        match &mut self.state {
            State::Here(made) => (self.add)(made, asset),
            State::Away(..) => self.many(&Arc::new(vec![asset.clone()])),
        }
    }

    fn many(&mut self, assets: &Arc<Vec<Asset>>) {
        if let State::Here(made) = &mut self.state {
            self.state = send_away(std::mem::take(made), self.add);
        }
        if let State::Away(to, _) = &self.state {
            // It hears nothing any more only when it has panicked, which comes to light at the end.
            let _ = to.send(assets.clone());
        }
    }

    fn finish(self) -> T {
        match self.state {
            State::Here(made) => made,
            State::Away(to, thread) => {
                drop(to);
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            }
        }
    }
}

fn send_away<T: Send + 'static>(mut made: T, add: fn(&mut T, &Asset)) -> State<T> {
    let (to, from) = sync_channel::<Arc<Vec<Asset>>>(WAITING);
    let thread = std::thread::spawn(move || {
        from.iter().for_each(|assets| assets.iter().for_each(|asset| add(&mut made, asset)));
        made
    });
    State::Away(to, thread)
}
