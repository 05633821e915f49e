//! The map of `/spend` as a picture: every area in its shade, and a link to its ledger. It needs no script, and prints.

use super::address;
use super::shades::{RAMP, Shades};
use crate::pages::svg::{HEIGHT, View, WIDTH, escaped, north};
use crate::spend::Money;
use app::money::{Ask, Spending};
use geo::BoundingRect;
use geo_types::{LineString, MultiPolygon, Rect};
use model::Pence;
use std::fmt::Write;

/// More areas than this are too small to see, and too many to step through.
const MOST: usize = 400;

pub(super) struct Picture<'a> {
    areas: Vec<Shaded<'a>>,
}

/// An area to draw.
struct Shaded<'a> {
    name: &'a str,
    href: String,
    boundary: &'a MultiPolygon<f64>,
    figure: Option<(Pence, usize)>,
}

impl<'a> Picture<'a> {
    pub fn of(money: &'a Money, ask: &Ask, spending: &'a Spending, shades: &Shades) -> Self {
        let shaded = |area: &'a app::money::AreaSpend| {
            let place = money.atlas.place(money.atlas.locality(area.code.as_str())?);
            Some(Shaded {
                name: &area.name,
                href: address::ledger(area.code.as_str(), ask),
                boundary: &place.boundary,
                figure: area.per_head.map(|figure| (figure, shades.shade(figure))),
            })
        };
        Self { areas: spending.areas.iter().filter_map(shaded).collect() }
    }

    /// The picture as SVG; `None` when there is nothing to show, or too much.
    pub fn svg(&self) -> Option<String> {
        if self.areas.len() > MOST {
            return None;
        }
        let view = View::around(self.extent()?);
        let mut out = String::new();
        let _ = write!(
            out,
            r##"<svg class="picture picture--shades" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="Map of spend per head. Each area leads to its ledger." font-family="Arial, Helvetica, sans-serif"><defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#ffffff"/><path d="M0 6L6 0" stroke="#6b7874" stroke-width="1.2"/></pattern></defs>"##
        );
        for area in &self.areas {
            let said = area
                .figure
                .map_or_else(|| "no figure".to_owned(), |(figure, _)| format!("{figure} per head"));
            let paint = area.figure.map_or("url(#gap)", |(_, shade)| RAMP[shade]);
            let (name, href) = (escaped(area.name), escaped(&area.href));
            let _ = write!(
                out,
                r##"<a href="{href}" aria-label="{name}: {said}"><title>{name}: {said}</title>"##
            );
            let paint = format!(r##"fill="{paint}" stroke="#10201d" stroke-width="1""##);
            view.shape(&mut out, area.boundary, &paint);
            out.push_str("</a>");
        }
        north(&mut out);
        view.scale(&mut out);
        out.push_str("</svg>");
        Some(out)
    }

    fn extent(&self) -> Option<Rect<f64>> {
        let boxes = self.areas.iter().filter_map(|area| area.boundary.bounding_rect());
        let corners: Vec<_> = boxes.flat_map(|rect| [rect.min(), rect.max()]).collect();
        LineString::from(corners).bounding_rect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    fn picture(name: &str, figure: Option<(Pence, usize)>) -> Option<String> {
        let boundary =
            MultiPolygon(vec![polygon![(x: -2.4, y: 53.4), (x: -2.38, y: 53.4), (x: -2.38, y: 53.41)]]);
        let area = Shaded {
            name,
            href: "/spend/E05000001?payer=A&year=2026-27".into(),
            boundary: &boundary,
            figure,
        };
        Picture { areas: vec![area] }.svg()
    }

    #[test]
    fn an_area_is_a_link_in_its_shade_and_says_its_figure() {
        let svg = picture("Mill & <Marsh>", Some((Pence(1_234), 4))).unwrap();
        for part in [
            r#"href="/spend/E05000001?payer=A&amp;year=2026-27""#,
            r#"aria-label="Mill &amp; &lt;Marsh&gt;: £12.34 per head""#,
            r##"fill="#253494""##,
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("style="), "no style that a page's policy forbids");
    }

    #[test]
    fn an_area_without_a_figure_is_hatched() {
        let svg = picture("Easton", None).unwrap();
        assert!(svg.contains("Easton: no figure") && svg.contains("url(#gap)"), "{svg}");
        assert_eq!(Picture { areas: vec![] }.svg(), None);
    }
}
