import { readSource } from "../../files/index.ts";
import { Unusable } from "../../usage/index.ts";
import { Exclusion, type GitLocation, inputsOf, parseGitLocation } from "../inputs/index.ts";
import { looksLikeManifest } from "../../examine/manifests/index.ts";
import type { Settings } from "../../examine/settings/index.ts";
import type { CheckPaths } from "./commit-manifests.ts";
import { type OldState, type OldText, readOldState } from "../../examine/before/index.ts";

/**
 * The previous state, from a file, a folder or a commit (`git:REF`: the files that the paths of the check name in that
 * commit; `git:REF:PATH`: the files at that path). A manifest of a commit that cannot be read has never been applied,
 * and may be what the current change corrects: it is only reported.
 * @param note called with notes for the user, one sentence each
 * @throws {Unusable} if a file or a folder cannot be read: its Services would be judged as new ones
 */
export async function loadOldState(
  against: string,
  checked: CheckPaths,
  settings: Settings,
  note: (sentence: string) => void,
): Promise<OldState> {
  const location = parseGitLocation(against);
  const old = location
    ? readOldState(await textsOfCommit(location, checked), settings, note)
    : readOldState(await textsOf(against, checked), settings, (sentence) => {
        throw new Unusable(sentence);
      });
  if (old.services.size === 0) note(`--against ${against} holds no Service: all are judged as new ones`);
  return old;
}

async function textsOfCommit({ ref, path }: GitLocation, checked: CheckPaths): Promise<OldText[]> {
  const { manifestsOfCommit, manifestsAtPath } = await import("./commit-manifests.ts");
  return path === undefined ? manifestsOfCommit(ref, checked) : manifestsAtPath(ref, path, checked.folder);
}

async function textsOf(path: string, { exclude, folder }: CheckPaths): Promise<OldText[]> {
  const texts: OldText[] = [];
  for (const input of await inputsOf([path], new Exclusion(exclude), { folder })) {
    if (input.type === "unreadable") throw new Unusable(`--against ${input.file}: ${input.reason}`);
    if (input.type !== "file") continue;
    const source = readSource(input.file);
    if ("unreadable" in source) throw new Unusable(`--against ${input.file}: ${source.unreadable}`);
    if (!input.isNamed && !looksLikeManifest(source.text)) continue;
    texts.push({ file: input.file, text: source.text, isFound: !input.isNamed });
  }
  return texts;
}
