"""A small OpenAPI document with one of everything that ours has, and a hostile word or two."""

from typing import Any

HOSTILE = "<script>alert('x')</script>"

_PROBLEM = {"$ref": "#/components/schemas/Problem"}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Tocsin",
        "version": "0.1.0",
        "description": "What four products' clients speak.\n\nEach in its own `dialect`.",
    },
    "servers": [{"url": "https://tocsin.example.com/"}],
    "security": [{"bearer": []}],
    "tags": [
        {"name": "OpsKnight", "description": "Events, and what comes of them."},
        {"name": "Overwatch", "description": "Incidents."},
        {"name": "Nothing yet"},
    ],
    "paths": {
        "/api/v1/incidents/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "operationId": "show_incident",
                "summary": "Show an incident",
                "tags": ["Overwatch"],
                "responses": {
                    "200": {
                        "description": "The incident.",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Incident"}
                            }
                        },
                    },
                    "404": {"$ref": "#/components/responses/NotFound"},
                },
            },
        },
        "/api/v1/incidents": {
            "post": {
                "operationId": "declare_incident",
                "summary": "Declare an incident",
                "description": f"Somebody says that it burns: {HOSTILE}",
                "tags": ["Overwatch"],
                "deprecated": True,
                "security": [{"bearer": []}, {"apiKey": []}],
                "parameters": [
                    {
                        "name": "Idempotency-Key",
                        "in": "header",
                        "description": "One request, however often it is sent.",
                        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
                    }
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/NewIncident"},
                            "examples": {
                                "short": {"value": {"title": "Alice's checkout is down"}},
                                "with a severity": {"value": {"title": "Slow", "severity": "SEV2"}},
                            },
                        },
                        "application/x-www-form-urlencoded": {
                            "schema": {"$ref": "#/components/schemas/NewIncident"}
                        },
                    },
                },
                "responses": {
                    "201": {
                        "description": "Declared.",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Incident"},
                                "example": {"id": "INC-1", "title": HOSTILE},
                            }
                        },
                    }
                },
            }
        },
        "/v2/enqueue": {
            "post": {
                "summary": "Take an event in",
                "tags": ["OpsKnight"],
                "security": [],
                "responses": {"202": {"description": "Taken."}},
            }
        },
        "/health": {"get": {"summary": "Alive?", "responses": {"200": {"description": "Yes."}}}},
    },
    "components": {
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A key or a token."},
            "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        },
        "responses": {
            "NotFound": {
                "description": "There is no such thing.",
                "content": {"application/json": {"schema": _PROBLEM}},
            }
        },
        "schemas": {
            "Incident": {
                "type": "object",
                "description": "Something that burns.",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "title": {"type": "string"}},
            },
            "NewIncident": {
                "type": "object",
                "required": ["title"],
                "properties": {
                    "title": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "description": f"What burns, in `words`. {HOSTILE}",
                    },
                    "severity": {"enum": ["SEV1", "SEV2"], "default": "SEV2"},
                    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 1},
                    "parent": {
                        "anyOf": [{"$ref": "#/components/schemas/Incident"}, {"type": "null"}]
                    },
                    "more": {"type": "object", "additionalProperties": {"type": "integer"}},
                },
            },
            "Problem": {
                "type": "object",
                "properties": {"error": {"type": "string"}},
                "examples": [{"error": "Not found."}],
            },
        },
    },
}
