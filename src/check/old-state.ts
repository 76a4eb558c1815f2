import type { OldServices, OldText } from "./against.ts";
import { readOldServices } from "./against.ts";
import { inputsOf } from "./inputs.ts";
import type { Settings } from "./settings.ts";
import { readSource } from "./source.ts";
import { Unusable } from "./unusable.ts";

const GIT = "git:";

/**
 * The state before, from a file, a folder or a commit (`git:REF`: what the paths of the check held there).
 * @throws {Unusable}
 */
export async function loadOldServices(
  against: string,
  paths: readonly string[],
  settings: Settings,
): Promise<OldServices> {
  if (against.startsWith(GIT)) {
    const { textsAt } = await import("./git.ts");
    return readOldServices(textsAt(against.slice(GIT.length), paths), settings);
  }
  const texts: OldText[] = [];
  for await (const input of inputsOf([against], [])) {
    if (input.type === "loop") continue;
    if (input.type === "unreadable") throw new Unusable(`--against ${input.file}: ${input.reason}`);
    const source = readSource(input.file);
    if ("unreadable" in source) throw new Unusable(`--against ${input.file}: ${source.unreadable}`);
    texts.push({ file: input.file, text: source.text });
  }
  return readOldServices(texts, settings);
}
