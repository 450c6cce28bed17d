import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXECUTION_STATUSES, SEVERITIES } from "#lib/api/executions.ts";
import {
  type ExecutionFilters,
  filterQuery,
  isFiltered,
  NO_FILTERS,
  readFilters,
  writeFilters,
} from "./execution-filters.ts";

const read = (address: string) => readFilters(new URLSearchParams(address));
const instant = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const time: fc.Arbitrary<ExecutionFilters["time"]> = fc.oneof(
  fc.constant({ kind: "any" as const }),
  fc.record({ kind: fc.constant("last" as const), preset: fc.constantFrom("1h", "24h", "7d") }),
  fc.record({
    kind: fc.constant("between" as const),
    since: fc.option(instant, { nil: undefined }),
    until: fc.option(instant, { nil: undefined }),
  }),
);
const filters: fc.Arbitrary<ExecutionFilters> = fc.record({
  flowId: fc.option(fc.uuid(), { nil: undefined }),
  statuses: fc.subarray([...EXECUTION_STATUSES]),
  severities: fc.subarray([...SEVERITIES]),
  didNotRun: fc.boolean(),
  mode: fc.constantFrom("live", "test", undefined),
  time,
  text: fc.string({ maxLength: 200 }).map((text) => text.trim()),
});

describe("filters in the address", () => {
  it("read back as they were written", () => {
    fc.assert(
      fc.property(filters, (given) => {
        expect(read(writeFilters(given))).toEqual(given);
      }),
    );
  });

  it("stand there readably, and not at all without filters", () => {
    expect(writeFilters(NO_FILTERS)).toBe("");
    expect(writeFilters({ ...NO_FILTERS, statuses: ["failed", "attention"], text: " ann " })).toBe(
      "status=failed,attention&text=ann",
    );
  });

  it("leave out what they can't read", () => {
    const address = "flow=1&status=failed,nonsense,__proto__&mode=dry&time=toString&since=yesterday";
    expect(read(address)).toEqual({ ...NO_FILTERS, statuses: ["failed"] });
    expect(read(`text=${"x".repeat(500)}`).text).toHaveLength(200);
  });

  it("keep an open custom range open", () => {
    expect(read("time=custom").time).toEqual({ kind: "between" });
    expect(isFiltered(read("time=custom"))).toBe(true);
    expect(isFiltered(read(""))).toBe(false);
  });
});

describe("filters for the API", () => {
  const now = Date.parse("2026-11-21T12:00:00.000Z");

  it("turn a preset into the time it means now", () => {
    expect(filterQuery(read("time=24h"), now).since).toBe("2026-11-20T12:00:00.000Z");
  });

  it("name statuses in one text and leave out what is not set", () => {
    expect(filterQuery(read("status=waiting,failed"), now).status).toBe("waiting,failed");
    expect(Object.values(filterQuery(NO_FILTERS, now)).every((value) => value === undefined)).toBe(true);
  });
});
