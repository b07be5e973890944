//! Work by several threads, given on in the order in which it was taken.
//!
//! A thread cannot be stopped from outside. What runs into the time limit is left to itself, its result is not waited
//! for, and another thread takes its place: so no thread here borrows anything. A reader's own limits end nearly
//! everything long before; this one holds for what nobody foresaw.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
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
    type Ticket: Send + 'static;
    /// What is handed on.
    type Result: Send + 'static;

    /// Makes what a thread has for itself.
    fn hire(&self) -> Self::Worker;

    /// Works on an item; `None` if it was left behind meanwhile. What may take for ever is done between
    /// [`Hand::take_up`] and [`Hand::put_down`].
    fn work(&self, worker: &mut Self::Worker, item: Self::Item, hand: &Hand<Self::Ticket>) -> Option<Self::Result>;

    /// The result of an item that was left behind.
    fn lost(&self, ticket: Self::Ticket) -> Self::Result;
}

/// Where results are handed on to, one at a time and in the order of their items, by whichever thread has the next one.
pub(super) trait Sink<R>: Send + 'static {
    /// Why no more can be taken.
    type Error: Send;

    /// Takes from the next result what it wants of it.
    fn take(&mut self, result: &mut R) -> Result<(), Self::Error>;
}

/// Takes items from `feed` one at a time, works on them in `threads` threads, and hands the results on to
/// `sink` in the order of the items. What takes longer than `limit` is lost. So many threads are at work and no more:
/// this one only waits for them.
///
/// Gives `sink` back, and its first error; nothing is taken from `feed` after it.
pub(super) fn ordered<W: Work, F, S: Sink<W::Result>>(
    threads: NonZeroUsize,
    limit: Duration,
    feed: F,
    work: Arc<W>,
    sink: S,
) -> (S, Result<(), S::Error>)
where
    F: FnMut() -> Option<W::Item> + Send + 'static,
{
    let line = Arc::new(Line {
        feed: Mutex::new((0, feed)),
        desk: Mutex::new(Desk::new(threads)),
        moved: Condvar::new(),
        sink: Mutex::new(Some((sink, Ok(())))),
    });
    let (ends, ended) = mpsc::channel();
    let mut crew = Crew { limit, line: Arc::clone(&line), work, ends, places: Vec::new(), looked: now() };
    for _ in 0..threads.get() {
        crew.start();
    }
    while crew.is_there() {
        let end = ended.recv_timeout(LOOK);
        // Threads that end must not hide one that never does.
        if crew.looked.elapsed() >= LOOK {
            crew.look();
        }
        match end {
            Ok(end) => crew.part(end),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }
    let given_back = locked(&line.sink).take();
    given_back.unwrap_or_else(|| unreachable!("only this takes it"))
}

/// A thread ends: its place, and whether that is by a fault of the program.
struct End {
    at: usize,
    fault: bool,
}

/// The threads.
struct Crew<W: Work, F, S: Sink<W::Result>> {
    limit: Duration,
    line: Arc<Line<F, W::Result, S, S::Error>>,
    work: Arc<W>,
    ends: Sender<End>,
    /// Those that are waited for, by the number under which each says that it ends.
    places: Vec<Option<Place<W::Ticket>>>,
    /// When it was last looked what takes too long.
    looked: Instant,
}

/// A thread, and what is seen of it.
struct Place<T> {
    thread: JoinHandle<()>,
    hand: Arc<Hand<T>>,
    /// The turn in which it was seen at work, and since when.
    seen: Option<(u64, Instant)>,
}

impl<W: Work, F: FnMut() -> Option<W::Item> + Send + 'static, S: Sink<W::Result>> Crew<W, F, S> {
    fn start(&mut self) {
        let (line, work, ends, at) =
            (Arc::clone(&self.line), Arc::clone(&self.work), self.ends.clone(), self.places.len());
        let hand = Arc::new(Hand::default());
        let own = Arc::clone(&hand);
        locked(&line.desk).used.push(Vec::new());
        let attend = move || {
            let _ending = Ending { ends: &ends, at };
            line.attend(&*work, (at, &own));
        };
        let started = thread::Builder::new().name("reader".to_owned()).stack_size(STACK).spawn(attend);
        match started {
            Ok(thread) => self.places.push(Some(Place { thread, hand, seen: None })),
            // With fewer threads it only takes longer.
            Err(_) if self.is_there() => {}
            Err(error) => panic!("no thread could be started: {error}"),
        }
    }

    /// Whether a thread is waited for.
    fn is_there(&self) -> bool {
        self.places.iter().any(Option::is_some)
    }

    /// A thread has said that it ends.
    fn part(&mut self, End { at, fault }: End) {
        // One that was left behind is nobody's.
        let Some(place) = self.places[at].take() else { return };
        // Behind this it holds nothing of the run any more.
        let ended = place.thread.join();
        if fault || ended.is_err() {
            self.line.close();
            panic!("a thread of the run failed");
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
                    self.places[at] = None;
                    self.start();
                    self.line.hand_on(number, None, self.work.lost(ticket));
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
struct Ending<'a> {
    ends: &'a Sender<End>,
    at: usize,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let _ = self.ends.send(End { at: self.at, fault: thread::panicking() });
    }
}

/// The items, and what has become of them.
struct Line<F, R, S, E> {
    /// The number of the next item, and where it comes from.
    feed: Mutex<(usize, F)>,
    desk: Mutex<Desk<R>>,
    /// What was handed on has made room.
    moved: Condvar,
    /// Until the end, and how it went so far.
    sink: Mutex<Option<(S, Result<(), E>)>>,
}

/// A result, and the place of the thread that made it; none has made what is lost.
struct Made<R> {
    by: Option<usize>,
    result: R,
}

/// Where results wait for those before them.
struct Desk<R> {
    early: BTreeMap<usize, Made<R>>,
    /// What was handed on goes back to the thread that made it, which can be rid of it more cheaply than any other, and
    /// in nobody's way.
    used: Vec<Vec<R>>,
    /// The number of the result that is handed on next.
    next: usize,
    /// How far items may be ahead of it.
    ahead: usize,
    /// A thread is handing on: it goes on with what others lay down meanwhile.
    attended: bool,
    /// Whether a thread waits for room: only then it is told of some.
    awaited: bool,
    /// Nobody wants more.
    closed: bool,
}

impl<R> Desk<R> {
    fn new(threads: NonZeroUsize) -> Self {
        let ahead = threads.get().saturating_mul(1 + WAITING);
        Desk {
            early: BTreeMap::new(),
            used: Vec::new(),
            next: 0,
            ahead,
            attended: false,
            awaited: false,
            closed: false,
        }
    }

    /// The result that is to be handed on now.
    fn due(&mut self) -> Option<Made<R>> {
        if self.closed { None } else { self.early.remove(&self.next) }
    }
}

/// A thread that panicked has ended its own item only; the state is whole between two steps.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F, R, S: Sink<R>> Line<F, R, S, S::Error> {
    /// Works until nothing is left, or nobody wants results.
    fn attend<W: Work<Result = R>>(&self, work: &W, (at, hand): (usize, &Hand<W::Ticket>))
    where
        F: FnMut() -> Option<W::Item>,
    {
        let mut worker = work.hire();
        while let Some((number, item)) = self.take() {
            locked(&hand.0).number = number;
            let Some(result) = work.work(&mut worker, item, hand) else { return };
            self.hand_on(number, Some(at), result);
        }
    }

    /// The next item with its number, as soon as there is room for its result.
    fn take<T>(&self) -> Option<(usize, T)>
    where
        F: FnMut() -> Option<T>,
    {
        let mut feed = locked(&self.feed);
        let (next, items) = &mut *feed;
        let full = |desk: &mut Desk<R>| {
            desk.awaited = *next >= desk.next.saturating_add(desk.ahead) && !desk.closed;
            desk.awaited
        };
        let desk = self.moved.wait_while(locked(&self.desk), full).unwrap_or_else(PoisonError::into_inner);
        if desk.closed {
            return None;
        }
        drop(desk);
        let item = items()?;
        let number = *next;
        *next += 1;
        Some((number, item))
    }

    /// Lays a result down, and hands on what is due, unless another thread is at it.
    fn hand_on(&self, number: usize, by: Option<usize>, result: R) {
        // Gone when this returns, and the lock before it.
        let mut used;
        let mut desk = locked(&self.desk);
        used = by.map(|by| std::mem::take(&mut desk.used[by])).unwrap_or_default();
        desk.early.insert(number, Made { by, result });
        if desk.attended {
            return;
        }
        desk.attended = true;
        while let Some(mut made) = desk.due() {
            drop(desk);
            let failed = self.sink(&mut made.result);
            desk = locked(&self.desk);
            match made.by {
                Some(other) if made.by != by => desk.used[other].push(made.result),
                _ => used.push(made.result),
            }
            desk.next += 1;
            desk.closed |= failed;
            if desk.awaited {
                self.moved.notify_all();
            }
        }
        desk.attended = false;
    }

    /// Nothing is taken any more, and nobody waits for room.
    fn close(&self) {
        locked(&self.desk).closed = true;
        self.moved.notify_all();
    }

    /// Hands one result on; whether that failed.
    fn sink(&self, result: &mut R) -> bool {
        let mut sink = locked(&self.sink);
        let Some((sink, ended)) = &mut *sink else { return true };
        *ended = sink.take(result);
        ended.is_err()
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

    /// Hands on to a function, which may end it.
    struct To<E>(E);

    impl<E: FnMut(usize) -> Result<(), usize> + Send + 'static> Sink<usize> for To<E> {
        type Error = usize;

        fn take(&mut self, result: &mut usize) -> Result<(), usize> {
            (self.0)(*result)
        }
    }

    /// Keeps what is handed on.
    #[derive(Default)]
    struct Kept(Vec<usize>);

    impl Sink<usize> for Kept {
        type Error = usize;

        fn take(&mut self, result: &mut usize) -> Result<(), usize> {
            self.0.push(*result);
            Ok(())
        }
    }

    /// What came of the numbers up to `end`.
    fn kept<G: Fn(usize, usize) -> usize + Send + Sync + 'static>(
        count: usize,
        limit: Duration,
        end: usize,
        work: Arc<Numbers<G>>,
    ) -> Vec<usize> {
        let mut items = 0..end;
        let (Kept(got), ended) = ordered(threads(count), limit, move || items.next(), work, Kept::default());
        assert_eq!(ended, Ok(()));
        got
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [1, 2, 16] {
            let got = kept(count, LONG, 1_000, Numbers::new(uneven));
            assert_eq!(got, (0..1_000).collect::<Vec<_>>(), "{count} threads");
        }
    }

    #[test]
    fn nobody_runs_far_ahead_of_what_was_handed_on() {
        let taken = Arc::new(AtomicUsize::new(0));
        let own = Arc::clone(&taken);
        let feed = move || (own.load(Ordering::Relaxed) < 500).then(|| own.fetch_add(1, Ordering::Relaxed));
        let mut handed = 0;
        let seen = Arc::clone(&taken);
        let sink = To(move |_| {
            handed += 1;
            let ahead = seen.load(Ordering::Relaxed) - handed;
            assert!(ahead <= 2 * (1 + WAITING), "{ahead} ahead");
            Ok(())
        });
        assert_eq!(ordered(threads(2), LONG, feed, Numbers::new(|_, n| n), sink).1, Ok(()));
        assert_eq!(taken.load(Ordering::Relaxed), 500);
    }

    /// However many threads there are, one hands on at a time, and never the one that only waits for them.
    #[test]
    fn the_threads_themselves_hand_on() {
        let (here, inside) = (thread::current().id(), AtomicUsize::new(0));
        let sink = To(move |_| {
            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
            assert_ne!(thread::current().id(), here);
            inside.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        });
        let mut items = 0..1_000;
        assert_eq!(ordered(threads(3), LONG, move || items.next(), Numbers::new(uneven), sink).1, Ok(()));
    }

    #[test]
    fn the_first_error_ends_it_and_little_more_is_taken() {
        let taken = Arc::new(AtomicUsize::new(0));
        let own = Arc::clone(&taken);
        let feed = move || Some(1 + own.fetch_add(1, Ordering::Relaxed));
        let sink = To(|n| if n == 10 { Err(n) } else { Ok(()) });
        assert_eq!(ordered(threads(4), LONG, feed, Numbers::new(|_, n| n), sink).1, Err(10));
        let taken = Arc::into_inner(taken).expect("no thread holds it any more").into_inner();
        assert!(taken <= 10 + 4 * (1 + WAITING), "{taken} taken");
    }

    #[test]
    fn each_thread_has_a_worker_of_its_own() {
        let numbers = Numbers::new(|worker, _| worker);
        let got = kept(3, LONG, 100, Arc::clone(&numbers));
        assert!(got.len() == 100 && got.iter().all(|worker| *worker < 3), "{got:?}");
        assert_eq!(numbers.hired.load(Ordering::Relaxed), 3);
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
            let got = kept(count, Duration::from_millis(100), 30, Numbers::new(hang));
            let wanted: Vec<usize> = (0..30).map(|n| if [3, 7, 20].contains(&n) { 1_000_000 + n } else { n }).collect();
            assert_eq!(got, wanted, "{count} threads");
        }
    }

    #[test]
    #[should_panic(expected = "a thread of the run failed")]
    fn a_fault_of_the_program_is_not_waited_for() {
        kept(2, LONG, 30, Numbers::new(|_, n| if n == 5 { panic!("on purpose") } else { n }));
    }

    #[test]
    #[should_panic(expected = "a thread of the run failed")]
    fn nor_is_one_while_handing_on() {
        let sink = To(|n| if n == 5 { panic!("on purpose") } else { Ok(()) });
        let _ = ordered(threads(2), LONG, || Some(5), Numbers::new(|_, n| n), sink);
    }
}
