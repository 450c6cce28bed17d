import type { JsonObject } from "#lib/flow/json.ts";

/** How Okta shows that a delivery is its own: the secret it was given when the hook was registered. */
export const hookSecurityScheme: JsonObject = {
  type: "apiKey",
  in: "header",
  name: "Authorization",
  description: "The secret Flowdeck registered with the event hook.",
};

const endpointId: JsonObject = {
  name: "endpointId",
  in: "path",
  required: true,
  description: "Unguessable; the connection's page shows the whole address.",
  schema: { type: "string" },
};

/** What Okta calls. Not made from an endpoint: Okta defines it. */
export const hookPath: JsonObject = {
  parameters: [endpointId],
  get: {
    operationId: "verifyHook",
    summary: "Okta verifies that the address is ours",
    tags: ["Event hook"],
    security: [],
    parameters: [
      { name: "x-okta-verification-challenge", in: "header", required: true, schema: { type: "string" } },
    ],
    responses: {
      "200": {
        description: "The challenge, returned",
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: { verification: { type: "string" } },
              required: ["verification"],
            },
          },
        },
      },
      "400": { description: "No challenge" },
      "404": { description: "No such connection" },
    },
  },
  post: {
    operationId: "receiveHook",
    summary: "Okta delivers events",
    tags: ["Event hook"],
    security: [{ hookSecret: [] }],
    requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
    responses: {
      "204": { description: "The events are stored" },
      "400": { description: "Not a delivery of an event hook" },
      "401": { description: "Wrong or missing secret" },
      "404": { description: "No such connection" },
      "413": { description: "Too large" },
      "415": { description: "Not JSON" },
      "503": { description: "Not stored; Okta tries again" },
    },
  },
};
