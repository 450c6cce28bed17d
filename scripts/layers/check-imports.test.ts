import { describe, expect, test } from "vitest";
import { checkImports } from "./check-imports.ts";

const complaints = (file: string, specifier: string) =>
  checkImports(file, `\nimport "${specifier}";`).map((violation) => violation.message);

describe("inside the walls", () => {
  test.each([
    ["lib/flow/document.ts", "zod"],
    ["lib/flow/operations/apply.ts", "../document.ts"],
    ["lib/cards/define-card.ts", "#lib/flow/document.ts"],
    ["lib/connectors/okta/users.ts", "./groups.ts"],
    ["lib/connectors/okta/users.ts", "#lib/cards/define-card.ts"],
    ["lib/registry.ts", "./connectors/okta/index.ts"],
    ["lib/engine/run-flow.ts", "#lib/cards/define-card.ts"],
    ["lib/editor/store.ts", "zustand/middleware"],
    ["lib/server/flows/save.ts", "#lib/engine/run-flow.ts"],
    ["lib/server/db/client.ts", "@prisma/adapter-pg"],
    ["lib/server/log.ts", "node:crypto"],
    ["components/canvas/canvas.tsx", "@xyflow/react"],
    ["components/card-form/form.tsx", "../canvas/canvas.tsx"],
    ["app/api/flows/route.ts", "#lib/server/flows/save.ts"],
    ["sandbox/http/server.ts", "node:http"],
    ["worker/main.ts", "#lib/server/queue/run.ts"],
    ["prisma/seed.ts", "#lib/server/flows/save.ts"],
    ["e2e/story.spec.ts", "@playwright/test"],
    ["lib/flow/document.test.ts", "fast-check"],
    ["lib/flow/test-documents.ts", "fast-check"],
    ["lib/engine/store-suite.ts", "vitest"],
    ["lib/flow/document.test.ts", "node:fs"],
    ["lib/engine/run-flow.test.ts", "#lib/connectors/okta/users.ts"],
    ["lib/registry.test.ts", "./registry.ts"],
    ["lib/server/okta/client.test.ts", "#sandbox/main.ts"],
    ["lib/server/db/client.test.ts", "#scripts/database/test-database.ts"],
    ["components/card-form/form.test.tsx", "#lib/registry.ts"],
  ])("%s may import %s", (file, specifier) => {
    expect(complaints(file, specifier)).toEqual([]);
  });
});

describe("through a wall", () => {
  test.each([
    ["lib/flow/document.ts", "#lib/cards/define-card.ts"],
    ["lib/flow/document.ts", "node:crypto"],
    ["lib/flow/document.ts", "crypto"],
    ["lib/cards/define-card.ts", "react"],
    ["lib/connectors/okta/users.ts", "#lib/connectors/core/if.ts"],
    ["lib/connectors/okta/users.ts", "../core/if.ts"],
    ["lib/connectors/okta/users.ts", "#lib/server/okta/client.ts"],
    ["lib/engine/run-flow.ts", "#lib/registry.ts"],
    ["lib/engine/run-flow.ts", "zod"],
    ["lib/editor/store.ts", "#lib/server/env/env.ts"],
    ["lib/server/flows/save.ts", "#lib/editor/store.ts"],
    ["lib/server/flows/save.ts", "#components/ui/button.tsx"],
    ["lib/server/flows/save.ts", "react-dom/server"],
    ["lib/server/flows/save.ts", "#sandbox/main.ts"],
    ["lib/server/flows/save.test.ts", "#app/api/flows/route.ts"],
    ["components/card-form/form.tsx", "@xyflow/react"],
    ["components/card-form/form.tsx", "#lib/server/env/env.ts"],
    ["components/card-form/form.test.tsx", "#lib/server/env/env.ts"],
    ["components/ui/button.tsx", "#lib/flow/document.ts"],
    ["app/page.tsx", "pg"],
    ["app/page.tsx", "@prisma/client"],
    ["app/page.tsx", "#lib/engine/run-flow.ts"],
    ["sandbox/http/server.ts", "#lib/flow/document.ts"],
    ["sandbox/http/server.test.ts", "#lib/server/okta/client.ts"],
    ["worker/main.ts", "#lib/engine/run-flow.ts"],
    ["scripts/start.ts", "#components/ui/button.tsx"],
    ["e2e/story.spec.ts", "#app/layout.tsx"],
  ])("%s may not import %s", (file, specifier) => {
    expect(complaints(file, specifier)).toEqual([expect.stringMatching(/ may not import .+ because ./)]);
  });

  test("the message names file, line, both sides and the reason", () => {
    expect(checkImports("sandbox/main.ts", 'import "./a.ts";\nimport "#lib/flow/document.ts";')).toEqual([
      {
        file: "sandbox/main.ts",
        line: 2,
        message:
          "sandbox may not import lib/flow because it plays somebody else's computer: code shared with ours would share our mistakes",
      },
    ]);
  });

  test("a file outside of every layer, and an import of one, are found", () => {
    expect(checkImports("lib/utils/text.ts", "")).toEqual([expect.objectContaining({ line: 1 })]);
    expect(complaints("lib/server/log.ts", "#lib/utils/text.ts")).toEqual([
      expect.stringContaining("in no layer"),
    ]);
  });
});
