//! Numbers of people over time as a drawing: one mark a number, where it was published and what it says.
//!
//! Marks of one series share shape and colour; those that go on from each other are joined by steps. A number with an open
//! bound goes on to the edge as a line.

use maud::{Markup, html};

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 168.0;
const LEFT: f64 = 38.0;
const RIGHT: f64 = 34.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;
/// Marks of one moment stand beside each other, so far apart.
const GAP: f64 = 26.0;
/// The name of a day takes so much.
const DAY: f64 = 78.0;
/// Shapes and colours to tell series apart; more series than that share them.
const SHAPES: usize = 7;
/// Beyond so many marks their numbers would stand on each other.
const LABELLED: usize = 24;

/// A number of people and when it was published.
pub(crate) struct Point {
    pub(crate) low: Option<u64>,
    pub(crate) high: Option<u64>,
    /// Which series it belongs to.
    pub(crate) series: usize,
    /// As people read it.
    pub(crate) says: String,
    /// Second of publication; unknown where nothing is printed.
    pub(crate) time: Option<i64>,
    /// The same as printed.
    pub(crate) published: String,
    /// Where its mark leads.
    pub(crate) address: String,
    /// The value that it shows, by its mark; may be empty.
    pub(crate) value: String,
    /// What is told of it when one points at it.
    pub(crate) title: String,
}

impl Point {
    /// Where its mark stands.
    pub(crate) fn at(&self) -> u64 {
        self.low.or(self.high).unwrap_or(0)
    }
}

/// What was chosen of the numbers, and the span of all.
pub(crate) type Bounds = incident::Bounds;

/// When an article was published: the second, and as printed.
pub(crate) fn published(article: &article::Article) -> (Option<i64>, String) {
    let Some(p) = &article.published else { return (None, String::new()) };
    let exact = p.value.time.as_deref().and_then(|t| t.parse::<jiff::Timestamp>().ok()).map(|t| t.as_second());
    let day = || {
        let (first, _) = p.value.date.days()?;
        Some(first.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
    };
    (exact.or_else(day), p.value.time.clone().unwrap_or_else(|| p.value.date.to_string()))
}

/// Draws points that stand in order of time, those without one last. `lines` are points that go on from each other.
pub(crate) fn drawing(points: &[Point], lines: &[Vec<usize>], bounds: Option<Bounds>, label: &str) -> Markup {
    let most = points.iter().map(|p| p.high.unwrap_or(0).max(p.at())).max().unwrap_or(1);
    let top = ceiling(most.max(4));
    let y = |n: f64| TOP + (1.0 - n / top as f64) * (HEIGHT - TOP - BOTTOM);
    let xs = spread(points);
    html! {
        svg.numbers viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) role="group" aria-label=(label) {
            (grid(top, &y))
            (chosen(bounds, &y))
            @for line in lines { (steps(points, &xs, line, &y)) }
            @for (p, x) in points.iter().zip(&xs) { (dot(p, *x, top, points.len() <= LABELLED, &y)) }
            (days(points, &xs))
        }
    }
}

/// Where each point stands from left to right: by time, and never closer than [`GAP`] as long as there is room.
fn spread(points: &[Point]) -> Vec<f64> {
    let room = WIDTH - LEFT - RIGHT - 2.0 * GAP;
    let known = || points.iter().filter_map(|p| p.time);
    let (first, last) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
    let span = (last - first).max(1) as f64;
    let gap = GAP.min(room / points.len().max(1) as f64);
    let mut xs: Vec<f64> = Vec::with_capacity(points.len());
    for p in points {
        let wanted = p.time.map_or(room, |t| (t - first) as f64 / span * room);
        xs.push(wanted.max(xs.last().map_or(0.0, |x: &f64| x + gap)));
    }
    // What was pushed over the edge pushes back.
    let mut limit = room;
    for x in xs.iter_mut().rev() {
        *x = x.min(limit);
        limit = *x - gap;
    }
    xs.into_iter().map(|x| LEFT + GAP + x.max(0.0)).collect()
}

/// A round number at or above `n`: 1, 2 or 5 times a power of ten, and how many steps to draw.
fn ceiling(n: u64) -> u64 {
    let mut unit = 1u64;
    loop {
        for m in [1, 2, 4, 5, 6, 8] {
            if unit.saturating_mul(m) >= n {
                return unit.saturating_mul(m);
            }
        }
        let Some(next) = unit.checked_mul(10) else { return u64::MAX };
        unit = next;
    }
}

fn grid(top: u64, y: &dyn Fn(f64) -> f64) -> Markup {
    let steps = [0.0, 0.5, 1.0].map(|s| s * top as f64);
    html! {
        g.grid {
            @for n in steps {
                line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(at(y(n))) y2=(at(y(n))) {}
                text x=(LEFT - 8.0) y=(at(y(n) + 4.0)) text-anchor="end" { (n) }
            }
        }
    }
}

/// The chosen number as a line, and the ground between lowest and highest.
fn chosen(bounds: Option<Bounds>, y: &dyn Fn(f64) -> f64) -> Markup {
    let Some(b) = bounds else { return html! {} };
    let (low, best, high) = (y(b.low as f64), y(b.best as f64), y(b.high as f64));
    html! {
        rect.range x=(LEFT) width=(WIDTH - LEFT - RIGHT) y=(at(high)) height=(at((low - high).max(0.0))) {}
        line.best x1=(LEFT) x2=(WIDTH - RIGHT) y1=(at(best)) y2=(at(best)) {}
        text.best x=(WIDTH + 2.0) y=(at(best + 4.0)) text-anchor="end" { "▸ " (b.best) }
    }
}

fn steps(points: &[Point], xs: &[f64], line: &[usize], y: &dyn Fn(f64) -> f64) -> Markup {
    let mut d = String::new();
    for i in line {
        let (x, y) = (xs[*i], y(points[*i].at() as f64));
        d += &if d.is_empty() { format!("M{x:.1} {y:.1}") } else { format!("H{x:.1}V{y:.1}") };
    }
    let series = line.first().map_or(0, |i| points[*i].series);
    html! { path class={ "steps o" (series % SHAPES) } d=(d) {} }
}

fn dot(p: &Point, x: f64, top: u64, labelled: bool, y: &dyn Fn(f64) -> f64) -> Markup {
    let middle = y(p.at() as f64);
    // An open bound goes on to the edge.
    let (low, high) = (y(p.low.unwrap_or(0) as f64), y(p.high.unwrap_or(top) as f64));
    let span = (low - high).abs() > 0.5;
    // The number stands above its mark; where a line or the edge is there, beside or below it.
    let (tx, ty, anchor) = match (span, middle < TOP + 14.0) {
        (true, _) => (x + 8.0, middle + 4.0, "start"),
        (false, true) => (x, middle + 18.0, "middle"),
        (false, false) => (x, middle - 9.0, "middle"),
    };
    html! {
        a.point href=(p.address) data-v=[(!p.value.is_empty()).then_some(&p.value)] {
            title { (p.title) }
            @if span { path class={ "span o" (p.series % SHAPES) } d=(format!("M{x:.1} {low:.1}V{high:.1}")) {} }
            @if span && p.high.is_none() {
                path class={ "span o" (p.series % SHAPES) } d=(format!("M{:.1} {:.1}l4 -5l4 5", x - 4.0, high + 5.0)) {}
            }
            (sign(p.series, x, middle))
            @if labelled { text x=(at(tx)) y=(at(ty)) text-anchor=(anchor) { (p.says) } }
        }
    }
}

/// The sign of an series, as charts and chains bear it.
pub(crate) fn sign(series: usize, x: f64, y: f64) -> Markup {
    html! { path class={ "dot o" (series % SHAPES) } d=(shape(series % SHAPES, x, y)) {} }
}

/// The outline of a series' shape.
fn shape(n: usize, x: f64, y: f64) -> String {
    match n {
        0 => format!("M{:.1} {y:.1}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", x - 4.5),
        1 => format!("M{:.1} {:.1}h8v8h-8z", x - 4.0, y - 4.0),
        2 => format!("M{x:.1} {:.1}l5.5 5.5l-5.5 5.5l-5.5 -5.5z", y - 5.5),
        3 => format!("M{x:.1} {:.1}l5 9h-10z", y - 5.5),
        4 => format!("M{x:.1} {:.1}l5 -9h-10z", y + 5.5),
        5 => format!("M{:.1} {:.1}h3v-3h3v3h3v3h-3v3h-3v-3h-3z", x - 4.5, y - 1.5),
        _ => format!("M{:.1} {:.1}h5l2.5 4.5l-2.5 4.5h-5l-2.5 -4.5z", x - 2.5, y - 4.5),
    }
}

/// Days below the chart, as many as there is room for.
fn days(points: &[Point], xs: &[f64]) -> Markup {
    let mut out: Vec<(f64, &str)> = Vec::new();
    for (p, x) in points.iter().zip(xs) {
        let day = p.published.get(..10).unwrap_or(if p.published.is_empty() { "no date" } else { &p.published });
        let x = x.clamp(LEFT + DAY / 2.0, WIDTH - DAY / 2.0);
        if out.last().is_none_or(|(last, d)| *d != day && x - last > DAY) {
            out.push((x, day));
        }
    }
    html! {
        g.grid { @for (x, day) in out { text x=(at(x)) y=(HEIGHT - 6.0) text-anchor="middle" { (day) } } }
    }
}

/// A length with one decimal, which is enough for any screen.
fn at(n: f64) -> String {
    format!("{n:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_times(times: &[Option<i64>]) -> Vec<f64> {
        let point = |t: &Option<i64>| Point {
            low: None,
            high: None,
            series: 0,
            says: String::new(),
            time: *t,
            published: String::new(),
            address: String::new(),
            value: String::new(),
            title: String::new(),
        };
        spread(&times.iter().map(point).collect::<Vec<_>>())
    }

    #[test]
    fn marks_stand_by_time_and_never_on_each_other() {
        let xs = at_times(&[Some(0), Some(1), Some(2), Some(90_000), Some(100_000), None]);
        assert!(xs.windows(2).all(|w| w[1] - w[0] > GAP - 0.01), "{xs:?}");
        assert!(xs.iter().all(|x| *x >= LEFT && *x <= WIDTH), "{xs:?}");
        let crowd = at_times(&[Some(5); 300]);
        assert!(crowd.iter().all(|x| *x >= LEFT && *x <= WIDTH));
    }

    #[test]
    fn the_scale_ends_on_a_round_number() {
        assert_eq!([4, 7, 11, 55, 190].map(ceiling), [4, 8, 20, 60, 200]);
        assert_eq!(ceiling(u64::MAX), u64::MAX);
    }
}
