// `npm run layers`: do all imports respect the walls between the layers?
import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../project-folder.ts";
import { checkImports } from "./check-imports.ts";
import { projectFiles } from "./project-files.ts";

const files = projectFiles(projectFolder);
const violations = files.flatMap((file) =>
  checkImports(file, readFileSync(path.join(projectFolder, file), "utf8")),
);
for (const { file, line, message } of violations) console.error(`${file}:${line}: ${message}`);
console.log(`${files.length} files, ${violations.length} imports through a wall`);
process.exitCode = violations.length === 0 ? 0 : 1;
