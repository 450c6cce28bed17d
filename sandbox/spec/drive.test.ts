import { expect, it } from "vitest";
import { apiRoutes } from "../api/routes.ts";
import { Router } from "../http/router.ts";
import { recordEverything } from "./record-everything.ts";

const nameOf = ({ method, template }: { method: string; template: string }) => `${method} ${template}`;

it("drives every operation to success, so that its answer is held against the document; a new one needs its drive", async () => {
  const router = new Router(apiRoutes);
  const succeeded = new Set<string>();
  for (const { method, path, status } of await recordEverything()) {
    const match = router.find(method, path.split("?", 1)[0] ?? "");
    if (match.found && status < 400) succeeded.add(nameOf(match.route));
  }
  expect(apiRoutes.map(nameOf).filter((name) => !succeeded.has(name))).toEqual([]);
});
