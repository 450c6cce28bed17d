import { accessSync, constants, mkdirSync } from "node:fs";
import { Problem } from "../problem.ts";

/**
 * Makes the data folder, and makes sure that this account may write in it.
 *
 * @throws Problem where the path is a file, or the account may not write there
 */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const isFile = code === "EEXIST" || code === "ENOTDIR";
    throw new Problem(
      isFile
        ? `The data folder ${folder} can't be made: a file is in its way.`
        : `The data folder ${folder} can't be written (${String(code ?? cause)}).`,
      "Set FLOWDECK_DATA_DIR to a folder this account may write, or leave it out: it is .data beside package.json then.",
      { cause },
    );
  }
}
