use super::schema::reference;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// One method of a path, in the making.
pub(super) struct Operation {
    id: &'static str,
    summary: &'static str,
    about: Option<&'static str>,
    parameters: Vec<Value>,
    body: Option<Value>,
    responses: serde_json::Map<String, Value>,
    is_for_editors: bool,
}

/// A method by its id and what it does.
pub(super) fn operation(id: &'static str, summary: &'static str) -> Operation {
    Operation {
        id,
        summary,
        about: None,
        parameters: Vec::new(),
        body: None,
        responses: serde_json::Map::new(),
        is_for_editors: false,
    }
}

impl Operation {
    /// What more there is to know.
    pub fn about(self, about: &'static str) -> Self {
        Self { about: Some(about), ..self }
    }

    /// A parameter that only this one takes.
    pub fn takes(mut self, parameter: Value) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// Parameters that others take too.
    pub fn takes_shared(mut self, names: &[&str]) -> Self {
        self.parameters
            .extend(names.iter().map(|name| json!({"$ref": format!("#/components/parameters/{name}")})));
        self
    }

    /// The body, by the name of its schema.
    pub fn reads(self, schema: &str, example: Value) -> Self {
        let content = json!({"application/json": {"schema": reference(schema), "example": example}});
        Self { body: Some(json!({"required": true, "content": content})), ..self }
    }

    /// The good answer, by the name of its schema.
    pub fn gives(self, what: &str, schema: &str) -> Self {
        self.gives_as("application/json", what, reference(schema))
    }

    /// The good answer in a media type.
    pub fn gives_as(mut self, kind: &str, what: &str, schema: Value) -> Self {
        let headers = json!({"ETag": {"$ref": "#/components/headers/ETag"}, "Assetmap-Revision": {"$ref": "#/components/headers/Revision"}});
        let answer = json!({"description": what, "headers": headers, "content": {kind: {"schema": schema}}});
        self.responses.insert("200".into(), answer);
        self
    }

    /// The good answer as a table as well.
    pub fn or_csv(mut self) -> Self {
        self.responses["200"]["content"]["text/csv"] = json!({"schema": {"type": "string"}});
        self
    }

    /// Another good answer than 200, with the same content.
    pub fn also(mut self, status: u16, what: &str, header: (&str, Value)) -> Self {
        let mut answer = self.responses["200"].clone();
        answer["description"] = json!(what);
        answer["headers"][header.0] = header.1;
        self.responses.insert(status.to_string(), answer);
        self
    }

    /// What may be wrong, by status.
    pub fn fails(mut self, statuses: &[u16]) -> Self {
        for status in statuses {
            self.responses.insert(
                status.to_string(),
                json!({"$ref": format!("#/components/responses/{}", failure(*status))}),
            );
        }
        self
    }

    /// Only for those who may change things.
    pub fn for_editors(self) -> Self {
        Self { is_for_editors: true, ..self }.fails(&[401, 403])
    }

    /// As OpenAPI has it.
    pub fn done(self) -> Value {
        let Self { id, summary, about, parameters, body, responses, is_for_editors } = self;
        let mut value = json!({
            "operationId": id, "summary": summary, "parameters": parameters, "responses": responses,
        });
        if let Some(about) = about {
            value["description"] = json!(about);
        }
        if let Some(body) = body {
            value["requestBody"] = body;
        }
        if is_for_editors {
            value["security"] = json!([{"token": []}, {"signedIn": []}]);
        }
        value
    }
}

/// What the answer of a status is called among those that all share.
pub(super) fn failure(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.unwrap_or_default().replace(' ', "")
}
