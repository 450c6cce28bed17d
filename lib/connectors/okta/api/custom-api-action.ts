import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import { type OktaMethod, okta } from "../client.ts";
import { oktaAction } from "../okta-action.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { guardHeaders, visibleHeaders } from "./guard-headers.ts";
import { guardPath, mergeQuery, OKTA_PATH } from "./guard-path.ts";

const REQUEST = "Request";
const RESPONSE = "Response";
const METHODS: OktaMethod[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export const customApiAction = oktaAction({
  id: "okta.api.custom",
  version: 1,
  title: "Custom API Action",
  summary: "Calls any endpoint of the Okta API that has no card of its own.",
  help: `The connection adds the address of the org and the authorization.

- **Relative URL** starts with /api/v1/ or another root of the Okta API. An @ in the path is written %40. Parameters after a ? and in Query are sent together; a list in Query gives its parameter once for each value.
- **Headers** may be any but those the connection sets (authorization, content type, cookies, host) and those that would make the request another one.
- **If Okta Refuses**: an answer such as 404 fails the card with Okta's error code, or is given as outputs like any other: check Status Code with If/Else. An expired connection (401), the rate limit (429) and an outage of Okta (5xx) are never outputs: they are waited for, tried again or fail the card.
- What is lost on the way: GET is sent again, PUT too (it leaves the same result however often it is sent). For POST, PATCH and DELETE the execution stops and asks you.
- Passwords, tokens and links that Okta puts into bodies are masked in the history; cards after this one get them.

The connection needs the scope of the endpoint you call.`,
  docs: "https://developer.okta.com/docs/api/",
  connector: okta,
  category: "API",
  keywords: ["http request", "rest", "raw request", "endpoint", "call api"],
  endpoint: "Any method and path",
  scopes: [],
  effect: "write",
  repeat: "ask",
  effectByOption: {
    option: "method",
    is: { GET: { effect: "read" }, PUT: { effect: "write", repeat: "safe" } },
  },
  options: {
    method: {
      label: "Request Type",
      choices: METHODS.map((value) => ({ value, label: value })),
      default: "GET",
    },
    refusal: {
      label: "If Okta Refuses",
      help: "What an answer that is not a success (3xx and 4xx) does.",
      choices: [
        { value: "fail", label: "Fail the card" },
        { value: "give", label: "Give the answer as outputs" },
      ],
      default: "fail",
    },
  },
  inputs: {
    relativeUrl: field.text({
      label: "Relative URL",
      group: REQUEST,
      required: true,
      format: OKTA_PATH,
      placeholder: "/api/v1/users/…/factors",
    }),
    query: field.object({
      label: "Query",
      group: REQUEST,
      entries: true,
      secretKeys: true,
      help: "Parameters by name; a plain value or a list of them each.",
    }),
    headers: field.object({
      label: "Headers",
      group: REQUEST,
      entries: true,
      secretKeys: true,
      help: "In addition to authorization and content type.",
    }),
    body: field.any({
      label: "Body",
      group: REQUEST,
      secretKeys: true,
      help: "JSON. Left empty, none is sent.",
      when: { option: "method", is: ["POST", "PUT", "PATCH"] },
    }),
  },
  outputs: {
    statusCode: field.number({ label: "Status Code", group: RESPONSE }),
    headers: field.object({
      label: "Headers",
      group: RESPONSE,
      secretKeys: true,
      help: "Names in lower case.",
    }),
    body: field.any({ label: "Body", group: RESPONSE, secretKeys: true }),
  },
  sample: {
    inputs: { relativeUrl: `/api/v1/users/${SAMPLE_USER_ID}/factors` },
    outputs: {
      statusCode: 200,
      headers: { "content-type": "application/json", "x-okta-request-id": "ZX8samplerequest2id4AAADSc" },
      body: [{ id: "opf3sample4factor5d7", factorType: "push", provider: "OKTA", status: "ACTIVE" }],
    },
  },
  run: async ({ inputs, options, client }) => {
    const { path, query } = guardPath(inputs.relativeUrl);
    const answer = await client.request({
      method: methodOf(options.method),
      path,
      query: mergeQuery(query, inputs.query),
      headers: guardHeaders(inputs.headers),
      body: inputs.body,
      refusals: options.refusal === "give" ? "give" : undefined,
    });
    return { statusCode: answer.status, headers: visibleHeaders(answer.headers), body: answer.body };
  },
});

function methodOf(option: string | undefined): OktaMethod {
  const method = METHODS.find((known) => known === option);
  if (method) return method;
  throw new CardError(`There is no request type "${option}".`, { kind: "bug", code: "unknown-method" });
}
