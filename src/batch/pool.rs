//! Work by several threads, given on in the order in which it was taken.
//!
//! A thread cannot be stopped from outside. What runs into the time limit is left to itself, its result is not waited
//! for, and another thread takes its place: so no thread here borrows anything. A reader's own limits end nearly
//! everything long before; this one holds for what nobody foresaw.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::runner::STACK;

/// Results that may wait for an earlier one, for each thread: enough that one slow file does not idle
/// the others, few enough that memory does not grow with the number of files.
const WAITING: usize = 4;
/// How often it is looked whether something takes too long.
const LOOK: Duration = Duration::from_millis(200);

/// What the threads do.
pub(super) trait Work: Send + Sync + 'static {
    /// What is taken.
    type Item;
    /// What a thread has for itself.
    type Worker;
    /// What is known of an item in hand, should its result never come.
    type Ticket: Send;
    /// What is handed on.
    type Result: Send;

    /// Makes what a thread has for itself.
    fn hire(&self) -> Self::Worker;

    /// Works on an item; `None` if it was left behind meanwhile. What may take for ever is done between
    /// [`Hand::take_up`] and [`Hand::put_down`].
    fn work(&self, worker: &mut Self::Worker, item: Self::Item, hand: &Hand<Self::Ticket>) -> Option<Self::Result>;

    /// The result of an item that was left behind.
    fn lost(&self, ticket: Self::Ticket) -> Self::Result;
}

/// Takes items from `feed` one at a time, works on them in `threads` threads, and hands the results to
/// `each` on this thread, in the order of the items. What takes longer than `limit` is lost.
///
/// # Errors
/// The first error of `each`; nothing is taken from `feed` after it.
pub(super) fn ordered<W: Work, F, E>(
    threads: NonZeroUsize,
    limit: Duration,
    feed: F,
    work: Arc<W>,
    mut each: impl FnMut(&mut W::Result) -> Result<(), E>,
) -> Result<(), E>
where
    F: FnMut() -> Option<W::Item> + Send + 'static,
{
    let line = Line { feed: Mutex::new((0, feed)), window: Mutex::new(Window::new(threads)), moved: Condvar::new() };
    let (line, (done, results)) = (Arc::new(line), mpsc::channel());
    let mut crew =
        Crew { limit, line: Arc::clone(&line), work, done, places: Vec::new(), looked: now(), lost: Vec::new() };
    for _ in 0..threads.get() {
        crew.start();
    }
    // Whatever ends this, the threads must not wait for room any more.
    let closing = Closing(&*line);
    let ended = in_order(&mut crew, &results, |result| {
        each(result)?;
        line.advance();
        Ok(())
    });
    drop(closing);
    while crew.next(&results).is_some() {}
    ended
}

/// Hands results on in the order of their numbers, from 0, and then gives them back to the threads that made them.
fn in_order<W: Work, F: FnMut() -> Option<W::Item> + Send + 'static, E>(
    crew: &mut Crew<W, F>,
    results: &Receiver<Said<W::Result>>,
    mut each: impl FnMut(&mut W::Result) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    while let Some((number, done)) = crew.next(results) {
        early.insert(number, done);
        while let Some(mut done) = early.remove(&next) {
            each(&mut done.result)?;
            crew.give_back(done);
            next += 1;
        }
    }
    Ok(())
}

/// A result, and the place of the thread that made it; none has made what is lost.
struct Made<R> {
    at: Option<usize>,
    result: R,
}

/// What a thread says.
enum Said<R> {
    /// The number of an item, and its result.
    Done(usize, Made<R>),
    /// It ends, and whether by a fault of the program.
    Ends(usize, bool),
}

/// The threads.
struct Crew<W: Work, F> {
    limit: Duration,
    line: Arc<Line<F>>,
    work: Arc<W>,
    done: Sender<Said<W::Result>>,
    /// Those that are waited for, by the number under which each says that it ends.
    places: Vec<Option<Place<W::Ticket, W::Result>>>,
    /// When it was last looked what takes too long …
    looked: Instant,
    /// … and what did.
    lost: Vec<(usize, Made<W::Result>)>,
}

/// A thread, and what is seen of it.
struct Place<T, R> {
    thread: JoinHandle<()>,
    hand: Arc<Hand<T>>,
    /// Takes back what has been handed on: who made it can be rid of it more cheaply than anyone else, and in nobody's way.
    used: Sender<R>,
    /// The turn in which it was seen at work, and since when.
    seen: Option<(u64, Instant)>,
}

impl<W: Work, F: FnMut() -> Option<W::Item> + Send + 'static> Crew<W, F> {
    fn start(&mut self) {
        let (line, work, done, at) =
            (Arc::clone(&self.line), Arc::clone(&self.work), self.done.clone(), self.places.len());
        let hand = Arc::new(Hand::default());
        let own = Arc::clone(&hand);
        let (used, back) = mpsc::channel();
        let attend = move || {
            let ending = Ending { done: &done, at };
            line.attend(&*work, (at, &own), (ending.done, &back));
        };
        let started = thread::Builder::new().name("reader".to_owned()).stack_size(STACK).spawn(attend);
        match started {
            Ok(thread) => self.places.push(Some(Place { thread, hand, used, seen: None })),
            // With fewer threads it only takes longer.
            Err(_) if self.places.iter().any(Option::is_some) => {}
            Err(error) => panic!("no thread could be started: {error}"),
        }
    }

    /// The next result that comes; `None` when there is nobody any more who has one.
    fn next(&mut self, results: &Receiver<Said<W::Result>>) -> Option<(usize, Made<W::Result>)> {
        loop {
            if let Some(lost) = self.lost.pop() {
                return Some(lost);
            }
            if self.places.iter().all(Option::is_none) {
                return None;
            }
            let said = results.recv_timeout(LOOK);
            // Results that come all the time must not hide one that never comes.
            if self.looked.elapsed() >= LOOK {
                self.look();
            }
            match said {
                Ok(Said::Done(number, result)) => return Some((number, result)),
                Ok(Said::Ends(at, fault)) => {
                    // One that was left behind is nobody's.
                    let Some(place) = self.places[at].take() else { continue };
                    // Behind this it holds nothing of the run any more.
                    let ended = place.thread.join();
                    assert!(!fault && ended.is_ok(), "a thread of the run failed");
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
    }

    /// Gives a result back that has been handed on.
    fn give_back(&self, Made { at, result }: Made<W::Result>) {
        if let Some(place) = at.and_then(|at| self.places[at].as_ref()) {
            // One that has ended takes nothing back.
            let _ = place.used.send(result);
        }
    }

    /// Leaves those behind that have been at one item for too long, and has others take their places.
    fn look(&mut self) {
        self.looked = now();
        for at in 0..self.places.len() {
            let Some(place) = &mut self.places[at] else { continue };
            match (place.hand.turn(), place.seen) {
                (Some(turn), Some((seen, since))) if seen == turn => {
                    let late = since.elapsed() >= self.limit;
                    let Some((number, ticket)) = late.then(|| place.hand.leave()).flatten() else { continue };
                    self.lost.push((number, Made { at: None, result: self.work.lost(ticket) }));
                    self.places[at] = None;
                    self.start();
                }
                (turn, _) => place.seen = turn.map(|turn| (turn, self.looked)),
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a limit on time needs a clock")]
fn now() -> Instant {
    Instant::now()
}

/// What a thread has in hand, seen from both sides.
pub(super) struct Hand<T>(Mutex<Held<T>>);

struct Held<T> {
    /// How many items were taken up.
    turn: u64,
    /// The number of the last.
    number: usize,
    /// What is known of it, while it is in hand.
    ticket: Option<T>,
    /// Nobody waits for it any more.
    left: bool,
}

impl<T> Default for Hand<T> {
    fn default() -> Self {
        Hand(Mutex::new(Held { turn: 0, number: 0, ticket: None, left: false }))
    }
}

impl<T> Hand<T> {
    /// Begins with what may take for ever.
    pub(super) fn take_up(&self, ticket: T) {
        let mut held = locked(&self.0);
        held.turn += 1;
        held.ticket = Some(ticket);
    }

    /// Has done so; `false` if it was left behind meanwhile, and nobody wants the result.
    pub(super) fn put_down(&self) -> bool {
        let mut held = locked(&self.0);
        held.ticket = None;
        !held.left
    }

    /// The item in hand by the turn in which it was taken up.
    fn turn(&self) -> Option<u64> {
        let held = locked(&self.0);
        held.ticket.as_ref().map(|_| held.turn)
    }

    /// Leaves it behind, if it still has something in hand.
    fn leave(&self) -> Option<(usize, T)> {
        let mut held = locked(&self.0);
        let ticket = held.ticket.take()?;
        held.left = true;
        Some((held.number, ticket))
    }
}

/// Says that a thread ends when it goes, however that comes.
struct Ending<'a, R> {
    done: &'a Sender<Said<R>>,
    at: usize,
}

impl<R> Drop for Ending<'_, R> {
    fn drop(&mut self) {
        let _ = self.done.send(Said::Ends(self.at, thread::panicking()));
    }
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
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F> Line<F> {
    /// Works until nothing is left, or nobody wants results.
    fn attend<W: Work>(
        &self,
        work: &W,
        (at, hand): (usize, &Hand<W::Ticket>),
        (done, back): (&Sender<Said<W::Result>>, &Receiver<W::Result>),
    ) where
        F: FnMut() -> Option<W::Item>,
    {
        let mut worker = work.hire();
        while let Some((number, item)) = self.take() {
            // Before anything new takes memory: so no more results are held than may wait.
            back.try_iter().for_each(drop);
            locked(&hand.0).number = number;
            let Some(result) = work.work(&mut worker, item, hand) else { return };
            if done.send(Said::Done(number, Made { at: Some(at), result })).is_err() {
                return;
            }
            // Whoever hands on may be waiting for this processor. If it took it at the next call of the system, that would be
            // while the feed is held, and everybody would wait with it.
            thread::yield_now();
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

    const LONG: Duration = Duration::from_secs(3600);

    /// Makes a number of a number; each worker has a number of its own.
    struct Numbers<G> {
        make: G,
        hired: AtomicUsize,
    }

    impl<G: Fn(usize, usize) -> usize + Send + Sync + 'static> Numbers<G> {
        fn new(make: G) -> Arc<Self> {
            Arc::new(Numbers { make, hired: AtomicUsize::new(0) })
        }
    }

    impl<G: Fn(usize, usize) -> usize + Send + Sync + 'static> Work for Numbers<G> {
        type Item = usize;
        type Worker = usize;
        type Ticket = usize;
        type Result = usize;

        fn hire(&self) -> usize {
            self.hired.fetch_add(1, Ordering::Relaxed)
        }

        fn work(&self, worker: &mut usize, item: usize, hand: &Hand<usize>) -> Option<usize> {
            hand.take_up(item);
            let made = (self.make)(*worker, item);
            hand.put_down().then_some(made)
        }

        fn lost(&self, ticket: usize) -> usize {
            1_000_000 + ticket
        }
    }

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("some")
    }

    /// Takes longer for some numbers than for others.
    fn uneven(_: usize, number: usize) -> usize {
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
                LONG,
                move || items.next(),
                Numbers::new(uneven),
                |n| {
                    got.push(*n);
                    Ok(())
                },
            );
            assert_eq!(result, Ok(()));
            assert_eq!(got, (0..1_000).collect::<Vec<_>>(), "{count} threads");
        }
    }

    #[test]
    fn nobody_runs_far_ahead_of_what_was_handed_on() {
        let taken = Arc::new(AtomicUsize::new(0));
        let own = Arc::clone(&taken);
        let feed = move || (own.load(Ordering::Relaxed) < 500).then(|| own.fetch_add(1, Ordering::Relaxed));
        let mut handed = 0;
        let result: Result<(), ()> = ordered(threads(2), LONG, feed, Numbers::new(|_, n| n), |_| {
            handed += 1;
            let ahead = taken.load(Ordering::Relaxed) - handed;
            assert!(ahead <= 2 * (1 + WAITING), "{ahead} ahead");
            Ok(())
        });
        assert_eq!((result, handed), (Ok(()), 500));
    }

    #[test]
    fn the_first_error_ends_it_and_little_more_is_taken() {
        let taken = Arc::new(AtomicUsize::new(0));
        let own = Arc::clone(&taken);
        let feed = move || Some(1 + own.fetch_add(1, Ordering::Relaxed));
        let each = |n: &mut usize| if *n == 10 { Err(*n) } else { Ok(()) };
        assert_eq!(ordered(threads(4), LONG, feed, Numbers::new(|_, n| n), each), Err(10));
        let taken = Arc::into_inner(taken).expect("no thread holds it any more").into_inner();
        assert!(taken <= 10 + 4 * (1 + WAITING), "{taken} taken");
    }

    #[test]
    fn each_thread_has_a_worker_of_its_own() {
        let mut items = 0..100;
        let numbers = Numbers::new(|worker, _| worker);
        let result: Result<(), ()> = ordered(
            threads(3),
            LONG,
            move || items.next(),
            Arc::clone(&numbers),
            |worker| {
                assert!(*worker < 3);
                Ok(())
            },
        );
        assert_eq!((result, numbers.hired.load(Ordering::Relaxed)), (Ok(()), 3));
    }

    /// Those that hang for ever are lost at their place in the order; those that come late are lost as well, and never twice.
    #[test]
    fn what_takes_too_long_is_lost_and_nothing_else() {
        let hang = |_, n| match n {
            3 | 7 => loop {
                thread::park();
            },
            20 => {
                thread::sleep(Duration::from_millis(900));
                n
            }
            _ => n,
        };
        for count in [1, 2, 5] {
            let (mut items, mut got) = (0..30, Vec::new());
            let limit = Duration::from_millis(100);
            let result: Result<(), ()> = ordered(
                threads(count),
                limit,
                move || items.next(),
                Numbers::new(hang),
                |n| {
                    got.push(*n);
                    Ok(())
                },
            );
            let wanted: Vec<usize> = (0..30).map(|n| if [3, 7, 20].contains(&n) { 1_000_000 + n } else { n }).collect();
            assert_eq!((result, got), (Ok(()), wanted), "{count} threads");
        }
    }

    #[test]
    #[should_panic(expected = "a thread of the run failed")]
    fn a_fault_of_the_program_is_not_waited_for() {
        let mut items = 0..30;
        let fails = |_, n| if n == 5 { panic!("on purpose") } else { n };
        let _: Result<(), ()> = ordered(threads(2), LONG, move || items.next(), Numbers::new(fails), |_| Ok(()));
    }
}
