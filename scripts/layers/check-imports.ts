import { isBuiltin } from "node:module";
import path from "node:path";
import { findImports } from "./find-imports.ts";
import { LAYERS, type Layer, TEST_PACKAGES } from "./layers.ts";

/** An import that goes through a wall, or a file that stands outside of the house. */
export interface Violation {
  file: string;
  line: number;
  message: string;
}

/** Where a file stands: its layer, and for a layer with `*` in its path which one of them. */
interface Place {
  layer: Layer;
  name: string;
}

/**
 * Checks the imports of one file against the walls.
 *
 * @param file path from the project folder, with forward slashes
 */
export function checkImports(file: string, source: string, layers: readonly Layer[] = LAYERS): Violation[] {
  const place = placeOf(file, layers);
  if (place === undefined) {
    return [
      {
        file,
        line: 1,
        message: "this file lies in no layer; say in scripts/layers/layers.ts what it may import",
      },
    ];
  }
  return findImports(source).flatMap(({ specifier, line }) => {
    const reason = objection(file, place, specifier, layers);
    return reason === undefined ? [] : [{ file, line, message: reason }];
  });
}

/** @returns why the import is wrong, undefined when it is right */
function objection(
  file: string,
  { layer, name }: Place,
  specifier: string,
  layers: readonly Layer[],
): string | undefined {
  const isTest = existsForTests(file);
  const target = pathOf(file, specifier);
  if (target === undefined) {
    const allowed = isBuiltin(specifier) ? layer.node || isTest : mayUsePackage(layer, specifier, isTest);
    return allowed ? undefined : `${name} may not import ${specifier} because ${layer.because}`;
  }
  const goal = placeOf(target, layers);
  if (goal === undefined) return `${specifier} lies in no layer; see scripts/layers/layers.ts`;
  if (goal.name === name || layer.layers.includes(goal.layer.path)) return undefined;
  const forTests = goal.layer.rank < layer.rank || layer.testLayers?.includes(goal.layer.path);
  if (isTest && forTests) return undefined;
  return `${name} may not import ${goal.name} because ${layer.because}`;
}

/** Tests (`x.test.ts`), what several of them share (`test-x.ts`, `x-suite.ts`) and what they run (`fixtures/`). */
function existsForTests(file: string): boolean {
  const name = path.posix.basename(file);
  return /\.test\.tsx?$|^test-|-suite\.tsx?$/.test(name) || /\/(fixtures|testing)\//.test(file);
}

/** The path from the project folder an import points to; undefined for packages and Node's modules. */
function pathOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  return undefined;
}

function mayUsePackage(layer: Layer, specifier: string, isTest: boolean): boolean {
  const matches = (patterns: readonly string[] = []) =>
    patterns.some((pattern) => matchesPackage(pattern, specifier));
  if (isTest && (matches(TEST_PACKAGES) || matches(layer.testPackages))) return true;
  return matches(layer.packages) && !matches(layer.notPackages);
}

/** `pg` means the package with all its parts; `@prisma/*` all packages of the scope. */
function matchesPackage(pattern: string, specifier: string): boolean {
  if (pattern.endsWith("*")) return specifier.startsWith(pattern.slice(0, -1));
  return specifier === pattern || specifier.startsWith(`${pattern}/`);
}

function placeOf(fileOrTest: string, layers: readonly Layer[]): Place | undefined {
  // The test of a layer that is a single file stands beside it.
  const file = fileOrTest.replace(/\.test(\.tsx?)$/, "$1");
  const places = layers.flatMap((layer) => {
    const name = nameWithin(file, layer.path);
    return name === undefined ? [] : [{ layer, name }];
  });
  return places.sort((one, other) => other.name.length - one.name.length)[0];
}

/** The part of `file` the pattern covers, e.g. `lib/connectors/okta` of `lib/connectors/*`. */
function nameWithin(file: string, pattern: string): string | undefined {
  const wanted = pattern.split("/");
  const parts = file.split("/").slice(0, wanted.length);
  const fits = wanted.every((part, index) =>
    part === "*" ? parts[index] !== undefined : part === parts[index],
  );
  return fits ? parts.join("/") : undefined;
}
