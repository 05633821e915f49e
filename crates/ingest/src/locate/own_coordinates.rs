use model::{AssetRecord, Located, PositionQuality, PostcodeRecord};

/// By the source's own coordinates.
pub(super) fn locate(record: &AssetRecord, _: Option<&PostcodeRecord>) -> Option<Located> {
    record.position.map(|position| Located { position, quality: PositionQuality::Surveyed })
}
