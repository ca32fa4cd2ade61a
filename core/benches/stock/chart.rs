//! The picture: time against rows, both on logarithmic scales.

use crate::found::Found;
use provable::proof::Backend;
use std::fmt::Write;
use std::time::Duration;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
/// The margins of the plot: left, right, top, bottom.
const MARGIN: [f64; 4] = [70.0, 20.0, 20.0, 50.0];

/// The colours of the backends, the slowest first.
const COLOURS: [&str; 3] = ["#79c", "#a6c", "#0a6"];

/// A logarithmic scale from powers of ten to pixels.
struct Scale {
    first: i32,
    last: i32,
    from: f64,
    to: f64,
}

impl Scale {
    fn new(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.fold(0.0, f64::max);
        Scale {
            first: least.log10().floor() as i32,
            last: (most.log10().ceil() as i32).max(least.log10().floor() as i32 + 1),
            from,
            to,
        }
    }

    fn at(&self, value: f64) -> f64 {
        let part = (value.log10() - f64::from(self.first)) / f64::from(self.last - self.first);
        self.from + part * (self.to - self.from)
    }

    fn decades(&self) -> impl Iterator<Item = f64> + '_ {
        (self.first..=self.last).map(|power| 10f64.powi(power))
    }
}

fn text(picture: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = writeln!(
        picture,
        r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{words}</text>"#
    );
}

fn line(picture: &mut String, [x1, y1, x2, y2]: [f64; 4]) {
    let _ = writeln!(
        picture,
        r##"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="#ccc"/>"##
    );
}

/// The time of a proof with each backend, and the library's.
pub fn picture(all: &[Found], backends: &[Backend]) -> String {
    let [left, right, top, bottom] = MARGIN;
    let rows = all.iter().map(|found| found.rows as f64);
    let times = all
        .iter()
        .flat_map(|found| found.ours.iter().chain([&found.library]));
    let x = Scale::new(rows, left, WIDTH - right);
    let y = Scale::new(times.map(|time| time.as_secs_f64()), HEIGHT - bottom, top);
    let mut picture = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">
<rect width="100%" height="100%" fill="#fff"/>
"##
    );
    for value in x.decades() {
        line(&mut picture, [x.at(value), y.from, x.at(value), y.to]);
        text(
            &mut picture,
            x.at(value),
            y.from + 18.0,
            "middle",
            &value.to_string(),
        );
    }
    for value in y.decades() {
        line(&mut picture, [x.from, y.at(value), x.to, y.at(value)]);
        text(
            &mut picture,
            x.from - 8.0,
            y.at(value) + 4.0,
            "end",
            &format!("{value} s"),
        );
    }
    text(
        &mut picture,
        (x.from + x.to) / 2.0,
        HEIGHT - 12.0,
        "middle",
        "rows",
    );
    let mut series: Vec<(String, &str, Vec<Duration>)> = Vec::new();
    for (place, (backend, colour)) in backends.iter().zip(COLOURS).enumerate() {
        let times = all
            .iter()
            .filter_map(|found| found.ours.get(place).copied());
        series.push((format!("ours, {backend}"), colour, times.collect()));
    }
    let times = all.iter().map(|found| found.library);
    series.push((
        "the library, the proof alone".to_owned(),
        "#c40",
        times.collect(),
    ));
    for (index, (name, colour, times)) in series.into_iter().enumerate() {
        let points: Vec<(f64, f64)> = all
            .iter()
            .zip(times)
            .map(|(found, time)| (x.at(found.rows as f64), y.at(time.as_secs_f64())))
            .collect();
        let path: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = writeln!(
            picture,
            r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2"/>"#,
            path.join(" ")
        );
        for (x, y) in points {
            let _ = writeln!(
                picture,
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.5" fill="{colour}"/>"#
            );
        }
        let at = top + 20.0 + 18.0 * index as f64;
        let _ = writeln!(
            picture,
            r#"<rect x="{:.1}" y="{:.1}" width="14" height="4" fill="{colour}"/>"#,
            left + 14.0,
            at - 6.0
        );
        text(&mut picture, left + 36.0, at, "start", &name);
    }
    picture + "</svg>\n"
}
