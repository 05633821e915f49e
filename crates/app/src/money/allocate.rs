use super::inside::{is_at, lies_in};
use super::payees::{Payees, is_charity};
use super::payers::Payers;
use super::people::{Populations, SmallAreas};
use super::target::to_json;
use atlas::{Atlas, AtlasBuilder};
use measures::{Case, KnownPayee, LadderOptions, Placement, Rules, Stated, Target, Words, place};
use model::{AreaCode, Position, Postcode, PostcodeRecord, SpendRecord, Standing, StatedPlace};
use std::collections::{BTreeMap, HashMap};
use store::{
    Allocation, Entry, Money, NewAllocation, Placed, Revision, SpendLine, Store, StoreError, Weights,
};

/// Says of every line of public money what it is for and where it goes, by these rules, and keeps that as an allocation
/// of its own. `None` when there are no lines. Old allocations stay known.
///
/// # Errors
/// When the store fails; it is as it was.
pub fn allocate(
    store: &dyn Store,
    rules: &Rules,
    options: LadderOptions,
) -> Result<Option<Allocation>, StoreError> {
    let (lines, people) = read_money(store)?;
    if lines.is_empty() {
        return Ok(None);
    }
    let (atlas, payees) = read_places(store)?;
    let postcodes = postcodes_of(store, &lines, options)?;
    let mut work = Work {
        rules,
        options,
        payers: Payers::new(&atlas),
        payees,
        postcodes,
        sets: Sets { small: people.small_areas(&atlas), people, kept: BTreeMap::new() },
        atlas,
    };
    let placed: Vec<(u64, Placed)> =
        lines.iter().map(|line| (line.number, work.place(&line.record))).collect();
    let weights: Vec<Weights> = work.sets.kept.into_values().flatten().collect();
    let new = NewAllocation {
        rules_version: rules.version().to_owned(),
        rules: rules.text().to_owned(),
        options: to_options(options, rules.text() != Rules::shipped().text()),
    };
    store.allocate(&new, &weights, &placed).map(Some)
}

/// Allocates anew by the shipped rules when the store has changed since that was last done, as imports do: a line may be
/// new, and so may the hall that it pays for. Rules and options of one's own are kept.
///
/// # Errors
/// Those of [`allocate`].
pub fn allocate_if_due(store: &dyn Store) -> Result<Option<Allocation>, StoreError> {
    let last = store.allocations(None, 1)?.pop();
    let since: Revision = last.as_ref().map_or(0, |last| last.revision);
    if store.revision()? == since || (last.is_none() && store.money_revision()? == 0) {
        return Ok(None);
    }
    let (options, is_own) = last.as_ref().map_or_else(Default::default, |last| read_options(&last.options));
    let own = last.filter(|_| is_own).and_then(|last| Rules::parse(&last.rules).ok());
    allocate(store, &own.unwrap_or_else(Rules::shipped), options)
}

fn to_options(options: LadderOptions, is_own: bool) -> String {
    serde_json::json!({"head_office": options.head_office, "own_rules": is_own}).to_string()
}

/// The options that an allocation was made with, and whether its rules were not those that were shipped then.
pub(super) fn read_options(json: &str) -> (LadderOptions, bool) {
    let json: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let is = |name: &str| json[name].as_bool().unwrap_or_default();
    (LadderOptions { head_office: is("head_office") }, is("own_rules"))
}

fn read_money(store: &dyn Store) -> Result<(Vec<SpendLine>, Populations), StoreError> {
    let (mut lines, mut people) = (Vec::new(), Populations::default());
    store.money(&mut |one| match one {
        Money::Line(line) => lines.push(*line),
        Money::Population(record) => people.add(record),
        Money::Allocation(_) | Money::Weights(_) => {}
    })?;
    Ok((lines, people))
}

/// Areas as an atlas without assets, and who may be paid.
pub(super) fn read_places(store: &dyn Store) -> Result<(Atlas, Payees), StoreError> {
    let (mut builder, mut payees) = (AtlasBuilder::default(), Payees::default());
    let revision = store.read_all(&mut |entry| match entry {
        Entry::Source(source) => builder.source(source),
        Entry::Locality(locality) => builder.locality(locality),
        Entry::Postcode(postcode) => builder.postcode(&postcode),
        Entry::Asset(asset) => payees.add(&asset),
    })?;
    Ok((builder.build(revision), payees))
}

fn postcodes_of(
    store: &dyn Store,
    lines: &[SpendLine],
    options: LadderOptions,
) -> Result<HashMap<Postcode, PostcodeRecord>, StoreError> {
    let mut wanted: Vec<Postcode> = Vec::new();
    for SpendLine { record, .. } in lines {
        wanted.extend(record.places.iter().filter_map(|place| match place {
            StatedPlace::Postcode(postcode) => Some(postcode.clone()),
            _ => None,
        }));
        wanted.extend(record.payee_postcode.iter().filter(|_| options.head_office).cloned());
    }
    wanted.sort();
    wanted.dedup();
    store.postcodes(&wanted)
}

/// What is needed to place one line after another.
struct Work<'r> {
    rules: &'r Rules,
    options: LadderOptions,
    atlas: Atlas,
    payers: Payers,
    payees: Payees,
    postcodes: HashMap<Postcode, PostcodeRecord>,
    sets: Sets,
}

/// Weights by name and scope, made once each; `None` where people are not known.
struct Sets {
    small: SmallAreas,
    people: Populations,
    kept: BTreeMap<(String, Vec<AreaCode>), Option<Weights>>,
}

impl Work<'_> {
    fn place(&mut self, record: &SpendRecord) -> Placed {
        let words = words_of(record);
        let what = self.rules.what(&words);
        let stated: Vec<Stated> = record.places.iter().filter_map(|place| self.stated(place)).collect();
        let payer_area = self.payers.area_of(&record.payer);
        let payee = self.payees.find(&record.payee, |known| self.is_near(known, payer_area));
        let known = payee.map(|(_, known)| KnownPayee {
            works_across: self.of_payer(&known.works_across, payer_area),
            ..known.clone()
        });
        let address = record.payee_postcode.as_ref().and_then(|postcode| self.position_of(postcode));
        let case = Case {
            what: &what,
            standing: record.payee.standing,
            payer_area,
            stated: &stated,
            payee: known.as_ref(),
            payee_address: address,
        };
        let Placement { method, rule, target } = place(self.rules, &case, self.options);
        let is_charity = || record.payee.identifiers.iter().any(is_charity);
        let placed = Placed {
            service: what.service.map(|service| self.rules.service(service).id.clone()),
            class: what.class.as_str().to_owned(),
            mapped_by: what.by.map(str::to_owned),
            method: method.as_str().to_owned(),
            rule,
            target: to_json(&target),
            weight_set: None,
            asset: payee.map(|(id, _)| id),
            is_voluntary: payee.is_some_and(|(_, known)| known.is_voluntary) || is_charity(),
        };
        Placed { weight_set: self.weight_set(&target), ..placed }
    }

    /// Whether who is paid is in the payer's area, or works there. Of a payer whose area is not known nobody can tell.
    fn is_near(&self, known: &KnownPayee, payer: Option<&AreaCode>) -> bool {
        let Some(area) = payer else { return false };
        let holds = |position| is_at(&self.atlas, position, std::slice::from_ref(area));
        known.position.is_some_and(holds) || !self.of_payer(&known.works_across, payer).is_empty()
    }

    /// Of the areas that an organisation works across those that are the payer's: what a council pays is for its own. A list
    /// of one district says little of where else its organisations work.
    fn of_payer(&self, across: &[AreaCode], payer: Option<&AreaCode>) -> Vec<AreaCode> {
        let Some(payer) = payer else { return across.to_vec() };
        let of_payer = across.iter().filter_map(|area| match lies_in(&self.atlas, area, payer) {
            true => Some(area),
            false => lies_in(&self.atlas, payer, area).then_some(payer),
        });
        of_payer.cloned().collect()
    }

    /// The weights by which a target is shared out, where it is.
    fn weight_set(&mut self, target: &Target) -> Option<String> {
        let key = match target {
            Target::Weights { weights, scope } => (weights.clone(), scope.clone()),
            _ => return None,
        };
        let Sets { small, people, kept } = &mut self.sets;
        let set = kept.entry(key).or_insert_with_key(|(name, scope)| people.weights(small, name, scope));
        set.as_ref().map(|set| set.id.clone())
    }

    /// A stated place with the areas that it lies in; a postcode that no directory knows says nothing.
    fn stated(&self, place: &StatedPlace) -> Option<Stated> {
        match place {
            StatedPlace::Area(code) => {
                let ix = self.atlas.locality(code.as_str());
                let mut within = ix.map(|ix| self.codes_around(ix)).unwrap_or_default();
                let counted = ix.into_iter().flat_map(|ix| self.atlas.counted_with(ix));
                within.extend(counted.filter_map(|code| AreaCode::parse(code).ok()));
                Some(Stated::Area { code: code.clone(), within })
            }
            StatedPlace::Point(position) => Some(self.point(*position)),
            StatedPlace::Postcode(postcode) => {
                self.position_of(postcode).map(|position| self.point(position))
            }
        }
    }

    fn point(&self, position: Position) -> Stated {
        let around = self.atlas.localities_at(position).into_iter();
        let mut within: Vec<AreaCode> = around
            .flat_map(|ix| {
                let own = AreaCode::parse(self.atlas.place(ix).code()).ok();
                self.codes_around(ix).into_iter().chain(own)
            })
            .collect();
        within.sort();
        within.dedup();
        Stated::Point { position, within }
    }

    fn codes_around(&self, ix: atlas::LocalityIx) -> Vec<AreaCode> {
        let larger = self.atlas.part_of(ix).into_iter();
        larger.filter_map(|(code, _)| AreaCode::parse(code).ok()).collect()
    }

    fn position_of(&self, postcode: &Postcode) -> Option<Position> {
        self.postcodes.get(postcode)?.position
    }
}

/// What a line says about what it is.
pub(super) fn words_of(record: &SpendRecord) -> Words<'_> {
    Words {
        payer: &record.payer,
        unit: record.unit.as_deref().unwrap_or_default(),
        category: record.category.as_deref().unwrap_or_default(),
        purpose: record.purpose.as_deref().unwrap_or_default(),
        payee: (record.payee.standing == Standing::Named).then_some(record.payee.name.as_str()),
        kind: record.kind,
        is_capital: record.is_capital,
    }
}
