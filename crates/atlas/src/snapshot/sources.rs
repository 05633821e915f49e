use super::{Keep, Reader, Writer, bad};
use model::Source;
use std::io::Result;

impl Keep for Vec<Source> {
    const NAME: &'static str = "sources";

    fn write(&self, to: &mut Writer<'_>) -> Result<()> {
        to.bytes(&serde_json::to_vec(self)?)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        serde_json::from_slice(&from.bytes()?).map_err(|_| bad("its sources are none"))
    }
}
