import pg from "pg";
import { restoredJson } from "./storable-json.ts";

/** Type parsers for queries that read what was written with `losslessJson`. */
export const LOSSLESS_TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.JSONB && format !== "binary"
      ? restoredJson
      : pg.types.getTypeParser(oid, format),
};
