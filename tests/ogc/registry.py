"""Checks the served description against what the declared conformance classes ask of it."""

import sys

import httpx
from ogcapi_registry import OpenAPIClient, parse_conformance_classes, validate_ogc_api

root = sys.argv[1]
classes = httpx.get(f"{root}/conformance").json()["conformsTo"]
description, _ = OpenAPIClient().fetch(f"{root}/api")
result = validate_ogc_api(description, parse_conformance_classes(classes))
for finding in result.errors:
    print(f"  {finding.get('severity', '')} {finding.get('path', '')}: {finding.get('message', '')}")
critical = len(result.critical_errors)
print(f"ogcapi-registry: {len(classes)} classes, {critical} critical, {len(result.errors)} findings in all")
sys.exit(1 if critical else 0)
