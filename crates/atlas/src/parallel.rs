use std::sync::{Mutex, PoisonError};

/// Does the same with each of many things, on as many threads as there are cores; the answers are in the things' order.
pub(crate) fn each<T: Send, U: Send>(things: Vec<T>, work: impl Fn(T) -> U + Sync) -> Vec<U> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(things.len());
    if threads < 2 {
        return things.into_iter().map(work).collect();
    }
    let waiting = Mutex::new(things.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let take = || std::iter::from_fn(next).map(|(i, thing)| (i, work(thing))).collect::<Vec<_>>();
    let mut done: Vec<(usize, U)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mine = take();
        let others = others.into_iter().map(|thread| thread.join());
        others
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .chain(mine)
            .collect()
    });
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_come_in_the_order_of_the_things() {
        assert_eq!(super::each((0..100).collect(), |n| n * n), (0..100).map(|n| n * n).collect::<Vec<_>>());
        assert!(super::each(Vec::<u8>::new(), |n| n).is_empty());
    }
}
