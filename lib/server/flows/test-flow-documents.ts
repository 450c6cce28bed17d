import { randomUUID } from "node:crypto";
import type { FlowDocument } from "#lib/flow/document.ts";
import { documentOf } from "../db/test-records.ts";

/** For tests: a flow that could be published, with one write, on the connection "acme". */
export function soundDocument(name = `Flow ${randomUUID()}`): FlowDocument {
  return documentOf({
    name,
    cards: {
      e: { card: "okta.groups.userAdded", v: 1, connection: "acme" },
      w: {
        card: "okta.groups.addUser",
        v: 1,
        connection: "acme",
        inputs: { group: { value: "00gX" }, user: { ref: ["e", "user", "id"] } },
      },
    },
    edges: [{ from: "e", out: "next", to: "w" }],
    layout: { e: [0, 0], w: [300, 0] },
  });
}

/** For tests: the code a request is refused with. */
export const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code: string }) => error.code,
  );
