//! From the bytes of a request to the bytes of an answer. No I/O.
//!
//! The request is bytes from a stranger: it is verified here, and then read. The
//! catalogue was verified when it was loaded. Answers point into both until they
//! are encoded, so text is copied once, into the frame that goes out.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use bumpalo::Bump;
use inlay::frame::{ShortHeader, SHORT_SIZE};
use inlay::{Error, Init, Lend, MapView, Message, Opt, Str, Verified};

use crate::schema::shop::{
    Answer, BasketView, Bill, Facts, FindView, Found, List, Listed, ListingView, Money, Outcome,
    Product, QuestionView, Reason, Refusal, Request,
};
use crate::store::Edition;

/// The largest answer to a question about a list.
const LIST_LIMIT: usize = 500;

type Products<'a> = MapView<'a, Str<'static>, Product<'static>, Verified>;

/// What the service has been doing.
#[derive(Debug, Default)]
pub struct Counters {
    answered: AtomicU64,
    refused: AtomicU64,
    reloads: AtomicU32,
}

impl Counters {
    /// Counts a new edition.
    pub fn reloaded(&self) {
        self.reloads.fetch_add(1, Ordering::Relaxed);
    }

    fn answered(&self, outcome: &Outcome<'_>) {
        let refused = matches!(outcome, Outcome::Refused(_));
        let counter = if refused { &self.refused } else { &self.answered };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Memory for the native form of an answer.
struct Arena<'a>(&'a Bump);

impl<'a> Lend<'a> for Arena<'a> {
    fn lend<T: Copy + 'a>(&self, items: Vec<T>) -> &'a [T] {
        self.0.alloc_slice_copy(&items)
    }
}

/// Refuses: there is no better answer.
fn refusal<'a>(arena: &Arena<'a>, reason: Reason, text: &str) -> Outcome<'a> {
    let text = arena.0.alloc_str(text) as &str;
    let refusal = Refusal { reason, text: text.into(), ..Init::INIT };
    Outcome::Refused(arena.0.alloc(refusal))
}

/// Refuses bytes, and says where they are wrong.
fn refusal_of_bytes<'a>(arena: &Arena<'a>, error: &Error) -> Outcome<'a> {
    let path = arena.0.alloc_str(error.path()) as &str;
    let refusal = Refusal {
        reason: Reason::BAD_REQUEST,
        text: error.status().text().into(),
        path: Opt::some(path.into()),
        offset: error.offset().into(),
        ..Init::INIT
    };
    Outcome::Refused(arena.0.alloc(refusal))
}

// ---- Questions --------------------------------------------------------------

fn find<'a>(
    arena: &Arena<'a>,
    products: Products<'a>,
    find: FindView<'_, Verified>,
) -> Outcome<'a> {
    match products.find(find.article()).and_then(|index| products.entry(index)) {
        Some((article, product)) => Outcome::Found(arena.0.alloc(Found {
            article: article.into(),
            product: Product::native(product, arena),
            ..Init::INIT
        })),
        None => refusal(arena, Reason::NOT_FOUND, "there is no such article"),
    }
}

/// Where the first article is that is not less than the text: O(log n).
fn first_from(products: Products<'_>, text: &str) -> usize {
    let (mut low, mut high) = (0, products.len());
    while low < high {
        let middle = low + (high - low) / 2;
        match products.entry(middle) {
            Some((article, _)) if article < text => low = middle + 1,
            _ => high = middle,
        }
    }
    low
}

fn list<'a>(
    arena: &Arena<'a>,
    products: Products<'a>,
    listing: ListingView<'_, Verified>,
) -> Outcome<'a> {
    let begins = listing.begins();
    let most = usize::from(listing.most()).min(LIST_LIMIT);
    let mut found = (first_from(products, begins)..)
        .map_while(|index| products.entry(index))
        .take_while(|(article, _)| article.starts_with(begins));
    let listed = |(article, product): <Products<'a> as IntoIterator>::Item| Listed {
        article: article.into(),
        name: product.name().into(),
        price: product.price(),
        ..Init::INIT
    };
    let listed = arena.lend(found.by_ref().take(most).map(listed).collect());
    let more = found.next().is_some();
    Outcome::List(arena.0.alloc(List { products: listed.into(), more, ..Init::INIT }))
}

/// What a bill adds up; `None` where currencies differ or numbers end.
fn add(total: Option<Money>, price: Money, count: u32) -> Option<Money> {
    let cents = price.cents.checked_mul(count.into())?;
    match total {
        None => Some(Money { cents, ..price }),
        Some(total) if total.currency == price.currency => {
            Some(Money { cents: total.cents.checked_add(cents)?, ..price })
        }
        Some(_) => None,
    }
}

fn price<'a>(
    arena: &Arena<'a>,
    products: Products<'a>,
    basket: BasketView<'_, Verified>,
) -> Outcome<'a> {
    let (mut missing, mut scarce) = (Vec::new(), Vec::new());
    let mut total = None;
    for line in basket.lines() {
        // The request's bytes are gone when the answer is written.
        let article = arena.0.alloc_str(line.article()) as &str;
        let Some(product) = products.get(article) else {
            missing.push(Str::new(article));
            continue;
        };
        if product.stock() < line.count() {
            scarce.push(Str::new(article));
            continue;
        }
        total = add(total, product.price(), line.count());
        if total.is_none() {
            return refusal(arena, Reason::NO_SUM, "the prices can't be added up");
        }
    }
    let (missing, scarce) = (arena.lend(missing), arena.lend(scarce));
    let bill =
        Bill { total: total.into(), missing: missing.into(), scarce: scarce.into(), ..Init::INIT };
    Outcome::Bill(arena.0.alloc(bill))
}

fn facts<'a>(arena: &Arena<'a>, edition: &Edition, counters: &Counters) -> Outcome<'a> {
    Outcome::Facts(arena.0.alloc(Facts {
        products: u32::try_from(edition.view().products().len()).unwrap_or(u32::MAX),
        size: edition.size() as u64,
        answered: counters.answered.load(Ordering::Relaxed),
        refused: counters.refused.load(Ordering::Relaxed),
        reloads: counters.reloads.load(Ordering::Relaxed),
        ..Init::INIT
    }))
}

// ---- Answers ----------------------------------------------------------------

/// Answers questions, one at a time, in memory that is used again.
pub struct Desk {
    bump: Bump,
}

impl Desk {
    /// Makes one.
    pub fn new() -> Self {
        Desk { bump: Bump::new() }
    }

    /// Answers the request in these bytes, whatever they are: appends a short
    /// frame to `out`.
    pub fn answer(
        &mut self,
        edition: &Edition,
        counters: &Counters,
        request: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        self.bump.reset();
        let arena = Arena(&self.bump);
        let products = edition.view().products();
        let (id, outcome) = match Request::verify(request) {
            Err(error) => (0, refusal_of_bytes(&arena, &error)),
            Ok(request) => {
                let outcome = match request.question() {
                    QuestionView::Find(question) => find(&arena, products, question),
                    QuestionView::List(question) => list(&arena, products, question),
                    QuestionView::Price(question) => price(&arena, products, question),
                    QuestionView::Facts => facts(&arena, edition, counters),
                    QuestionView::Unset | QuestionView::Unknown(_) => {
                        refusal(&arena, Reason::NO_QUESTION, "that is no question known here")
                    }
                };
                (request.id(), outcome)
            }
        };
        counters.answered(&outcome);
        append(out, &Answer { id, edition: edition.view().edition(), outcome, ..Init::INIT })
    }

    /// Refuses what is no request at all: appends a short frame to `out`.
    pub fn refuse(
        &mut self,
        edition: &Edition,
        counters: &Counters,
        reason: Reason,
        text: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        self.bump.reset();
        let outcome = refusal(&Arena(&self.bump), reason, text);
        counters.answered(&outcome);
        append(out, &Answer { edition: edition.view().edition(), outcome, ..Init::INIT })
    }
}

/// Encodes an answer behind what is there already.
fn append(out: &mut Vec<u8>, answer: &Answer<'_>) -> Result<(), Error> {
    let start = out.len();
    let size = answer.encoded_size()?;
    out.resize(start + SHORT_SIZE + size, 0);
    let (header, payload) = out[start..].split_at_mut(SHORT_SIZE);
    let sealed = answer.encode_into(payload).and_then(|_| ShortHeader::seal(payload));
    match sealed {
        Ok(sealed) => header.copy_from_slice(&sealed),
        Err(_) => out.truncate(start),
    }
    sealed.map(drop)
}
