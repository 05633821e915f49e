"""Validates the served description against the schema of OpenAPI 3.0."""

import sys
import urllib.request
import json

from openapi_spec_validator import OpenAPIV30SpecValidator

with urllib.request.urlopen(sys.argv[1] + "/api") as answer:
    description = json.load(answer)
errors = list(OpenAPIV30SpecValidator(description).iter_errors())
for error in errors:
    print(f"  {'/'.join(map(str, error.path))}: {error.message}")
print(f"openapi-spec-validator: {len(description['paths'])} paths, {len(errors)} errors")
sys.exit(1 if errors else 0)
