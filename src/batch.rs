//! The loop around the steps: parallel, ordered, bounded. It knows nothing of articles.
//!
//! One thread reads items and spends a budget of bytes on them, rayon's pool does the work, the calling thread takes the results
//! in the order of the items and gives the budget back. Memory is bounded by the budget whatever the input, no item waits for a
//! slow one before it but in the short window that the budget allows, and the output is the same for any number of threads.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
};

/// Applies `work` to every item on `pool` and gives the results to `sink` in the order of the items.
///
/// `size` is an item's weight in bytes; items in flight (read and not yet sunk) weigh at most `budget` together, but one item of any
/// size is always let through. `sink` may stop the batch; so may `stop`, from another thread: then no further item is read, and
/// what was read is still worked and sunk. `work` must not panic: a panic ends the whole batch.
pub fn map_ordered<T, R>(
    pool: &rayon::ThreadPool,
    items: impl Iterator<Item = T> + Send,
    budget: usize,
    size: impl Fn(&T) -> usize + Sync,
    work: impl Fn(T) -> R + Sync,
    stop: &AtomicBool,
    mut sink: impl FnMut(R) -> ControlFlow<()>,
) where
    T: Send,
    R: Send,
{
    let budget = Budget::new(budget);
    let sunk = AtomicBool::new(false); // the sink wants no more
    let (results, arrivals) = mpsc::channel::<(usize, usize, R)>();
    std::thread::scope(|threads| {
        let (budget, sunk, work, size) = (&budget, &sunk, &work, &size);
        threads.spawn(move || {
            pool.in_place_scope(|scope| {
                for (place, item) in items.enumerate() {
                    let weight = size(&item);
                    budget.take(weight);
                    if stop.load(Ordering::Relaxed) || sunk.load(Ordering::Relaxed) {
                        break;
                    }
                    let results = results.clone();
                    scope.spawn(move |_| {
                        if !sunk.load(Ordering::Relaxed) {
                            // The receiver lives until every sender is gone.
                            let _ = results.send((place, weight, work(item)));
                        }
                    });
                }
                drop(results);
            });
        });
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (place, weight, result) in arrivals {
            early.insert(place, (weight, result));
            while let Some((weight, result)) = early.remove(&next) {
                next += 1;
                if !sunk.load(Ordering::Relaxed) && sink(result).is_break() {
                    sunk.store(true, Ordering::Relaxed);
                }
                budget.give(weight);
            }
            if sunk.load(Ordering::Relaxed) {
                budget.open(); // the reader may be waiting for bytes that nobody will give back
            }
        }
    });
}

/// Bytes in flight, shared by the reader and the sink.
struct Budget {
    limit: usize,
    state: Mutex<Spent>,
    changed: Condvar,
}

#[derive(Default)]
struct Spent {
    bytes: usize,
    open: bool,
}

impl Budget {
    fn new(limit: usize) -> Self {
        Self { limit, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until `bytes` fit beside what is in flight, or nothing is.
    fn take(&self, bytes: usize) {
        let mut spent = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while spent.bytes > 0 && spent.bytes + bytes > self.limit && !spent.open {
            spent = self.changed.wait(spent).unwrap_or_else(PoisonError::into_inner);
        }
        spent.bytes += bytes;
    }

    fn give(&self, bytes: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).bytes -= bytes;
        self.changed.notify_one();
    }

    fn open(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).open = true;
        self.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool")
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 4] {
            let mut out = Vec::new();
            let work = |n: usize| {
                std::thread::sleep(std::time::Duration::from_micros((n as u64 * 7919) % 300));
                n * 2
            };
            map_ordered(
                &pool(threads),
                0..500,
                64,
                |_| 8,
                work,
                &AtomicBool::new(false),
                |n| {
                    out.push(n);
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(out, (0..500).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_than_the_budget_is_in_flight() {
        let in_flight = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let items = (0..200).inspect(|_| {
            most.fetch_max(in_flight.fetch_add(10, Ordering::SeqCst) + 10, Ordering::SeqCst);
        });
        map_ordered(
            &pool(4),
            items,
            50,
            |_| 10,
            |n: i32| n,
            &AtomicBool::new(false),
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
            &AtomicBool::new(false),
            |n| {
                sum += n;
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
            &AtomicBool::new(false),
            |_| {
                seen += 1;
                if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 10);
    }

    #[test]
    fn stopping_keeps_what_was_read() {
        let stop = AtomicBool::new(false);
        let mut out = Vec::new();
        map_ordered(
            &pool(2),
            0..,
            32,
            |_: &u64| 8,
            |n| n,
            &stop,
            |n| {
                out.push(n);
                if n == 20 {
                    stop.store(true, Ordering::Relaxed);
                }
                ControlFlow::Continue(())
            },
        );
        assert!(out.len() >= 21 && out.iter().copied().eq(0..out.len() as u64));
    }
}
