//! The loop around the steps: parallel, ordered, bounded. It knows nothing of articles.
//!
//! One thread reads items and spends a budget of bytes on them, rayon's pool does the work, the calling thread takes the results
//! in the order of the items and gives the budget back. Memory is bounded by the budget whatever the input, no item waits for a
//! slow one before it but in the short window that the budget allows, and the output is the same for any number of threads.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    time::Duration,
};

/// The most threads that a batch is given. Tens of thousands, as a slip of the finger asks for, leave a system no time for anything else.
pub const MOST_JOBS: usize = 1024;

/// Applies `work` to every item on `pool` and gives the results to `sink` in the order of the items. When nothing has come for a moment,
/// `sink` gets `None`: a good time to flush.
///
/// `size` is an item's weight in bytes; items in flight (read and not yet sunk) weigh at most `budget` together, but one item of any
/// size is always let through. `sink` may stop the batch; so may `stop`, from another thread: then what was read is still worked and
/// sunk, and the call returns even if the reader is waiting for input that never comes. `work` must not panic: the item would be lost
/// and the batch would wait for it.
pub fn map_ordered<T, R>(
    pool: &Arc<rayon::ThreadPool>,
    items: impl Iterator<Item = T> + Send + 'static,
    budget: usize,
    size: impl Fn(&T) -> usize + Send + 'static,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    stop: &Arc<AtomicBool>,
    mut sink: impl FnMut(Option<R>) -> ControlFlow<()>,
) where
    T: Send + 'static,
    R: Send + 'static,
{
    let budget = Arc::new(Budget::new(budget));
    let (results, arrivals) = mpsc::channel::<(usize, usize, R)>();
    let reader = {
        let (pool, budget, stop, work) = (Arc::clone(pool), Arc::clone(&budget), Arc::clone(stop), Arc::new(work));
        move || {
            for (place, item) in items.enumerate() {
                let weight = size(&item);
                if budget.take(weight).is_break() || stop.load(Ordering::Relaxed) {
                    return;
                }
                let (results, work) = (results.clone(), Arc::clone(&work));
                // The batch may be over before the work is done: then nobody receives.
                pool.spawn(move || drop(results.send((place, weight, work(item)))));
            }
        }
    };
    // Detached on purpose: it may be blocked in a read when the batch is stopped.
    let reader = std::thread::Builder::new().name("reader".to_owned()).spawn(reader).expect("the system can start one more thread");

    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        match arrivals.recv_timeout(IDLE) {
            Ok((place, weight, result)) => early.insert(place, (weight, result)),
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) && budget.is_unspent() => break,
            Err(RecvTimeoutError::Timeout) if sink(None).is_continue() => continue,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => {
                // All is read and sunk, unless the reader died: never take that for the end of the input.
                if let Err(panic) = reader.join() {
                    std::panic::resume_unwind(panic);
                }
                break;
            }
        };
        while let Some((weight, result)) = early.remove(&next) {
            next += 1;
            if sink(Some(result)).is_break() {
                budget.close();
                return;
            }
            budget.give(weight);
        }
    }
    budget.close();
}

/// How long nothing may come before the sink is told, and a stopped batch noticed.
const IDLE: Duration = Duration::from_millis(50);

/// Bytes in flight, shared by the reader and the sink.
struct Budget {
    limit: usize,
    state: Mutex<Spent>,
    changed: Condvar,
}

#[derive(Default)]
struct Spent {
    items: usize,
    bytes: usize,
    closed: bool,
}

impl Budget {
    fn new(limit: usize) -> Self {
        Self { limit, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until `bytes` fit beside what is in flight, or nothing is. Breaks when the batch is over.
    fn take(&self, bytes: usize) -> ControlFlow<()> {
        let mut spent = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while spent.items > 0 && spent.bytes + bytes > self.limit && !spent.closed {
            spent = self.changed.wait(spent).unwrap_or_else(PoisonError::into_inner);
        }
        spent.items += 1;
        spent.bytes += bytes;
        if spent.closed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn give(&self, bytes: usize) {
        let mut spent = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        spent.items -= 1;
        spent.bytes -= bytes;
        self.changed.notify_one();
    }

    fn is_unspent(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).items == 0
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    fn pool(threads: usize) -> Arc<rayon::ThreadPool> {
        Arc::new(rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
    }

    fn never() -> Arc<AtomicBool> {
        Arc::default()
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 4] {
            let mut out: Vec<usize> = Vec::new();
            let work = |n: usize| {
                std::thread::sleep(Duration::from_micros((n as u64 * 7919) % 300));
                n * 2
            };
            map_ordered(
                &pool(threads),
                0..500,
                64,
                |_| 8,
                work,
                &never(),
                |n| {
                    out.extend(n);
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(out, (0..500).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_than_the_budget_is_in_flight() {
        let in_flight = Arc::new(AtomicUsize::new(0));
        let most = Arc::new(AtomicUsize::new(0));
        let (reading, seen) = (Arc::clone(&in_flight), Arc::clone(&most));
        let items = (0..200).inspect(move |_| {
            seen.fetch_max(reading.fetch_add(10, Ordering::SeqCst) + 10, Ordering::SeqCst);
        });
        map_ordered(
            &pool(4),
            items,
            50,
            |_| 10,
            |n: i32| n,
            &never(),
            |_| {
                in_flight.fetch_sub(10, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        // One item may have been taken from the iterator and be waiting for the budget.
        assert!(most.load(Ordering::SeqCst) <= 60, "{most:?}");
    }

    #[test]
    fn an_item_larger_than_the_budget_goes_through() {
        let mut sum = 0;
        map_ordered(
            &pool(2),
            [1, 900, 1, 900].into_iter(),
            10,
            |&n| n,
            |n| n,
            &never(),
            |n| {
                sum += n.unwrap_or(0);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(sum, 1802);
    }

    #[test]
    fn a_sink_that_wants_no_more_ends_the_batch() {
        let mut seen = 0;
        map_ordered(
            &pool(2),
            0..,
            32,
            |_: &u64| 8,
            |n| n,
            &never(),
            |_| {
                seen += 1;
                if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 10);
    }

    #[test]
    fn stopping_keeps_what_was_read() {
        let stop = never();
        let mut out: Vec<u64> = Vec::new();
        map_ordered(
            &pool(2),
            0..,
            32,
            |_: &u64| 8,
            |n| n,
            &stop,
            |n| {
                out.extend(n);
                if n == Some(20) {
                    stop.store(true, Ordering::Relaxed);
                }
                ControlFlow::Continue(())
            },
        );
        assert!(out.len() >= 21 && out.iter().copied().eq(0..out.len() as u64));
    }

    #[test]
    #[should_panic(expected = "the disk is on fire")]
    fn a_reader_that_dies_is_not_the_end_of_the_input() {
        let items = (0..10).inspect(|&n| assert!(n < 5, "the disk is on fire"));
        map_ordered(&pool(1), items, 1, |_| 1, |n| n, &never(), |_| ControlFlow::Continue(()));
    }

    #[test]
    fn stopping_does_not_wait_for_a_reader_that_waits() {
        let stop = never();
        let (_open, input) = mpsc::channel::<u8>(); // never sends, never closes
        let items = std::iter::once(1).chain(input);
        let mut seen = 0;
        map_ordered(
            &pool(1),
            items,
            32,
            |_| 1,
            |n| n,
            &stop,
            |n| {
                seen += n.unwrap_or(0);
                stop.store(true, Ordering::Relaxed);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, 1);
    }
}
