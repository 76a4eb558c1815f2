import { basename, dirname, extname, join, relative, sep } from "node:path";
import { inSets } from "../../check/context/index.ts";
import { type Input, isFoundByName } from "../../check/inputs/index.ts";
import type { Context } from "../../examine/findings/index.ts";
import { isBelow } from "../../files/index.ts";
import type { ProjectState } from "./project-state.ts";

/** A folder in which `fairlead check .` could run. */
interface ProjectFolder {
  readonly folder: string;
}

/** The file's name, as `fairlead check .` in the folder of the project shows it. */
export function nameIn({ folder }: ProjectFolder, file: string): string {
  return relative(folder, file).split(sep).join("/");
}

/**
 * What a file is judged by; undefined for one that `fairlead check .` would not judge: an excluded one, a template, a patch,
 * a hidden one.
 */
export function contextOf(project: ProjectFolder, state: ProjectState, file: string): Context | undefined {
  const known = state.contexts.get(file);
  if (known !== undefined) return known;
  const { settings, layout } = state;
  const name = isBelow(file, project.folder) ? relative(project.folder, file) : file.slice(dirname(file).length + 1);
  if (!isFoundByName(name) || settings.request.exclude.excludes(file)) return undefined;
  if (layout.roleOf(file) !== undefined) return undefined;
  const context = { ...inSets(settings.context, layout.setsOf(file, project.folder)), isNamed: false };
  state.contexts.set(file, context);
  return context;
}

/** Open files that are on no disk yet, as the check would find them there. @param open the open files of the project */
export function newInputs(project: ProjectFolder, state: ProjectState, open: readonly string[]): readonly Input[] {
  return open
    .filter((file) => !state.files.has(file) && contextOf(project, state, file) !== undefined)
    .map((file) => ({ type: "file", file, isNamed: false, sets: state.layout.setsOf(file, project.folder) }));
}

/** A path for a text that is in no file yet. @param name what the editor calls it */
export function untitledFile({ folder }: ProjectFolder, name: string, languageId: string): string {
  const ending = languageId === "json" ? ".json" : ".yaml";
  const title = basename(name, extname(name)).replaceAll(/[^\w-]+/g, "-");
  return join(folder, `${title === "" ? "untitled" : title}${ending}`);
}
