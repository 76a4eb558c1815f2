/** The folders that are judged, each with its settings and the objects around its Services. */
export {
  type ClientSettings,
  clientSettingsOf,
  fairleadSection,
  hasFairleadSection,
  settingProblems,
} from "./client-settings.ts";
export { currentText, type OpenText } from "./current-text.ts";
export type { FileProblem } from "./file-problem.ts";
export { policyFileProblem } from "./setting-faults.ts";
export { type FileChange, Project, type ProjectHost } from "./project.ts";
export { contextOf, nameIn, untitledFile } from "./project-files.ts";
export type { ProjectState } from "./project-state.ts";
export { Projects } from "./projects.ts";
