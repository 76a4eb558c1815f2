import type { OldServices, OldText } from "./against.ts";
import { readOldServices } from "./against.ts";
import { Exclusion } from "./exclusion.ts";
import type { Checked } from "./git.ts";
import { inputsOf } from "./inputs.ts";
import { type GitPlace, gitPlace } from "./named.ts";
import type { Settings } from "./settings.ts";
import { readSource } from "./source.ts";
import { Unusable } from "./unusable.ts";

/**
 * The state before, from a file, a folder or a commit (`git:REF`: what the paths of the check held there;
 * `git:REF:PATH`: what is there). What cannot
 * be read in a commit has never been applied, and may be what is being mended: it is named, and holds nothing up.
 * @param say told what the user should know, in one sentence
 * @throws {Unusable} if a file or a folder cannot be read: the check would miss what it is for
 */
export async function loadOldServices(
  against: string,
  checked: Checked,
  settings: Settings,
  say: (sentence: string) => void,
): Promise<OldServices> {
  const place = gitPlace(against);
  const old = place
    ? readOldServices(await textsOfCommit(place, checked), settings, say)
    : readOldServices(await textsOf(against, checked.exclude), settings, (sentence) => {
        throw new Unusable(sentence);
      });
  if (old.size === 0) say(`--against ${against} holds no Service: all are judged as new ones`);
  return old;
}

async function textsOfCommit({ ref, path }: GitPlace, checked: Checked): Promise<OldText[]> {
  const { textsAt, textsBelow } = await import("./git.ts");
  return path === undefined ? textsAt(ref, checked) : textsBelow(ref, path);
}

async function textsOf(path: string, exclude: readonly string[]): Promise<OldText[]> {
  const texts: OldText[] = [];
  for await (const input of inputsOf([path], new Exclusion(exclude))) {
    if (input.type === "loop" || input.type === "outside") continue;
    if (input.type === "unreadable") throw new Unusable(`--against ${input.file}: ${input.reason}`);
    const source = readSource(input.file);
    if ("unreadable" in source) throw new Unusable(`--against ${input.file}: ${source.unreadable}`);
    texts.push({ file: input.file, text: source.text });
  }
  return texts;
}
