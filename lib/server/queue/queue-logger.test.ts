import { beforeEach, expect, test, vi } from "vitest";
import { log } from "../log.ts";
import { queueLogger } from "./queue-logger.ts";

const warned = vi.fn();

beforeEach(() => {
  warned.mockClear();
  vi.spyOn(log, "warn").mockImplementation(warned);
  vi.spyOn(log, "debug").mockImplementation(() => {});
});

test("a warning of the queue is one of ours", () => {
  queueLogger.warn("The queue is odd.");
  expect(warned).toHaveBeenCalledWith(expect.any(Object), "The queue is odd.");
});

test("that executions share connections, as they are meant to, is none", () => {
  queueLogger.warn("WARNING: having maxPoolSize (18) smaller than concurrency (32) …", {
    max: 18,
    concurrency: 32,
  });
  expect(warned).not.toHaveBeenCalled();
  expect(log.debug).toHaveBeenCalledOnce();
});
