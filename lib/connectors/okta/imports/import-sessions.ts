import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { collect } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp, sinceAttempt } from "../read-back.ts";
import { readList } from "../read-list.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { rawRecords } from "../result-set.ts";
import { statusOf, statusOutput } from "../status.ts";
import {
  HELP_SOURCE,
  listedSessionFields,
  SAMPLE_OKTA_SESSION,
  SAMPLE_SESSION_ID,
  SAMPLE_SOURCE_ID,
  sessionFields,
  sessionInput,
  sessionSource,
  sourceInput,
} from "./import-fields.ts";

/** Statuses only a triggered session comes to. */
const STARTED = ["TRIGGERED", "COMPLETED", "ERROR"];

const inputs = { application: sourceInput, session: sessionInput };
const sampleInputs = { application: SAMPLE_SOURCE_ID, session: SAMPLE_SESSION_ID };
const listOutputs = {
  sessions: field.objectList({ label: "Sessions", group: "Result", fields: listedSessionFields }),
  ...rawRecords,
};
const sampleSession = (status: string) =>
  readSample(sessionFields, sessionSource({ ...SAMPLE_OKTA_SESSION, status }));

export const createImportSession = oktaAction({
  id: "okta.imports.createSession",
  version: 1,
  title: "Create Import Session",
  summary: "Opens a session to import users from an identity source.",
  help:
    `${HELP_SOURCE} A source has one new session at a time, and for 5 minutes after one was triggered Okta refuses the ` +
    "next. A session nobody loads users into ends after 24 hours.\n\n" +
    "After a lost answer the card looks for a new session opened since the attempt began, and takes it as its own.",
  docs: docsUrl("IdentitySource", "createIdentitySourceSession"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "hr import", "start import"],
  endpoint: "POST /api/v1/identity-sources/{identitySourceId}/sessions",
  scopes: ["okta.identitySources.manage"],
  effect: "write",
  repeat: "check",
  // The document says 200; recorded orgs answer 201.
  success: 201,
  inputs: { application: sourceInput },
  outputs: sessionFields,
  sample: { inputs: { application: SAMPLE_SOURCE_ID }, outputs: sampleSession("CREATED") },
  run: async ({ inputs: { application }, client }) => {
    const { body } = await client.request({
      method: "POST",
      path: path`/api/v1/identity-sources/${{ application }}/sessions`,
    });
    return readOutputs(sessionFields, sessionSource(body));
  },
  readBack: async ({ inputs: { application }, client, now }) => {
    const request = { path: path`/api/v1/identity-sources/${{ application }}/sessions` };
    const sessions = await collect(client, request);
    const own = sessions
      .filter(isJsonObject)
      .find(({ status, created }) => status === "CREATED" && sinceAttempt(client, created, now));
    return own ? readOutputs(sessionFields, sessionSource(own)) : null;
  },
});

export const listImportSessions = oktaAction({
  id: "okta.imports.listSessions",
  version: 1,
  title: "List Import Sessions",
  summary: "Lists the active import sessions of an identity source.",
  help: `${HELP_SOURCE} Okta lists the sessions that are not over yet.`,
  docs: docsUrl("IdentitySource", "listIdentitySourceSessions"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "active imports"],
  endpoint: "GET /api/v1/identity-sources/{identitySourceId}/sessions",
  scopes: ["okta.identitySources.read"],
  effect: "read",
  inputs: { application: sourceInput },
  outputs: listOutputs,
  sample: {
    inputs: { application: SAMPLE_SOURCE_ID },
    outputs: readSample(listOutputs, { sessions: [sessionSource(SAMPLE_OKTA_SESSION)] }),
  },
  run: async (context) => {
    const request = {
      path: path`/api/v1/identity-sources/${{ application: context.inputs.application }}/sessions`,
    };
    const shape = { fields: listedSessionFields, source: sessionSource, pageSize: "none" } as const;
    const { records: sessions, raw } = await readList(request, shape, undefined, context);
    return readOutputs(listOutputs, { sessions, rawRecords: raw });
  },
});

export const readImportSession = oktaAction({
  id: "okta.imports.readSession",
  version: 1,
  title: "Read Import Session",
  summary: "Reads how far an import session is.",
  help: `${HELP_SOURCE} A triggered session is over when it is COMPLETED; ERROR means that a new one is needed.`,
  docs: docsUrl("IdentitySource", "getIdentitySourceSession"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "import status"],
  endpoint: "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}",
  scopes: ["okta.identitySources.read"],
  effect: "read",
  inputs,
  outputs: sessionFields,
  sample: { inputs: sampleInputs, outputs: sampleSession("CREATED") },
  run: async ({ inputs: { application, session }, client }) => {
    const { body } = await client.request({
      method: "GET",
      path: path`/api/v1/identity-sources/${{ application }}/sessions/${{ session }}`,
    });
    return readOutputs(sessionFields, sessionSource(body));
  },
});

export const triggerImportSession = oktaAction({
  id: "okta.imports.triggerSession",
  version: 1,
  title: "Trigger Import Session",
  summary: "Starts the import of the users loaded into a session.",
  help:
    `${HELP_SOURCE} Okta refuses a session nobody has loaded users into. The import goes on after this card: Read Import ` +
    "Session tells when it is over.\n\nAfter a lost answer the card looks: a session is triggered once only.",
  docs: docsUrl("IdentitySource", "startImportFromIdentitySource"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "start import", "run import"],
  endpoint: "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/start-import",
  scopes: ["okta.identitySources.manage"],
  effect: "write",
  repeat: "check",
  inputs,
  outputs: sessionFields,
  sample: { inputs: sampleInputs, outputs: sampleSession("TRIGGERED") },
  run: async ({ inputs: { application, session }, client }) => {
    const { body } = await client.request({
      method: "POST",
      path: path`/api/v1/identity-sources/${{ application }}/sessions/${{ session }}/start-import`,
    });
    return readOutputs(sessionFields, sessionSource(body));
  },
  readBack: async ({ inputs: { application, session }, client }) => {
    const at = path`/api/v1/identity-sources/${{ application }}/sessions/${{ session }}`;
    const found = await lookUp(client, at);
    return STARTED.includes(String(found?.status)) ? readOutputs(sessionFields, sessionSource(found)) : null;
  },
});

export const deleteImportSession = oktaAction({
  id: "okta.imports.deleteSession",
  version: 1,
  title: "Delete Import Session",
  summary: "Closes an import session that has not been triggered.",
  help:
    `${HELP_SOURCE} Only a session that is CREATED or IN_PROGRESS can be deleted (else E0000001); what was loaded into it ` +
    "is not imported.\n\nAfter a lost answer the card looks: a session that is closed or gone counts as deleted.",
  docs: docsUrl("IdentitySource", "deleteIdentitySourceSession"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "cancel import", "close session"],
  endpoint: "DELETE /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}",
  scopes: ["okta.identitySources.manage"],
  effect: "write",
  repeat: "check",
  inputs,
  outputs: { statusCode: statusOutput({}) },
  sample: { inputs: sampleInputs, outputs: { statusCode: 204 } },
  run: async ({ inputs: { application, session }, client }) => {
    const at = path`/api/v1/identity-sources/${{ application }}/sessions/${{ session }}`;
    return { statusCode: await statusOf(client, { method: "DELETE", path: at }) };
  },
  readBack: async ({ inputs: { application, session }, client }) => {
    const at = path`/api/v1/identity-sources/${{ application }}/sessions/${{ session }}`;
    const found = await lookUp(client, at);
    return !found || found.status === "CLOSED" ? { statusCode: 204 } : null;
  },
});

export const importSessionActions: Card[] = [
  createImportSession,
  listImportSessions,
  readImportSession,
  triggerImportSession,
  deleteImportSession,
];
