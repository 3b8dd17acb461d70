//! The loop around the steps: parallel, ordered, bounded. It knows nothing of articles.
//!
//! One thread reads items and spends a budget of bytes on them, rayon's pool does the work, the calling thread takes the results
//! in the order of the items and gives the budget back. Memory is bounded by the budget whatever the input, no item waits for a
//! slow one before it but in the short window that the budget allows, and the output is the same for any number of threads.
//!
//! To wake a thread costs as much as some percent of an article. So the reader, once it waits, waits till there is room for many
//! items, and the calling thread is woken for many results at once; it takes fewer when nothing else is being worked, or after a moment.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
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
    let flight = Arc::new(Flight::new(budget));
    let reader = {
        let (pool, flight, stop, work) = (Arc::clone(pool), Arc::clone(&flight), Arc::clone(stop), Arc::new(work));
        move || {
            let _end = EndOfItems(&flight);
            for (place, item) in items.enumerate() {
                let weight = size(&item);
                if stop.load(Ordering::Relaxed) || flight.take_off(weight).is_break() {
                    return;
                }
                let (flight, work) = (Arc::clone(&flight), Arc::clone(&work));
                // The batch may be over before the work is done: then nobody looks at what has landed.
                pool.spawn(move || flight.land(Landed { place, weight, result: work(item) }));
            }
        }
    };
    // Detached on purpose: it may be blocked in a read when the batch is stopped.
    let reader = std::thread::Builder::new().name("reader".to_owned()).spawn(reader).expect("the system can start one more thread");

    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        let (landed, is_last) = flight.landed();
        if landed.is_empty() {
            if is_last {
                break;
            }
            if stop.load(Ordering::Relaxed) && flight.is_empty() || sink(None).is_break() {
                flight.close();
                return;
            }
        }
        early.extend(landed.into_iter().map(|Landed { place, weight, result }| (place, (weight, result))));
        let (mut items, mut bytes) = (0, 0);
        while let Some((weight, result)) = early.remove(&next) {
            next += 1;
            if sink(Some(result)).is_break() {
                flight.close();
                return;
            }
            (items, bytes) = (items + 1, bytes + weight);
        }
        flight.leave(items, bytes);
    }
    // All is read and sunk, unless the reader died: never take that for the end of the input.
    if let Err(panic) = reader.join() {
        std::panic::resume_unwind(panic);
    }
}

/// How long nothing may come before the sink is told, and a stopped batch noticed.
const IDLE: Duration = Duration::from_millis(50);

/// So many bytes of landed items are worth waking the calling thread.
const ENOUGH: usize = 128 << 10;

/// The items that were read and not yet sunk, shared by the reader, the pool and the sink.
struct Flight<R> {
    /// The most bytes in flight.
    budget: usize,
    state: Mutex<State<R>>,
    /// There is room for more, or the batch is over.
    room: Condvar,
    /// There is something to sink, or nothing more will come.
    landing: Condvar,
}

struct State<R> {
    /// All items in flight, and their bytes.
    items: usize,
    bytes: usize,
    /// Those of them that are worked, and not yet taken by the sink.
    landed: Vec<Landed<R>>,
    landed_bytes: usize,
    /// All items that were taken by the sink and wait there for one before them.
    taken: usize,
    /// No more items will be read.
    ended: bool,
    /// The sink takes no more.
    closed: bool,
}

/// A result, with the place of its item among all and the weight of it.
struct Landed<R> {
    place: usize,
    weight: usize,
    result: R,
}

impl<R> State<R> {
    /// Whether nothing is being worked.
    fn is_worked(&self) -> bool {
        self.landed.len() + self.taken == self.items
    }
}

impl<R> Flight<R> {
    fn new(budget: usize) -> Self {
        let state = State { items: 0, bytes: 0, landed: Vec::new(), landed_bytes: 0, taken: 0, ended: false, closed: false };
        Self { budget, state: Mutex::new(state), room: Condvar::new(), landing: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `bytes` fit beside what is in flight, or nothing is. Breaks when the batch is over.
    fn take_off(&self, bytes: usize) -> ControlFlow<()> {
        let mut state = self.state();
        let mut limit = self.budget;
        while state.items > 0 && state.bytes + bytes > limit && !state.closed {
            limit = self.budget / 4 * 3;
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return ControlFlow::Break(());
        }
        state.items += 1;
        state.bytes += bytes;
        ControlFlow::Continue(())
    }

    fn land(&self, item: Landed<R>) {
        let mut state = self.state();
        let before = state.landed_bytes;
        state.landed_bytes += item.weight;
        state.landed.push(item);
        if before < ENOUGH && state.landed_bytes >= ENOUGH || state.is_worked() {
            self.landing.notify_one();
        }
    }

    /// Waits for what is worth sinking and takes it; nothing if nothing came for a moment, or if all is sunk, which is told beside.
    fn landed(&self) -> (Vec<Landed<R>>, bool) {
        let is_awaited = |state: &mut State<R>| {
            let is_enough = state.landed_bytes >= ENOUGH || !state.landed.is_empty() && state.is_worked();
            let is_last = state.ended && state.items == 0;
            !(is_enough || is_last)
        };
        let (mut state, _) = self.landing.wait_timeout_while(self.state(), IDLE, is_awaited).unwrap_or_else(PoisonError::into_inner);
        state.landed_bytes = 0;
        let landed = std::mem::take(&mut state.landed);
        state.taken += landed.len();
        (landed, state.ended && state.items == 0)
    }

    /// So many items are sunk.
    fn leave(&self, items: usize, bytes: usize) {
        let mut state = self.state();
        state.items -= items;
        state.taken -= items;
        state.bytes -= bytes;
        if state.items == 0 || state.bytes <= self.budget / 4 * 3 {
            self.room.notify_one();
        }
    }

    fn is_empty(&self) -> bool {
        self.state().items == 0
    }

    fn close(&self) {
        self.state().closed = true;
        self.room.notify_one();
    }
}

/// Tells that no more items come, even if the reader panics.
struct EndOfItems<'a, R>(&'a Flight<R>);

impl<R> Drop for EndOfItems<'_, R> {
    fn drop(&mut self) {
        self.0.state().ended = true;
        self.0.landing.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::{atomic::AtomicUsize, mpsc},
        time::Instant,
    };

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
    fn a_result_that_nothing_goes_on_behind_is_sunk_at_once() {
        let (ask, asked) = mpsc::channel();
        ask.send(0).expect("is received");
        let began = Instant::now();
        let mut seen = 0;
        map_ordered(
            &pool(2),
            asked.into_iter(),
            ENOUGH * 4,
            |_| 1,
            |n: u32| n,
            &never(),
            |n| {
                // Each item comes only when the one before is sunk.
                if let Some(n) = n {
                    seen += 1;
                    ask.send(n + 1).expect("is received");
                }
                if seen == 40 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert!(began.elapsed() < IDLE * 20, "waited for moments in which nothing came: {:?}", began.elapsed());
    }

    #[test]
    fn many_results_are_sunk_together_but_none_waits_for_long() {
        let landed = Arc::new(AtomicUsize::new(0));
        let landing = Arc::clone(&landed);
        let work = move |n: usize| {
            // The last one keeps the pool busy: the others are few, and not all.
            std::thread::sleep(if n == 9 { IDLE * 40 } else { Duration::ZERO });
            landing.fetch_add(1, Ordering::SeqCst);
        };
        let mut seen = 0;
        map_ordered(
            &pool(2),
            0..10,
            ENOUGH * 4,
            |_| 1,
            work,
            &never(),
            |n| {
                seen += usize::from(n.is_some());
                assert!(seen != 9 || landed.load(Ordering::SeqCst) == 9, "nine are sunk before the tenth is worked");
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, 10);
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
