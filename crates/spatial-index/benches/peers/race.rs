//! Runs contenders in turn, several rounds, checks that they say the same, and prints a line of the table.
use cpu_time::ThreadTime;
use std::time::Instant;

/// A contender works, and hands back how to sum up its answer, which is not timed.
pub type Run<'a> = Box<dyn FnMut() -> Summary<'a> + 'a>;
pub type Summary<'a> = Box<dyn FnOnce() -> u64 + 'a>;

/// What the clock counts.
#[derive(Clone, Copy, PartialEq)]
pub enum Clock {
    /// Processor time of one thread: what the work costs, whatever else the machine does.
    Cpu,
    /// Time on the wall, for work on several threads.
    Wall,
}

pub struct Race {
    pub rounds: usize,
    /// Lines whose names have this in them; empty for all.
    pub only: String,
}

impl Race {
    pub fn head(&self) {
        println!(
            "| {:<44} | {:>18} | {:>18} | {:>18} | {:>7} |",
            "", "spatial-index", "rstar", "geo-index", "ratio"
        );
        println!("|{:-<46}|{:->20}|{:->20}|{:->20}|{:->9}|", "", ":", ":", ":", ":");
    }

    /// Ours first, then the peers; the ratio is the better peer's median to ours. With `same`, all must say the same.
    pub fn line(&self, name: &str, per: usize, clock: Clock, same: bool, mut runs: Vec<Option<Run>>) {
        if !name.contains(&self.only) {
            return;
        }
        let mut times = vec![vec![]; runs.len()];
        let mut said = vec![None; runs.len()];
        for _ in 0..self.rounds {
            for (i, run) in runs.iter_mut().enumerate() {
                let Some(run) = run else { continue };
                let (cpu, wall) = (ThreadTime::now(), Instant::now());
                let answer = run();
                let spent = if clock == Clock::Cpu { cpu.elapsed() } else { wall.elapsed() };
                times[i].push(spent.as_secs_f64() / per as f64);
                said[i] = Some(answer());
            }
        }
        let said: Vec<u64> = said.into_iter().flatten().collect();
        assert!(!same || said.iter().all(|s| *s == said[0]), "{name}: answers differ: {said:?}");
        let figures: Vec<Option<(f64, f64)>> = times.into_iter().map(median_and_least).collect();
        let best_peer = figures[1..].iter().flatten().map(|f| f.0).fold(f64::INFINITY, f64::min);
        let ratio = figures[0].map_or(f64::NAN, |f| best_peer / f.0);
        let ratio = if ratio.is_finite() { format!("{ratio:.1}") } else { String::new() };
        let [ours, rstar, geo_index] =
            [0, 1, 2].map(|i| figures.get(i).copied().flatten().map_or(String::new(), text));
        println!("| {name:<44} | {ours:>18} | {rstar:>18} | {geo_index:>18} | {ratio:>7} |");
    }
}

fn median_and_least(mut times: Vec<f64>) -> Option<(f64, f64)> {
    times.sort_by(f64::total_cmp);
    Some((*times.get(times.len() / 2)?, times[0]))
}

fn text((median, least): (f64, f64)) -> String {
    let (unit, scale) = [("s", 1.0), ("ms", 1e3), ("µs", 1e6)]
        .into_iter()
        .find(|(_, scale)| median * scale >= 0.1)
        .unwrap_or(("ns", 1e9));
    format!("{:.2} {unit} ({:.2})", median * scale, least * scale)
}
