use std::ops::Range;

/// Whether something is so, as far as published words say. What they leave open is never a no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// They say so.
    Yes,
    /// They do not say, or leave a doubt.
    Unknown,
    /// They rule it out.
    No,
}

/// A part of the week in which people meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WeekPart {
    /// Monday to Friday, 8 to 12.
    WeekdayMorning,
    /// Monday to Friday, 12 to 17.
    WeekdayAfternoon,
    /// Monday to Friday, 18 to 22.
    WeekdayEvening,
    /// Saturday or Sunday, 8 to 22.
    Weekend,
}

/// When a place is open, read from the free text that its source publishes: `Mon to Fri 9am-9pm`,
/// `Tuesdays, Wednesdays and Fridays, 10am-2pm`, `Mo-Fr 09:00-21:00; Sa 10:00-16:00`.
///
/// It reads days and times, and knows the few words that narrow them (`term time`, `first Monday`). Any other word
/// leaves a doubt, and a doubt makes the answer [`Answer::Unknown`]: `Mon to Fri 9am-9pm, weekends by arrangement`
/// says yes to weekday evenings and leaves weekends open.
///
/// ```
/// use model::{Answer, Opening, WeekPart};
/// let hours = Opening::read("Monday to Friday, 9.30am-4pm");
/// assert_eq!(hours.is_open(WeekPart::WeekdayMorning), Answer::Yes);
/// assert_eq!(hours.is_open(WeekPart::WeekdayEvening), Answer::No);
/// assert_eq!(Opening::read("See website").is_open(WeekPart::Weekend), Answer::Unknown);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    spans: Vec<Span>,
    /// Whether there may be more than the spans say.
    is_doubtful: bool,
}

/// On these days surely open in one range of minutes, and at most open in another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    days: Days,
    surely: Range<u16>,
    perhaps: Range<u16>,
}

/// Days of the week as bits, Monday the lowest.
type Days = u8;

const ALL_WEEK: Days = 0b111_1111;
const WEEKDAYS: Days = 0b001_1111;
const WEEKEND: Days = 0b110_0000;
const MIDNIGHT: u16 = 24 * 60;
/// Latest end of a day that runs into the next.
const NEXT_DAY: u16 = 2 * MIDNIGHT;
/// Shorter than that is no time to meet.
const LONG_ENOUGH: u16 = 60;

impl WeekPart {
    /// All, in the order of the week.
    pub const ALL: [Self; 4] =
        [Self::WeekdayMorning, Self::WeekdayAfternoon, Self::WeekdayEvening, Self::Weekend];

    /// The word used in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeekdayMorning => "weekday-morning",
            Self::WeekdayAfternoon => "weekday-afternoon",
            Self::WeekdayEvening => "weekday-evening",
            Self::Weekend => "weekend",
        }
    }

    /// By the word used in addresses.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == word)
    }

    fn days(self) -> Days {
        if self == Self::Weekend { WEEKEND } else { WEEKDAYS }
    }

    fn minutes(self) -> Range<u16> {
        match self {
            Self::WeekdayMorning => MORNING,
            Self::WeekdayAfternoon => AFTERNOON,
            Self::WeekdayEvening => EVENING,
            Self::Weekend => MORNING.start..EVENING.end,
        }
    }
}

const MORNING: Range<u16> = 8 * 60..12 * 60;
const AFTERNOON: Range<u16> = 12 * 60..17 * 60;
const EVENING: Range<u16> = 18 * 60..22 * 60;

impl Opening {
    /// Reads a text. It never fails: what is not understood is a doubt.
    pub fn read(text: &str) -> Self {
        Reader::new(items(text)).read()
    }

    /// Whether it is open for an hour or more on at least one day of this part of the week.
    pub fn is_open(&self, part: WeekPart) -> Answer {
        let on_day = |span: &&Span| span.days & part.days() != 0;
        let overlap = |range: &Range<u16>| {
            let asked = part.minutes();
            range.end.min(asked.end).saturating_sub(range.start.max(asked.start))
        };
        let spans = || self.spans.iter().filter(on_day);
        if spans().any(|span| overlap(&span.surely) >= LONG_ENOUGH) {
            Answer::Yes
        } else if self.is_doubtful || spans().any(|span| overlap(&span.perhaps) >= LONG_ENOUGH) {
            Answer::Unknown
        } else {
            Answer::No
        }
    }
}

/// What a text is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Days(Days),
    Hours {
        surely: Range<u16>,
        perhaps: Range<u16>,
    },
    Closed,
    /// Only in some weeks of the year or month.
    Narrows,
    /// Not understood.
    Doubt,
    /// Takes back something that was or will be said.
    Except,
}

/// Puts items together: days with the hours that follow them, or hours with the days that follow.
struct Reader {
    items: Vec<Item>,
    spans: Vec<Span>,
    is_doubtful: bool,
}

impl Reader {
    fn new(items: Vec<Item>) -> Self {
        Self { items, spans: Vec::new(), is_doubtful: false }
    }

    fn read(mut self) -> Opening {
        if let Some(days) = only_days(&self.items) {
            return on_days(days);
        }
        let first = self.items.iter().find(|item| matches!(item, Item::Days(_) | Item::Hours { .. }));
        match first {
            None => self.is_doubtful = true,
            Some(Item::Hours { .. }) => self.hours_before_days(),
            Some(_) => self.days_before_hours(),
        }
        if self.items.contains(&Item::Narrows) {
            self.spans.iter_mut().for_each(|span| span.surely = 0..0);
        }
        self.is_doubtful |= self.items.contains(&Item::Except);
        if self.is_doubtful && self.spans.iter().any(|span| !span.surely.is_empty()) {
            // A word that is not understood may take back all that was said.
            self.spans.iter_mut().for_each(|span| span.surely = 0..0);
        }
        Opening { spans: self.spans, is_doubtful: self.is_doubtful }
    }

    fn days_before_hours(&mut self) {
        let items = std::mem::take(&mut self.items);
        let mut at = 0;
        while at < items.len() {
            match &items[at] {
                Item::Days(days) => at = self.day_group(*days, &items, at + 1),
                Item::Closed => {
                    let Some(Item::Days(days)) = items.get(at + 1) else {
                        self.is_doubtful = true;
                        break;
                    };
                    self.close(*days);
                    at += 2;
                }
                Item::Narrows => at += 1,
                Item::Hours { .. } | Item::Doubt | Item::Except => {
                    self.is_doubtful = true;
                    at += 1;
                }
            }
        }
        self.items = items;
    }

    /// What is said of some days, from the item behind them; gives where the next group starts.
    fn day_group(&mut self, days: Days, items: &[Item], from: usize) -> usize {
        let mut at = from;
        let mut has_hours = false;
        while let Some(item) = items.get(at) {
            match item {
                Item::Hours { surely, perhaps } => {
                    self.spans.push(Span { days, surely: surely.clone(), perhaps: perhaps.clone() });
                    has_hours = true;
                }
                Item::Narrows => {}
                Item::Closed if at == from => {
                    self.close(days);
                    return at + 1;
                }
                // Words about these days and no others, such as "by arrangement".
                Item::Doubt if !has_hours => {}
                Item::Days(_) | Item::Closed | Item::Doubt | Item::Except => break,
            }
            at += 1;
        }
        let has_doubt = items[from..at].contains(&Item::Doubt);
        if has_hours && has_doubt {
            self.is_doubtful = true;
        } else if at == from {
            // Days alone may belong to the hours in front of them: "evenings and all day Sunday".
            self.is_doubtful = true;
        } else if !has_hours {
            self.spans.push(Span { days, surely: 0..0, perhaps: 0..NEXT_DAY });
        }
        at
    }

    fn close(&mut self, days: Days) {
        self.spans.iter_mut().for_each(|span| span.days &= !days);
    }

    fn hours_before_days(&mut self) {
        let mut pending: Vec<(Range<u16>, Range<u16>)> = Vec::new();
        for item in self.items.clone() {
            match item {
                Item::Hours { surely, perhaps } => pending.push((surely, perhaps)),
                Item::Days(days) if !pending.is_empty() => self
                    .spans
                    .extend(pending.drain(..).map(|(surely, perhaps)| Span { days, surely, perhaps })),
                Item::Narrows => {}
                Item::Days(_) | Item::Closed | Item::Doubt | Item::Except => self.is_doubtful = true,
            }
        }
        self.is_doubtful |= !pending.is_empty();
    }
}

/// The days of a text that names days and nothing else: `Sat`, `Mon-Fri`, `Every day`.
fn only_days(items: &[Item]) -> Option<Days> {
    let days = |item: &Item| if let Item::Days(days) = item { Some(*days) } else { None };
    let all: Option<Vec<Days>> = items.iter().map(days).collect();
    all.filter(|all| !all.is_empty()).map(|all| all.into_iter().fold(0, |all, days| all | days))
}

/// Days without hours: some hour of a weekend's day is sure, which hours of the others is not said, and on other days
/// it is closed.
fn on_days(days: Days) -> Opening {
    let weekend = Span { days: days & WEEKEND, surely: MORNING.start..EVENING.end, perhaps: 0..NEXT_DAY };
    let others = Span { days: days & !WEEKEND, surely: 0..0, perhaps: 0..NEXT_DAY };
    Opening { spans: vec![weekend, others], is_doubtful: false }
}

/// A word, a number with what belongs to it, or one mark.
fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let text = text.to_lowercase();
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    for (at, &c) in chars.iter().enumerate() {
        let in_number = matches!(c, '.' | ':') && at > 0 && is_digit(at - 1) && is_digit(at + 1);
        let changes = word.chars().last().is_some_and(|last| last.is_ascii_digit() && c.is_alphabetic());
        if changes || !(c.is_alphanumeric() || in_number || c == '\'' || c == '’') {
            out.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        match c {
            '-' | '–' | '—' | '‒' | '−' => out.push("-".into()),
            _ if c.is_alphanumeric() || in_number => word.push(c),
            ';' | '\n' | '&' | ',' | '/' | '=' => out.push(c.to_string()),
            _ => {}
        }
    }
    out.extend((!word.is_empty()).then_some(word));
    out
}

/// Phrases that change nothing, or stand for one word.
const PHRASES: [(&[&str], &[&str]); 22] = [
    (&["closed", "on", "bank", "holidays"], &[]),
    (&["closed", "bank", "holidays"], &[]),
    (&["except", "bank", "holidays"], &[]),
    (&["excluding", "bank", "holidays"], &[]),
    (&["closed", "public", "holidays"], &[]),
    (&["except", "public", "holidays"], &[]),
    (&["excluding", "public", "holidays"], &[]),
    (&["drop", "in"], &[]),
    (&["drop", "-", "in"], &[]),
    (&["seven", "days", "a", "week"], &["daily"]),
    (&["7", "days", "a", "week"], &["daily"]),
    (&["every", "day"], &["daily"]),
    (&["24", "/", "7"], &["daily", "24hours"]),
    (&["24", "hours", "a", "day"], &["24hours"]),
    (&["24", "hours"], &["24hours"]),
    (&["12", "noon"], &["noon"]),
    (&["12", "midday"], &["noon"]),
    (&["12", "midnight"], &["midnight"]),
    (&["of", "the", "month"], &["monthly"]),
    (&["term", "time"], &["termtime"]),
    (&["in", "season"], &["seasonal"]),
    (&["all", "day"], &["allday"]),
];

fn simplified(mut words: Vec<String>) -> Vec<String> {
    let mut at = 0;
    while at < words.len() {
        let found = PHRASES.iter().find(|(phrase, _)| {
            words.len() >= at + phrase.len() && words[at..].iter().zip(*phrase).all(|(a, b)| a == b)
        });
        match found {
            Some((phrase, instead)) => {
                words.splice(at..at + phrase.len(), instead.iter().map(|word| (*word).to_owned()));
                at += instead.len();
            }
            None => at += 1,
        }
    }
    words
}

fn items(text: &str) -> Vec<Item> {
    let words = simplified(tokens(text));
    let mut items = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((days, next)) = days_at(&words, at) {
            items.push(Item::Days(days));
            at = next;
        } else if let Some((hours, next)) = hours_at(&words, at) {
            items.push(hours);
            at = next;
        } else {
            items.extend(word_item(&words[at]));
            at += 1;
        }
    }
    items
}

/// One word on its own; `None` for those that say nothing.
fn word_item(word: &str) -> Option<Item> {
    const SILENT: [&str; 15] = [
        ",", ";", "\n", "&", "/", "and", "from", "on", "open", "opening", "hours", "times", "the", "only",
        "a",
    ];
    const NARROWING: [&str; 26] = [
        "termtime",
        "seasonal",
        "monthly",
        "fortnightly",
        "alternate",
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "every",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "1st",
        "2nd",
        "3rd",
    ];
    match word {
        "closed" => Some(Item::Closed),
        "except" | "excluding" | "excl" | "not" | "apart" | "unless" | "but" | "no" | "=" => {
            Some(Item::Except)
        }
        _ if SILENT.contains(&word) => None,
        _ if NARROWING.contains(&word) => Some(Item::Narrows),
        _ => Some(Item::Doubt),
    }
}

fn day(word: &str) -> Option<u8> {
    const NAMES: [(&str, &[&str]); 7] = [
        ("monday", &["mo", "mon"]),
        ("tuesday", &["tu", "tue", "tues"]),
        ("wednesday", &["we", "wed", "weds"]),
        ("thursday", &["th", "thu", "thur", "thurs"]),
        ("friday", &["fr", "fri"]),
        ("saturday", &["sa", "sat"]),
        ("sunday", &["su", "sun"]),
    ];
    let is = |(name, short): &(&str, &[&str])| {
        word == *name || word.strip_suffix('s') == Some(name) || short.contains(&word)
    };
    NAMES.iter().position(is).map(|n| n as u8)
}

fn day_set(word: &str) -> Option<Days> {
    match word {
        "weekday" | "weekdays" => Some(WEEKDAYS),
        "weekend" | "weekends" => Some(WEEKEND),
        "daily" => Some(ALL_WEEK),
        _ => day(word).map(|n| 1 << n),
    }
}

fn is_range(word: Option<&String>) -> bool {
    word.is_some_and(|word| matches!(word.as_str(), "-" | "to" | "till" | "until" | "through"))
}

fn is_list(word: Option<&String>) -> bool {
    word.is_some_and(|word| matches!(word.as_str(), "," | "and" | "&" | "/"))
}

/// Days and ranges of days in a row: `Tuesdays, Wednesdays and Fridays`, `Mon-Fri`.
fn days_at(words: &[String], from: usize) -> Option<(Days, usize)> {
    let (mut days, mut at) = day_range(words, from)?;
    loop {
        let mut next = at;
        while is_list(words.get(next)) {
            next += 1;
        }
        match day_range(words, next) {
            Some((more, behind)) if next > at => (days, at) = (days | more, behind),
            _ => return Some((days, at)),
        }
    }
}

fn day_range(words: &[String], at: usize) -> Option<(Days, usize)> {
    let set = day_set(words.get(at)?)?;
    let to = words.get(at + 2).and_then(|word| day(word)).filter(|_| is_range(words.get(at + 1)));
    match (day(&words[at]), to) {
        (Some(first), Some(last)) => {
            let count = (last + 7 - first) % 7;
            let days = (0..=count).fold(0, |days, n| days | 1 << ((first + n) % 7));
            Some((days, at + 3))
        }
        _ => Some((set, at + 1)),
    }
}

/// Times as written, before the halves of the day are settled.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// Of the twelve or twenty-four that are written.
    minutes: u16,
    /// Morning or afternoon, when it says so.
    is_pm: Option<bool>,
    /// Written so that only the 24-hour clock fits: `09:00`, `17:30`, `0900`.
    is_24: bool,
    /// Whether it can be nothing but a time.
    is_sure: bool,
}

impl Clock {
    /// Minutes after midnight with a half of the day.
    fn at(self, is_pm: bool) -> u16 {
        self.minutes % (12 * 60) + if is_pm { 12 * 60 } else { 0 }
    }
}

fn clock_at(words: &[String], at: usize) -> Option<(Clock, usize)> {
    let word = words.get(at)?;
    let named = |minutes| Clock { minutes, is_pm: None, is_24: true, is_sure: true };
    match word.as_str() {
        "noon" | "midday" => return Some((named(12 * 60), at + 1)),
        "midnight" => return Some((named(MIDNIGHT), at + 1)),
        _ => {}
    }
    let (hour, minute) = match word.split_once(['.', ':']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if word.len() == 4 => word.split_at_checked(2)?,
        None => (word.as_str(), ""),
    };
    let has_minute = !minute.is_empty();
    let hours: u16 = hour.parse().ok().filter(|hours| *hours <= 24 && hour.len() <= 2)?;
    let minutes: u16 = if has_minute { minute.parse().ok().filter(|m| *m < 60)? } else { 0 };
    let is_pm = match words.get(at + 1).map(String::as_str) {
        Some("am") => Some(false),
        Some("pm") => Some(true),
        _ => None,
    };
    if is_pm.is_some() && !(1..=12).contains(&hours) {
        return None;
    }
    let clock = Clock {
        minutes: hours * 60 + minutes,
        is_pm,
        is_24: is_pm.is_none() && (hours > 12 || (has_minute && hour.len() == 2)),
        is_sure: has_minute || is_pm.is_some(),
    };
    Some((clock, at + 1 + usize::from(is_pm.is_some())))
}

fn hours_at(words: &[String], from: usize) -> Option<(Item, usize)> {
    let hours = |surely: Range<u16>| Item::Hours { perhaps: surely.clone(), surely };
    match words[from].as_str() {
        "morning" | "mornings" => return Some((hours(MORNING), from + 1)),
        "afternoon" | "afternoons" => return Some((hours(AFTERNOON), from + 1)),
        "evening" | "evenings" => return Some((hours(EVENING), from + 1)),
        "24hours" => return Some((hours(0..MIDNIGHT), from + 1)),
        "allday" => {
            return Some((Item::Hours { surely: 9 * 60..17 * 60, perhaps: 0..MIDNIGHT }, from + 1));
        }
        _ => {}
    }
    let (start, behind) = clock_at(words, from)?;
    if is_range(words.get(behind)) {
        return match clock_at(words, behind + 1) {
            Some((end, next)) => Some((range(start, end).map_or(Item::Doubt, hours), next)),
            None => Some((Item::Doubt, behind + 1)),
        };
    }
    // A start alone: an hour is sure, what comes after it is open.
    let start_at = match start {
        Clock { is_pm: Some(is_pm), .. } => start.at(is_pm),
        Clock { is_24: true, .. } => start.minutes,
        _ => return start.is_sure.then_some((Item::Doubt, behind)),
    };
    Some((Item::Hours { surely: start_at..start_at + LONG_ENOUGH, perhaps: start_at..NEXT_DAY }, behind))
}

/// From one time to another; `None` when the halves of the day can't be told.
fn range(start: Clock, end: Clock) -> Option<Range<u16>> {
    let noon = 12 * 60;
    let (from, to) = match (start.is_pm, end.is_pm) {
        (Some(a), Some(b)) => (start.at(a), end.at(b)),
        (None, None) if start.is_24 && end.is_24 => (start.minutes, end.minutes),
        // 9-17
        (None, None) if end.is_24 && end.minutes > noon => (start.minutes, end.minutes),
        // 9.30–12 noon
        (None, None) if end.is_24 && end.minutes == noon && start.minutes < noon => (start.minutes, noon),
        // 9-5, 10-12: from the morning, as nothing else is usual. 6-9 may be either.
        (None, None) if !start.is_24 && (7 * 60..noon).contains(&start.minutes) => match end.minutes {
            end if end == noon => (start.minutes, noon),
            end if end < start.minutes => (start.minutes, end + noon),
            _ => return None,
        },
        (None, None) => return None,
        // 2–4pm, 10–1pm
        (None, Some(is_pm)) if start.minutes <= noon + 59 => {
            let to = end.at(is_pm);
            let same = start.at(is_pm);
            (if same < to { same } else { start.at(false) }, to)
        }
        (None, Some(_)) => return None,
        (Some(is_pm), None) if end.is_24 => (start.at(is_pm), end.minutes),
        // 9am-5, 10am-12, 6pm-9; 9am-11 may be either
        (Some(false), None) if end.minutes == noon || end.at(false) <= start.at(false) => {
            (start.at(false), end.at(true))
        }
        (Some(true), None) if end.at(true) > start.at(true) => (start.at(true), end.at(true)),
        (Some(_), None) => return None,
    };
    // Into the night: 7pm-1am.
    let to = if to <= from && from >= noon { to + MIDNIGHT } else { to };
    (from < to).then_some(from..to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mornings, afternoons and evenings of weekdays, then weekends: y, n or ?.
    fn said(text: &str) -> String {
        let letter = |part| match Opening::read(text).is_open(part) {
            Answer::Yes => 'y',
            Answer::Unknown => '?',
            Answer::No => 'n',
        };
        WeekPart::ALL.map(letter).into_iter().collect()
    }

    fn check(cases: &[(&str, &str)]) {
        let wrong: Vec<String> = cases
            .iter()
            .filter(|(text, expected)| said(text) != *expected)
            .map(|(text, expected)| format!("{text:?}: {} instead of {expected}", said(text)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn days_and_times_as_councils_publish_them() {
        check(&[
            ("Monday to Friday, 9.30am-4pm", "yynn"),
            ("Mon-Fri: 6:30am-10:00pm", "yyyn"),
            ("Mon-Fri: 6:30am-10:00pm Sat-Sun: 8:00am-6:00pm", "yyyy"),
            ("Tuesdays, Wednesdays and Fridays, 10am-2pm", "yynn"),
            ("Mo-Fr 09:00-21:00; Sa 10:00-16:00", "yyyy"),
            ("Mo-Su 08:00-22:00", "yyyy"),
            ("Tu,Th 10:00-15:00", "yynn"),
            ("Every day 8am–8pm", "yyyy"),
            ("Weekdays 9-5", "yynn"),
            ("Monday – Friday 0900 – 1700", "yynn"),
            ("Open Mondays 7.30–9pm", "nnyn"),
            ("Tuesdays 6–7.30pm", "nnyn"),
            ("Sundays 6–10pm", "nnny"),
            ("Wednesdays 12 noon–2pm", "nynn"),
            ("Wednesdays 10.30am–12 noon", "ynnn"),
            ("Tuesdays and Thursdays 10am–3pm", "yynn"),
            ("9am to 5pm, Monday to Friday", "yynn"),
            ("24/7", "yyyy"),
            ("Fri 7pm-1am", "nnyn"),
            ("Mon 9am-12pm, 1pm-5pm", "yynn"),
            ("Mon-Fri 9am-5pm, closed bank holidays", "yynn"),
            ("Mondays 10am–1pm, drop in", "yynn"),
        ]);
    }

    #[test]
    fn words_for_parts_of_the_day() {
        check(&[
            ("Saturday mornings", "nnny"),
            ("Weekday evenings", "nnyn"),
            ("Weekday evenings and all day Sunday", "????"),
            ("Sunday all day", "nnny"),
        ]);
    }

    #[test]
    fn days_alone_rule_out_the_others_and_leave_the_hour_open() {
        check(&[
            ("Sat", "nnny"),
            ("Weekends", "nnny"),
            ("daily", "???y"),
            ("Every day", "???y"),
            ("Mon-Fri", "???n"),
            ("Mon, Wed & Sat", "???y"),
            ("Open Tuesdays", "???n"),
            ("First Saturday", "????"),
            ("Sat, ask first", "nnn?"),
        ]);
    }

    #[test]
    fn closed_days_are_taken_out() {
        check(&[
            ("Mon-Fri 9am-9pm, Sat and Sun closed", "yyyn"),
            ("Monday: closed, Tuesday: 6pm-9pm", "nnyn"),
            ("Daily 9am-9pm, closed Sat, Sun", "yyyn"),
            ("Mon 6pm-9pm, closed Monday", "nnnn"),
            ("Closed", "????"),
        ]);
    }

    #[test]
    fn a_start_alone_is_sure_of_an_hour() {
        check(&[
            ("Mondays and Wednesdays 7.30pm", "nnyn"),
            ("Thursdays 10am", "y??n"),
            ("Fridays 9pm", "nnyn"),
        ]);
    }

    #[test]
    fn what_holds_only_in_some_weeks_is_never_a_yes() {
        check(&[
            ("Wednesdays 9.30–11.30am, term time", "?nnn"),
            ("Sundays 10am–12 noon, April to October", "????"),
            ("Second Saturday, 10am", "nnn?"),
            ("Last Friday of the month, 10.30am–12.30pm", "?nnn"),
            ("Alternate Wednesdays, 1–3pm", "n?nn"),
            ("Monday to Friday 9am-9pm term time only", "???n"),
        ]);
    }

    #[test]
    fn any_doubt_is_not_known() {
        for text in [
            "",
            "See website",
            "Term time only, after 4pm",
            "Monthly, see notice board",
            "Daily in season",
            "Phone line weekdays 9.30am–12 noon",
            "Mon-Fri 6-9",
            "Mon-Fri until late",
            "by arrangement",
            "Mon-Fri 9am-9pm except Wednesdays",
            "Mon-Fri 25:00-26:00",
            "Mon-Fri 9am-11",
            "Shop open Mon 9-5",
            "Mon-Fri 9am-9pm; members only",
            "🙂 Mon–Fri 9am–9pm!? ask",
            "lundi 9-5",
            "9am-5pm",
            "Mon-Fri 9am-13pm",
            "Mon-Fri between 9am and 5pm",
            "Daily (except Tues & Sat) 10:30am - 12pm",
            "Monday - Saturday 7.30am = 4.30pm",
        ] {
            assert!(!said(text).contains('y'), "{text}: {}", said(text));
            assert!(said(text).contains('?'), "{text}: {}", said(text));
        }
        check(&[
            ("Mon to Fri 9am-9pm, weekends by arrangement", "yyy?"),
            ("Mon 9-5, Sat by appointment", "yyn?"),
        ]);
    }

    #[test]
    fn words_in_addresses_are_read_again() {
        for part in WeekPart::ALL {
            assert_eq!(WeekPart::parse(part.as_str()), Some(part));
        }
        assert_eq!(WeekPart::parse("evening"), None);
    }
}
