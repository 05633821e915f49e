"""Validates the served descriptions against the schema of OpenAPI 3.0."""

import json
import sys
import urllib.parse
import urllib.request

from openapi_spec_validator import OpenAPIV30SpecValidator

failed = False
for address in sys.argv[1:]:
    with urllib.request.urlopen(address) as answer:
        description = json.load(answer)
    errors = list(OpenAPIV30SpecValidator(description).iter_errors())
    for error in errors:
        print(f"  {'/'.join(map(str, error.path))}: {error.message}")
    where = urllib.parse.urlparse(address).path
    print(f"openapi-spec-validator: {where}: {len(description['paths'])} paths, {len(errors)} errors")
    failed = failed or bool(errors)
sys.exit(1 if failed else 0)
