//! A small map as a picture: a boundary, numbered marks, the meeting place, a scale; north is up. It needs no script,
//! and prints.

use super::words;
use atlas::{AssetIx, Atlas, LocalityIx};
use geo::{BoundingRect, MapCoords, Simplify};
use geo_types::{Coord, LineString, MultiPolygon, Rect};
use model::{Kind, Position};
use std::fmt::Write;

/// What a map shows.
pub(super) struct Picture {
    /// What it is called when it can't be seen.
    pub label: String,
    /// The area in the middle, and those beside it.
    pub area: Option<MultiPolygon<f64>>,
    pub beside: Vec<MultiPolygon<f64>>,
    pub marks: Vec<Mark>,
    pub meeting: Option<Position>,
}

/// A numbered place.
pub(super) struct Mark {
    pub number: usize,
    pub kind: Kind,
    pub position: Position,
}

pub(super) const WIDTH: f64 = 480.0;
pub(super) const HEIGHT: f64 = 320.0;
const MARGIN: f64 = 26.0;
const RADIUS: f64 = 11.0;
/// As much as is shown where all lies in one point, metres across.
const LEAST_ACROSS_M: f64 = 400.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

impl Picture {
    /// Of an area, with some assets by their number in a list.
    pub fn of(
        atlas: &Atlas,
        label: String,
        area: Option<LocalityIx>,
        assets: impl Iterator<Item = (usize, AssetIx)>,
        meeting: Option<Position>,
    ) -> Self {
        let boundary = |ix: LocalityIx| atlas.place(ix).boundary.clone();
        let marks = assets.filter_map(|(number, asset)| {
            Some(Mark { number, kind: atlas.asset_kind(asset), position: atlas.asset_position(asset)? })
        });
        Self {
            label,
            area: area.map(boundary),
            beside: area.into_iter().flat_map(|ix| atlas.neighbours(ix)).map(boundary).collect(),
            marks: marks.collect(),
            meeting,
        }
    }

    /// The picture as SVG; `None` when there is nothing to show.
    pub fn svg(&self) -> Option<String> {
        let view = View::around(self.extent()?);
        let mut out = String::new();
        let label = escaped(&self.label);
        let _ = write!(
            out,
            r##"<svg class="picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}" font-family="Arial, Helvetica, sans-serif"><rect width="{WIDTH}" height="{HEIGHT}" fill="#f3f6f4"/>"##
        );
        for shape in &self.beside {
            view.shape(&mut out, shape, r##"fill="none" stroke="#a9b4b0" stroke-width="1""##);
        }
        if let Some(shape) = &self.area {
            view.shape(
                &mut out,
                shape,
                r##"fill="#ffffff" fill-opacity="0.85" stroke="#0b3d3a" stroke-width="2""##,
            );
        }
        self.meeting(&mut out, &view);
        self.marks(&mut out, &view);
        north(&mut out);
        view.scale(&mut out);
        out.push_str("</svg>");
        Some(out)
    }

    /// Degrees around the area and all that is marked.
    fn extent(&self) -> Option<Rect<f64>> {
        let positions = self.marks.iter().map(|mark| mark.position).chain(self.meeting);
        let mut corners: Vec<Coord<f64>> = positions.map(|p| Coord { x: p.lon(), y: p.lat() }).collect();
        if let Some(rect) = self.area.as_ref().and_then(BoundingRect::bounding_rect) {
            corners.extend([rect.min(), rect.max()]);
        }
        LineString::from(corners).bounding_rect()
    }

    fn meeting(&self, out: &mut String, view: &View) {
        let Some(at) = self.meeting.map(|position| view.point(position)) else { return };
        let (x, y) = (at.x, at.y);
        let _ = write!(
            out,
            r##"<path d="M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z" fill="#10201d" stroke="#ffffff" stroke-width="1.5"/>"##,
            x,
            y - 11.0,
            x + 11.0,
            y,
            x,
            y + 11.0,
            x - 11.0,
            y
        );
    }

    /// Each mark near its point, moved off its neighbours, with a line to the point where it was moved far.
    fn marks(&self, out: &mut String, view: &View) {
        let points: Vec<Coord<f64>> = self.marks.iter().map(|mark| view.point(mark.position)).collect();
        let places = apart(&points);
        for (point, place) in points.iter().zip(&places) {
            if (*point - *place).x.hypot((*point - *place).y) > 3.0 {
                let _ = write!(
                    out,
                    r##"<path d="M{:.1} {:.1}L{:.1} {:.1}" stroke="#10201d" stroke-width="1.2"/><circle cx="{:.1}" cy="{:.1}" r="2.5" fill="#10201d"/>"##,
                    point.x, point.y, place.x, place.y, point.x, point.y
                );
            }
        }
        for (mark, Coord { x, y }) in self.marks.iter().zip(places) {
            let _ = match mark.kind {
                Kind::Group => write!(
                    out,
                    r##"<circle cx="{x:.1}" cy="{y:.1}" r="{RADIUS}" fill="#a6460f" stroke="#ffffff" stroke-width="1.5"/>"##
                ),
                Kind::Building => write!(
                    out,
                    r##"<rect x="{:.1}" y="{:.1}" width="{side}" height="{side}" rx="2" fill="#1c4f8f" stroke="#ffffff" stroke-width="1.5"/>"##,
                    x - RADIUS + 1.0,
                    y - RADIUS + 1.0,
                    side = 2.0 * RADIUS - 2.0,
                ),
            };
            let _ = write!(
                out,
                r##"<text x="{x:.1}" y="{:.1}" font-size="13" font-weight="700" text-anchor="middle" fill="#ffffff">{}</text>"##,
                y + 4.6,
                mark.number
            );
        }
    }
}

/// From degrees to the picture.
pub(super) struct View {
    middle: Coord<f64>,
    /// Degrees of longitude are shorter than degrees of latitude.
    squeeze: f64,
    metres_per_unit: f64,
}

impl View {
    pub fn around(extent: Rect<f64>) -> Self {
        let middle = extent.center();
        let squeeze = middle.y.to_radians().cos().max(0.01);
        let across = (extent.width() * squeeze * METRES_PER_DEGREE).max(LEAST_ACROSS_M);
        let up = extent.height() * METRES_PER_DEGREE;
        let metres_per_unit = (across / (WIDTH - 2.0 * MARGIN)).max(up / (HEIGHT - 2.0 * MARGIN));
        Self { middle, squeeze, metres_per_unit }
    }

    fn at(&self, c: Coord<f64>) -> Coord<f64> {
        let units = METRES_PER_DEGREE / self.metres_per_unit;
        Coord {
            x: WIDTH / 2.0 + (c.x - self.middle.x) * self.squeeze * units,
            y: HEIGHT / 2.0 - (c.y - self.middle.y) * units,
        }
    }

    fn point(&self, p: Position) -> Coord<f64> {
        self.at(Coord { x: p.lon(), y: p.lat() })
    }

    /// Draws an area.
    pub fn shape(&self, out: &mut String, shape: &MultiPolygon<f64>, paint: &str) {
        let drawn = shape.map_coords(|c| self.at(c)).simplify(0.4);
        let mut path = String::new();
        for ring in drawn.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
            for (i, c) in ring.coords().enumerate() {
                let _ = write!(path, "{}{:.1} {:.1}", if i == 0 { 'M' } else { 'L' }, c.x, c.y);
            }
            path.push('Z');
        }
        let _ = write!(out, r#"<path d="{path}" fill-rule="evenodd" stroke-linejoin="round" {paint}/>"#);
    }

    /// A bar of a round length, no longer than a quarter of the picture.
    pub fn scale(&self, out: &mut String) {
        let most = WIDTH / 4.0 * self.metres_per_unit;
        let steps = (0..8).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(power)));
        let metres = steps.take_while(|metres| *metres <= most).last().unwrap_or(1.0);
        let (left, y) = (12.0, HEIGHT - 12.0);
        let right = left + metres / self.metres_per_unit;
        let text = words::short_distance(metres);
        let _ = write!(
            out,
            r##"<path d="M{left} {}V{y}H{right:.1}V{}" fill="none" stroke="#10201d" stroke-width="2"/><text x="{left}" y="{}" font-size="13" fill="#10201d" stroke="#ffffff" stroke-width="3" paint-order="stroke">{text}</text>"##,
            y - 6.0,
            y - 6.0,
            y - 10.0,
        );
    }
}

/// Which way is up.
pub(super) fn north(out: &mut String) {
    let (x, y) = (WIDTH - 20.0, 12.0);
    let _ = write!(
        out,
        r##"<path d="M{x} {y}L{} {}L{x} {}L{} {}Z" fill="#10201d"/><text x="{x}" y="{}" font-size="13" font-weight="700" text-anchor="middle" fill="#10201d">N</text>"##,
        x + 7.0,
        y + 18.0,
        y + 13.0,
        x - 7.0,
        y + 18.0,
        y + 31.0
    );
}

/// Places at which marks don't hide each other, near their points and inside the picture.
fn apart(points: &[Coord<f64>]) -> Vec<Coord<f64>> {
    const ROUNDS: usize = 60;
    let least = 2.0 * RADIUS + 1.0;
    let mut places = points.to_vec();
    for _ in 0..ROUNDS {
        let mut is_calm = true;
        for a in 0..places.len() {
            for b in 0..a {
                let between = places[a] - places[b];
                let far = between.x.hypot(between.y);
                if far >= least {
                    continue;
                }
                is_calm = false;
                // Marks on one point go around it, each its own way.
                let turn = a as f64 * 2.4;
                let (x, y) =
                    if far < 0.01 { (turn.cos(), turn.sin()) } else { (between.x / far, between.y / far) };
                let step = (least - far) / 2.0 + 0.1;
                places[a] = inside(places[a] + Coord { x: x * step, y: y * step });
                places[b] = inside(places[b] - Coord { x: x * step, y: y * step });
            }
        }
        if is_calm {
            break;
        }
    }
    places
}

fn inside(c: Coord<f64>) -> Coord<f64> {
    Coord {
        x: c.x.clamp(RADIUS + 2.0, WIDTH - RADIUS - 2.0),
        y: c.y.clamp(RADIUS + 2.0, HEIGHT - RADIUS - 2.0),
    }
}

/// Text that stays text, also within quotes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    fn picture(label: &str, places: &[(f64, f64)]) -> Picture {
        let square =
            polygon![(x: -2.4, y: 53.4), (x: -2.38, y: 53.4), (x: -2.38, y: 53.41), (x: -2.4, y: 53.41)];
        let mark = |(i, (lon, lat)): (usize, &(f64, f64))| Mark {
            number: i + 1,
            kind: Kind::ALL[i % 2],
            position: Position::new(*lon, *lat).unwrap(),
        };
        Picture {
            label: label.into(),
            area: Some(MultiPolygon(vec![square])),
            beside: Vec::new(),
            marks: places.iter().enumerate().map(mark).collect(),
            meeting: Position::new(-2.37, 53.405).ok(),
        }
    }

    #[test]
    fn text_stays_text() {
        let svg = picture(r#""><script>alert('x')</script>"#, &[]).svg().unwrap();
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
        assert!(!svg.contains("style="), "no style that a page's policy forbids");
    }

    #[test]
    fn every_place_has_its_number_and_there_are_a_scale_and_north() {
        let svg = picture("Map", &[(-2.39, 53.405), (-2.39, 53.405), (-2.385, 53.402)]).svg().unwrap();
        for text in [">1</text>", ">2</text>", ">3</text>", ">N</text>", ">500 m</text>"] {
            assert!(svg.contains(text), "{text} in {svg}");
        }
    }

    #[test]
    fn marks_on_one_point_stand_apart_and_in_the_picture() {
        let places = apart(&[Coord { x: 5.0, y: 5.0 }; 12]);
        for (i, a) in places.iter().enumerate() {
            assert!((0.0..=WIDTH).contains(&a.x) && (0.0..=HEIGHT).contains(&a.y));
            for b in &places[..i] {
                assert!((*a - *b).x.hypot((*a - *b).y) > RADIUS, "{places:?}");
            }
        }
    }

    #[test]
    fn the_scale_is_true() {
        let view = View::around(Rect::new((-2.4, 53.4), (-2.38, 53.41)));
        let (west, east) = (view.at(Coord { x: -2.4, y: 53.405 }), view.at(Coord { x: -2.38, y: 53.405 }));
        let metres = (east.x - west.x) * view.metres_per_unit;
        assert!((metres - 1330.0).abs() < 15.0, "{metres}");
        assert!(
            view.at(Coord { x: -2.39, y: 53.41 }).y < view.at(Coord { x: -2.39, y: 53.4 }).y,
            "north is up"
        );
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let nothing = Picture {
            label: String::new(),
            area: None,
            beside: Vec::new(),
            marks: Vec::new(),
            meeting: None,
        };
        assert!(nothing.svg().is_none());
        assert!(Picture { area: None, ..picture("one", &[(-2.39, 53.405)]) }.svg().is_some());
    }
}
