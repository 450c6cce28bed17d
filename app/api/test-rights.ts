import { randomUUID } from "node:crypto";

/** Everybody who can ask. */
export const CALLERS = ["owner", "admin", "viewer", "token", "nobody"] as const;
export type CallerName = (typeof CALLERS)[number];

const ACCOUNTS: readonly CallerName[] = ["owner", "admin", "viewer"];
const ALL_KNOWN: readonly CallerName[] = [...ACCOUNTS, "token"];
const WHO_MAY_ACT: readonly CallerName[] = ["owner", "admin", "token"];
const ADMINS: readonly CallerName[] = ["owner", "admin"];
const OWNER: readonly CallerName[] = ["owner"];

/** What one route is asked, and what it answers who is let in. */
export interface Expected {
  may: readonly CallerName[];
  /** Of the answer to each who may. Everybody else gets 403, who is nobody 401. */
  status: number;
  /** Well formed, so that the answer is that of the service and not of the check of bodies before it. */
  body?: unknown;
}

const look = (status: number, more: Partial<Expected> = {}): Expected => ({
  may: ALL_KNOWN,
  status,
  ...more,
});
const act = (status: number, more: Partial<Expected> = {}): Expected => ({
  may: WHO_MAY_ACT,
  status,
  ...more,
});
const open = (status: number): Expected => ({ may: CALLERS, status });

const ID = "0d9be2a4-6b1f-4f0e-9f56-5a0a3c1b7a11";
const document = { format: 1, name: "Test", cards: {}, edges: [], layout: {} };
const replayed = { source: { events: {} }, version: "draft" };
const byHand = { card: "okta.users.nothing", rows: [{ cells: ["ann"] }] };
const org = { name: "Acme", alias: "acme", orgUrl: "https://acme.okta.com" };
const nowhere = { ...org, orgUrl: "http://acme.okta.com" };

/**
 * Who may do what, for every route: written down here a second time, beside the rights each endpoint names and the
 * table of roles, so that a slip in either shows. In a console that has accounts and nothing else, hence 404 for most
 * of what may be done.
 */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  // Looking: what the console keeps.
  listFlows: look(200),
  getFlow: look(404),
  validateDocument: look(200, { body: { document } }),
  validateFlow: look(404),
  changesOfFlow: look(404),
  exportFlow: look(404),
  listVersions: look(404),
  getVersion: look(404),
  listExecutions: look(200),
  getExecution: look(404),
  getBacklog: look(200),
  matchingExecutions: look(200),
  whyNotRun: look(404),
  listBulkRuns: look(200),
  getBulkRun: look(404),
  listBulkRows: look(404),
  listCards: look(200),
  getCard: look(404),
  listConnections: look(200),
  getConnection: look(404),
  getBudget: look(404),
  listEvents: look(404),
  getOAuthFacts: look(200),
  listAlarms: look(200),
  getSandbox: look(404),
  listSandboxLog: look(404),
  listSandboxDeliveries: look(404),
  getSandboxDelivery: look(404),
  listSandboxEventTypes: look(404),
  getSandboxEventSample: look(404),

  // Changing flows.
  createFlow: act(200, { body: { name: "New" } }),
  updateFlow: act(404, { body: { revision: 1, document } }),
  deleteFlow: act(404),
  publishFlow: act(404, { body: { revision: 1 } }),
  turnFlowOn: act(404),
  turnFlowOff: act(404),
  pauseFlow: act(404),
  resumeFlow: act(404),
  restoreVersion: act(404, { body: { revision: 1 } }),

  // Running: also what only reads, where it reads an org with a connection's credentials.
  testFlow: act(404),
  planFlow: act(404),
  sampleEventOfFlow: act(404),
  previewReplay: act(404, { body: replayed }),
  replayEvents: act(404, { body: { ...replayed, id: ID, how: "plan", confirm: 1 } }),
  retryExecution: act(404),
  cancelExecution: act(404),
  retryExecutions: act(409, { body: { id: ID, filter: {}, confirm: 1 } }),
  cancelExecutions: act(409, { body: { filter: {}, confirm: 1 } }),
  previewBulk: act(404, { body: byHand }),
  startBulk: act(404, { body: { ...byHand, id: ID } }),
  stopBulk: act(404),
  findBulkPeople: act(404, { body: { connection: "acme", text: "ann" } }),
  testCard: act(404),
  loadChoices: act(404),
  loadFields: act(404),

  // Connections and the sandbox org.
  createConnection: act(400, { body: { ...nowhere, token: "none" } }),
  updateConnection: act(404),
  deleteConnection: act(404),
  testConnection: act(404),
  registerHook: act(404),
  // Consent is given in a browser, which a token has not.
  beginAuthorization: { may: ADMINS, status: 200, body: { ...org, clientId: "0oa1" } },
  createServiceKey: act(200),
  connectServiceApp: act(409, { body: { ...org, key: "none", clientId: "0oa1" } }),
  authorizeConnection: act(404),
  closeAlarm: act(404),
  actInSandbox: act(404, { body: { action: "suspend", userId: "00u1" } }),
  deliverAgain: act(404),
  setSandboxFaults: act(404, { body: { rules: [] } }),
  injectSandboxEvent: act(404),

  // Settings and accounts: persons only.
  erasePerson: { may: ADMINS, status: 404, body: { connection: "acme", user: "ann.lee" } },
  listTokens: { may: ADMINS, status: 200 },
  createToken: { may: ADMINS, status: 200, body: { name: "Heir" } },
  revokeToken: { may: ADMINS, status: 404 },
  listAdmins: { may: ADMINS, status: 200 },
  addAdmin: {
    may: OWNER,
    status: 200,
    body: { name: "Bea", email: `bea-${randomUUID()}@example.com`, role: "viewer" },
  },
  changeRole: { may: OWNER, status: 404, body: { role: "viewer" } },
  renewInvite: { may: OWNER, status: 404 },
  removeAdmin: { may: OWNER, status: 404 },

  // One's own account.
  getMe: look(200),
  listSessions: look(200),
  revokeSession: look(404),
  changePassword: { may: ACCOUNTS, status: 400, body: { current: "a guess", password: "a better password" } },

  // For who has no account yet, or none in use. The bodies of these are not well formed: they would sign somebody in.
  getHealth: open(503),
  getSetup: open(200),
  createOwner: open(400),
  acceptInvite: open(400),
  signIn: open(400),
  signOut: open(200),
  getOpenApi: open(200),
};

/** Where an endpoint is asked: nothing has these ids. */
export function addressOf(pattern: string): string {
  return pattern
    .replace(/\{number\}|(?<=deliveries\/)\{id\}/, "99")
    .replace("{alias}", "acme")
    .replace(/\{\w+\}/g, ID);
}
