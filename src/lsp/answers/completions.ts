import type { CompletionItem, Position } from "vscode-languageserver/node";
import { completionsAt, takesTargetPort } from "../../editor/completion/index.ts";
import type { WorkloadEntry } from "../../inventory/model/index.ts";
import type { Analysed } from "../session/index.ts";
import { shownCompletion } from "../show/index.ts";

/** What can be written at a position. Only a target port needs to know the other files. */
export async function completionsFor(analysed: Analysed, position: Position): Promise<CompletionItem[]> {
  const { analysis, document } = analysed;
  const offset = document.offsetAt(position);
  const workloads = takesTargetPort(analysis, offset) ? await workloadsAround(analysed) : [];
  return completionsAt({ ...analysis, workloads }, offset).map((completion) => shownCompletion(completion, document));
}

/** What makes Pods in the files that are applied together with this one. */
async function workloadsAround({ file, project, state }: Analysed): Promise<readonly WorkloadEntry[]> {
  const { index, layout } = state;
  const inputs = project.inputsOf(state);
  // Reads the files that have not been read yet, with pauses.
  await index.collect(inputs);
  const own = new Set(layout.setsOf(file, project.folder).map(({ name }) => name));
  const files = new Set([file]);
  for (const input of inputs)
    if (input.type === "file" && input.sets.some(({ name }) => own.has(name))) files.add(input.file);
  return [...files].flatMap(
    (each) => index.contentOf(each)?.objects.flatMap(({ entries }) => entries.workloads ?? []) ?? [],
  );
}
