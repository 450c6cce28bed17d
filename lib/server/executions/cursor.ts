import { z } from "zod";
import { ApiProblem } from "../http/problem.ts";

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where a page of executions ended, as text that is safe in addresses. */
export function writeCursor(createdAt: Date, id: string): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString("base64url");
}

/** @throws ApiProblem bad-request for anything `writeCursor` did not make */
export function readCursor(cursor: string): { createdAt: string; id: string } {
  try {
    const [createdAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { createdAt, id };
  } catch (cause) {
    const hint = "Take it from the `next` of the page before, unchanged.";
    throw new ApiProblem("bad-request", "The cursor is not one of this list.", { hint }, { cause });
  }
}
