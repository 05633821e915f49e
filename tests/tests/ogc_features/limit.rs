//! The parameter `limit`.

use super::{Service, features};

pub fn check(service: &Service) {
    for collection in &service.collections {
        let parameter = service.parameter(collection, "limit");
        assert_eq!(parameter["in"], "query", "limit is in the query");
        assert_ne!(parameter["required"], true, "limit is not required");
        assert_eq!(parameter["style"], "form", "limit: style");
        assert_eq!(parameter["explode"], false, "limit: explode");
        let schema = &parameter["schema"];
        assert_eq!(schema["type"], "integer", "limit is a whole number");
        let bound = |name: &str| schema[name].as_u64().unwrap_or_else(|| panic!("limit has a {name}"));
        let (least, most, default) = (bound("minimum"), bound("maximum"), bound("default"));
        assert!(least >= 1 && least <= default && default <= most, "limit: {least} to {most}, or {default}");
        assert!(most >= 2_500, "limit: five pages reach 10,000");
        let path = service.items(collection);
        for limit in [least, least + (10 - least) / 2, 10, most] {
            let page = service.server.json(&format!("{path}?limit={limit}"));
            assert!(features(&page).len() as u64 <= limit, "{path}: no more than {limit}");
            let matched = page["numberMatched"].as_u64().expect("numberMatched");
            assert_eq!(features(&page).len() as u64, limit.min(matched), "{path}: as many as {limit} allows");
        }
        let unasked = features(&service.server.json(&path)).len() as u64;
        assert!(unasked <= default, "{path}: no more than the default");
        let above = service.server.json(&format!("{path}?limit={}", most + 1));
        assert!(features(&above).len() as u64 <= most, "{path}: a larger limit is cut to {most}");
    }
}
