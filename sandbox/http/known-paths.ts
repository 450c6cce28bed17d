import operations from "./known-paths.json" with { type: "json" };
import { notSimulated } from "./problem.ts";
import { type Route, route } from "./router.ts";

/** All operations of Okta's Management and OAuth APIs (release 2026.06.3); each answers that it is not simulated. */
export const knownOperations: readonly Route[] = Object.entries(operations).flatMap(([template, methods]) =>
  methods.split(" ").map((method) =>
    route(method, template, () => {
      throw notSimulated(`${method} ${template}`);
    }),
  ),
);
