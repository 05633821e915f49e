//! 1.7 million postcodes in flat memory. Run by hand:
//! `cargo test --release -p ingest --test speed -- --ignored --nocapture`

mod common;

use std::io::Read;

const HEADER: &str = "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,npark,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua24,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21\n";

/// A directory that is written as it is read.
struct Directory {
    left: u32,
    line: std::io::Cursor<Vec<u8>>,
}

impl Read for Directory {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.line.read(buffer)?;
        if read > 0 || self.left == 0 {
            return Ok(read);
        }
        self.left -= 1;
        let n = self.left;
        let letter = |n: u32| char::from(b"ABDEFGHJLNPQRSTUWXYZ"[(n % 20) as usize]);
        let code = format!("M{} {}{}{}", n / 4000 % 99, n % 10, letter(n / 10), letter(n / 200));
        let code = format!("{}{}", letter(n / 400_000), code);
        let codes = "E08000009,E05015247,E04012345,0,383130,398670,1,E18000003,E40000010,E92000001,E12000002,0,E14001571,E15000002,E24000004,E30000239,E16000004,TLD34,00BUHP,E00030771,00BUFZ,E65000001,E01006074,E02001259,A1,2B3,E00030771,E01006074,E02001259,E33021223,E38000187,E63004567,A1,8C2,53.4655,-2.2604,E48000010,,E23000005,12345,00BUHP,E54000057,E00030771,E01006074,E02001259";
        self.line = std::io::Cursor::new(
            format!("{code},{code},{code},198001,,E11000001,E58000001,{codes}\n").into_bytes(),
        );
        self.line.read(buffer)
    }
}

#[test]
#[ignore = "takes a minute: run by hand in release"]
fn a_directory_streams() {
    const ROWS: u32 = 1_700_000;
    let line = std::io::Cursor::new(HEADER.as_bytes().to_vec());
    let start = std::time::Instant::now();
    let input = Box::new(Directory { left: ROWS, line });
    let mut file = ingest::FileReader::open("ONSPD_AUG_2024_UK.csv", input, &common::options()).unwrap();
    let (mut rows, mut others, mut peak) = (0, 0, 0);
    while let Some(batch) = file.next_batch(10_000).unwrap() {
        rows += batch.rows.len();
        others += batch.rejections.len() + batch.merged as usize;
        peak = peak.max(memory_kb());
    }
    let rate = f64::from(ROWS) / start.elapsed().as_secs_f64();
    println!("{rows} rows, {others} others, {rate:.0} rows a second, at most {} MB", peak / 1024);
    assert_eq!(rows + others, ROWS as usize);
    assert!(rate > 60_000.0);
}

fn memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}
