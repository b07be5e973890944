//! Work by several threads, given on in the order in which it was taken.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Results that may wait for an earlier one, for each thread: enough that one slow file does not idle
/// the others, few enough that memory does not grow with the number of files.
const WAITING: usize = 4;

/// Takes items from `feed` one at a time, works on them in `threads` threads, and hands the results to
/// `each` on this thread, in the order of the items. Each thread has a worker of its own, made by `hire`.
///
/// # Errors
/// The first error of `each`; nothing is taken from `feed` after it.
pub(super) fn ordered<T, R: Send, W, E>(
    threads: NonZeroUsize,
    feed: impl FnMut() -> Option<T> + Send,
    hire: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let line = Line { feed: Mutex::new((0, feed)), window: Mutex::new(Window::new(threads)), moved: Condvar::new() };
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (done, line, hire, work) = (done.clone(), &line, &hire, &work);
            scope.spawn(move || line.attend(&mut hire(), work, &done));
        }
        drop(done);
        // Whatever ends this, the threads must not wait for room any more.
        let _closed = Closing(&line);
        in_order(&results, |result| {
            each(result)?;
            line.advance();
            Ok(())
        })
    })
}

/// Hands results on in the order of their numbers, from 0.
fn in_order<R, E>(results: &Receiver<(usize, R)>, mut each: impl FnMut(R) -> Result<(), E>) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            each(result)?;
            next += 1;
        }
    }
    Ok(())
}

/// The items, and how far threads may go ahead of what was handed on.
struct Line<F> {
    /// The number of the next item, and where it comes from.
    feed: Mutex<(usize, F)>,
    window: Mutex<Window>,
    moved: Condvar,
}

struct Window {
    /// Numbers from here on must wait.
    end: usize,
    /// Whether a thread waits for room: only then it is told of some.
    awaited: bool,
    closed: bool,
}

impl Window {
    fn new(threads: NonZeroUsize) -> Self {
        Window { end: threads.get().saturating_mul(1 + WAITING), awaited: false, closed: false }
    }
}

/// A thread that panicked has ended its own item only; the state is whole between two steps.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F> Line<F> {
    /// Works until nothing is left, or nobody wants results.
    fn attend<T, R, W>(&self, worker: &mut W, work: impl Fn(&mut W, T) -> R, done: &Sender<(usize, R)>)
    where
        F: FnMut() -> Option<T>,
    {
        while let Some((number, item)) = self.take() {
            if done.send((number, work(worker, item))).is_err() {
                return;
            }
        }
    }

    /// The next item with its number, as soon as there is room for its result.
    fn take<T>(&self) -> Option<(usize, T)>
    where
        F: FnMut() -> Option<T>,
    {
        let mut feed = locked(&self.feed);
        let (next, items) = &mut *feed;
        let full = |window: &mut Window| {
            window.awaited = *next >= window.end && !window.closed;
            window.awaited
        };
        let window = self.moved.wait_while(locked(&self.window), full).unwrap_or_else(PoisonError::into_inner);
        if window.closed {
            return None;
        }
        drop(window);
        let item = items()?;
        let number = *next;
        *next += 1;
        Some((number, item))
    }

    /// One result more was handed on.
    fn advance(&self) {
        let mut window = locked(&self.window);
        window.end += 1;
        let awaited = window.awaited;
        drop(window);
        if awaited {
            self.moved.notify_all();
        }
    }
}

/// Closes the line when it goes.
struct Closing<'a, F>(&'a Line<F>);

impl<F> Drop for Closing<'_, F> {
    fn drop(&mut self) {
        locked(&self.0.window).closed = true;
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("some")
    }

    /// Takes longer for some numbers than for others.
    fn uneven(number: usize) -> usize {
        let rounds = if number.is_multiple_of(7) { 20_000 } else { 10 };
        (0..rounds).fold(number, |sum, round| std::hint::black_box(sum ^ round) ^ round)
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [1, 2, 16] {
            let mut items = 0..1_000;
            let mut got = Vec::new();
            let result: Result<(), ()> = ordered(
                threads(count),
                || items.next(),
                || (),
                |(), n| uneven(n),
                |n| {
                    got.push(n);
                    Ok(())
                },
            );
            assert_eq!(result, Ok(()));
            assert_eq!(got, (0..1_000).collect::<Vec<_>>(), "{count} threads");
        }
    }

    #[test]
    fn nobody_runs_far_ahead_of_what_was_handed_on() {
        let taken = AtomicUsize::new(0);
        let feed = || (taken.load(Ordering::Relaxed) < 500).then(|| taken.fetch_add(1, Ordering::Relaxed));
        let mut handed = 0;
        let result: Result<(), ()> = ordered(
            threads(2),
            feed,
            || (),
            |(), n| n,
            |_| {
                handed += 1;
                let ahead = taken.load(Ordering::Relaxed) - handed;
                assert!(ahead <= 2 * (1 + WAITING), "{ahead} ahead");
                Ok(())
            },
        );
        assert_eq!((result, handed), (Ok(()), 500));
    }

    #[test]
    fn the_first_error_ends_it_and_little_more_is_taken() {
        let mut taken = 0;
        let feed = || {
            taken += 1;
            Some(taken)
        };
        let result = ordered(threads(4), feed, || (), |(), n| n, |n| if n == 10 { Err(n) } else { Ok(()) });
        assert_eq!(result, Err(10));
        assert!(taken <= 10 + 4 * (1 + WAITING), "{taken} taken");
    }

    #[test]
    fn each_thread_has_a_worker_of_its_own() {
        let hired = AtomicUsize::new(0);
        let mut items = 0..100;
        let hire = || hired.fetch_add(1, Ordering::Relaxed);
        let result: Result<(), ()> = ordered(
            threads(3),
            || items.next(),
            hire,
            |worker, _| *worker,
            |worker| {
                assert!(worker < 3);
                Ok(())
            },
        );
        assert_eq!((result, hired.into_inner()), (Ok(()), 3));
    }
}
