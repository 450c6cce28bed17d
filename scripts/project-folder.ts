import path from "node:path";

/** The folder that holds package.json: commands work from any current folder. */
export const projectFolder = path.resolve(import.meta.dirname, "..");
