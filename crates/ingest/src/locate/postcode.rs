use model::{AssetRecord, Located, PositionQuality, PostcodeRecord};

/// By the middle of its own postcode, when that is the postcode that the directory's entry is for.
pub(super) fn locate(record: &AssetRecord, entry: Option<&PostcodeRecord>) -> Option<Located> {
    let entry = entry.filter(|entry| record.postcode.as_ref() == Some(&entry.postcode))?;
    entry.position.map(|position| Located { position, quality: PositionQuality::Postcode })
}
